/** What `npm start` prints before a shell is running. */

export const startText = {
  help: `Starts Exekra Rollout: the desktop program where Electron's runtime is installed, else a tab of your browser.
Install Electron's runtime with: npx install-electron

Usage: npm start -- [--browser] [--no-open] [--db FILE] [--vault FILE]

  --browser      always use a tab of your browser (Rollout listens on 127.0.0.1 only)
  --no-open      only print the address for a browser
  --db FILE      the database of plans and runs (default: ROLLOUT_DB, else the database of this user)
  --vault FILE   the vault file (default: ROLLOUT_VAULT, else the vault of this user)
`,
  noElectron:
    "Electron's runtime is not installed on this workstation (npx install-electron fetches it). " +
    'Rollout opens in your browser.',
} as const
