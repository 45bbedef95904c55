/** What `dossier` prints. */

export const dossierText = {
  summary:
    'Writes the acceptance summary of a finished run: a page to read, or JSON from which its seal can be recomputed.',
  outOption: 'the file to write (default: standard output)',
  formatOption: 'html or json (default: from the ending of FILE, else html, or json with --json)',
  formats: 'html or json',
  pageNeedsFile: 'With --json standard output is JSON. Name a file for the page with --out, or omit --format.',
  written: (file: string) => `Wrote ${file}.`,
} as const
