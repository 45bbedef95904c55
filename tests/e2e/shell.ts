/** The browser shell under test: its own process and database, and a Chromium that opens its link. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium } from 'playwright'
import { buildOnce } from './built.ts'

const root = join(import.meta.dirname, '..', '..')
const candidates = [
  process.env['ROLLOUT_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** The Chromium of this machine; undefined where there is none. */
export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path))

export interface Shell {
  /** The folder of everything this shell keeps. */
  readonly folder: string
  /** Starts the shell's process and gives the link that opens one window, once. */
  start(): Promise<string>
  /** Ends the process as a crash would. */
  kill(): Promise<void>
  /** Ends the process, and removes a folder of its own. */
  close(): Promise<void>
}

/** A shell that is not started yet, with a folder of its own unless one is given: that stays when it closes. */
export function createShell(given?: string): Shell {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'rollout-e2e-'))
  let child: ChildProcess | undefined
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  return {
    folder,
    kill,
    async start() {
      await buildOnce()
      const env = {
        ...process.env,
        XDG_DATA_HOME: join(folder, 'data'),
        ROLLOUT_DB: join(folder, 'rollout.db'),
        ROLLOUT_VAULT: join(folder, 'vault.json'),
      }
      child = spawn(process.execPath, ['main/shells/start.mjs', '--no-open'], {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const { stdout } = child
      if (!stdout) throw new Error('the shell has no output')
      for await (const line of createInterface({ input: stdout })) {
        const link = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0]
        if (link !== undefined) return link
      }
      throw new Error(`the shell ended with ${child.exitCode ?? 'no code'} before it printed its link`)
    },
    async close() {
      await kill()
      if (given === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export interface WindowOptions {
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
}

/** A fresh Chromium with a profile of its own. The first of these flags keep it from looking for anything beyond this machine. */
export async function openChromium(
  profile: string,
  { width = 1280, height = 800, dark = false }: WindowOptions = {},
  more: readonly string[] = [],
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
  })
}
