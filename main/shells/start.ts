/** `npm start`: the desktop program if Electron's runtime is installed, else the browser shell. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { toFailure } from '../../domain/base/failure.ts'
import { takeEnvironmentSecrets } from '../app/secrets/open-vault.ts'
import { builtProgram } from '../app/workstation/built.ts'
import { startBrowserShell } from './browser/start.ts'
import { electronRuntime } from './electron-runtime.ts'
import { startText } from './text.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const say = (text: string) => void process.stderr.write(`${text}\n`)

/** Starts it with those words of a command line; ends the process where it cannot be. */
export async function start(words: readonly string[]): Promise<void> {
  takeEnvironmentSecrets()
  try {
    const options = read(words)
    if (options.help === true) return void process.stdout.write(startText.help)
    const choices = { open: options['no-open'] !== true, db: options.db, vault: options.vault }
    if (options.browser === true || !choices.open) return await startBrowserShell(root, choices)
    const runtime = electronRuntime(root)
    if (runtime === undefined) {
      say(startText.noElectron)
      return await startBrowserShell(root, choices)
    }
    await builtProgram(root, say)
    process.exitCode = await runElectron(runtime, choices)
  } catch (thrown) {
    const { message, hint, evidence } = toFailure(thrown)
    for (const line of [message, hint, ...evidence]) say(line)
    process.exit(1)
  }
}

function read(words: readonly string[]) {
  try {
    const options = {
      browser: { type: 'boolean' },
      'no-open': { type: 'boolean' },
      db: { type: 'string' },
      vault: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const
    return parseArgs({ args: [...words], options }).values
  } catch (thrown) {
    say(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${startText.help}`)
    process.exit(3)
  }
}

async function runElectron(
  runtime: string,
  { db, vault }: { readonly db: string | undefined; readonly vault: string | undefined },
): Promise<number> {
  const environment = {
    ...process.env,
    ...(db === undefined ? {} : { ROLLOUT_DB: db }),
    ...(vault === undefined ? {} : { ROLLOUT_VAULT: vault }),
  }
  const child = spawn(runtime, [root], { stdio: 'inherit', env: environment })
  // Ctrl-C reaches both; it is the program that ends in order, and we with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      child.kill(signal)
    })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
