/** Owns the start of the browser shell: opens the database, serves the screens to one authenticated browser, and ends in order on Ctrl-C. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { toFailure } from '../../../domain/failure.ts'
import { builtScreens } from '../../app/built.ts'
import { openSite } from '../../app/open-site.ts'
import { filesIn } from '../../app/screen-files.ts'
import { windowVault } from '../../app/site-vault.ts'
import { openBrowser } from './open-browser.ts'
import { serveBrowser } from './server.ts'

const help = `Shows Exekra Rollout in a window of your browser. Nothing listens beyond 127.0.0.1.

Usage: npm start -- [--no-open] [--db FILE] [--vault FILE]

  --no-open      only print the address
  --db FILE      the database of plans and runs (default: ROLLOUT_DB, else the one of this user)
  --vault FILE   the vault file (default: ROLLOUT_VAULT, else the one of this user)
`

const root = fileURLToPath(new URL('../../../', import.meta.url))
const say = (text: string) => void process.stderr.write(`${text}\n`)

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { 'no-open': { type: 'boolean' }, db: { type: 'string' }, vault: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
  if (values.help === true) return void process.stdout.write(help)
  const files = filesIn(await builtScreens(root, say))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const { service, dispatch } = openSite({ dbFile: values.db, vault: windowVault(values.vault), version, onBug: (method) => { say(`${method} met an error that Rollout does not know; the window shows it.`) } })
  const server = await serveBrowser({ hub: service.hub, dispatch, files })
  const link = server.newLink()
  process.stdout.write(`Exekra Rollout: ${link}\n`)
  if (values['no-open'] !== true && !(await openBrowser(link))) say('No browser could be opened: open the address above.')

  let ending = false
  const end = () => {
    if (ending) process.exit(1)
    ending = true
    say('Ending. What runs on the hosts goes on; the next start finds it again.')
    // The engine first: what it still has to say to the log is said before the windows go.
    void service.close().then(() => server.close()).then(() => process.exit(0), fail)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}

function fail(thrown: unknown): void {
  const { message, hint, evidence } = toFailure(thrown)
  for (const line of [message, hint, ...evidence]) say(line)
  process.exit(1)
}

start().catch(fail)
