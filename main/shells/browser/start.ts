/** Starts the browser shell: opens the database, serves the window to one browser, and shuts down on Ctrl-C. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toFailure } from '../../../domain/base/failure.ts'
import { builtScreens } from '../../app/workstation/built.ts'
import { openService } from '../../app/service/open-service.ts'
import { filesIn } from '../../app/workstation/screen-files.ts'
import { windowVault } from '../../app/service/vault.ts'
import { openBrowser } from './open-browser.ts'
import { serveBrowser } from './server.ts'
import { shellText } from './text.ts'

export interface BrowserShellOptions {
  /** Opens a window; otherwise the address is only printed. */
  readonly open: boolean
  readonly db: string | undefined
  readonly vault: string | undefined
}

const say = (text: string) => void process.stderr.write(`${text}\n`)

/** Starts it; the process lives until it is ended by a signal. Throws FailureError where it cannot start. */
export async function startBrowserShell(root: string, { open, db, vault }: BrowserShellOptions): Promise<void> {
  const files = filesIn(await builtScreens(root, say))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const { service, dispatch } = openService({
    dbFile: db,
    vault: windowVault(vault),
    version,
    onBug: (method) => {
      say(shellText.unexpectedError(method))
    },
  })
  const server = await serveBrowser({ hub: service.hub, dispatch, files })
  const link = server.newLink()
  process.stdout.write(`${shellText.address(link)}\n`)
  if (open && !(await openBrowser(link))) say(shellText.noBrowser)

  let ending = false
  const end = () => {
    if (ending) process.exit(1)
    ending = true
    say(shellText.ending)
    // The engine first: it writes its last events before the windows go.
    void service
      .close()
      .then(() => server.close())
      .then(
        () => process.exit(0),
        (thrown: unknown) => {
          const { message, hint } = toFailure(thrown)
          say(`${message}\n${hint}`)
          process.exit(1)
        },
      )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}
