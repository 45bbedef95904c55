/** A program that runs over the stand-in: its process, the Chromium of its windows, and its answers. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright'
import { buildOnce } from '../built.ts'
import { openChromium, type WindowOptions } from '../shell.ts'
import type { Asks } from './asks.ts'
import type { Setting } from './setting.ts'

type Machine = Partial<Omit<Setting, 'endpoint'>>
type Ask = <Name extends keyof Asks>(name: Name, ...args: Parameters<Asks[Name]>) => Promise<ReturnType<Asks[Name]>>

export interface Program {
  readonly chromium: BrowserContext
  readonly ask: Ask
  /** The next window that opens, with our page in it. */
  nextWindow(act: () => unknown): Promise<Page>
  /** Starts the program once more on the same folder, which finds this one; its exit code. */
  startAgain(): Promise<number | null>
  /** Settles with the exit code when the program ends by itself. */
  ended(): Promise<number | null>
  kill(): Promise<void>
  close(): Promise<void>
}

export interface ProgramOptions {
  readonly folder: string
  readonly window?: WindowOptions
  readonly machine?: Machine
  readonly onPage?: (page: Page) => void
}

/** Starts it; the windows it opens from then on are pages of `chromium`. */
export async function startProgram({
  folder,
  window = {},
  machine = {},
  onPage = () => undefined,
}: ProgramOptions): Promise<{ readonly program: Program; readonly first: Page }> {
  await buildOnce()
  const profile = join(folder, 'profile')
  const portFile = join(profile, 'DevToolsActivePort')
  await rm(portFile, { force: true })
  const chromium = await openChromium(profile, window, ['--remote-debugging-port=0'])
  chromium.on('page', onPage)
  const endpoint = `http://127.0.0.1:${await portIn(portFile)}`
  const begin = (): ChildProcess =>
    fork(join(import.meta.dirname, 'start.ts'), {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        XDG_DATA_HOME: join(folder, 'data'),
        LOCALAPPDATA: join(folder, 'data'),
        ROLLOUT_DB: join(folder, 'rollout.db'),
        ROLLOUT_VAULT: undefined,
        ROLLOUT_STAND_IN: JSON.stringify({ ...machine, endpoint }),
      },
    })
  const waiting = new Map<number, { readonly resolve: (value: never) => void; readonly reject: (why: Error) => void }>()
  const child = begin()
  const exited = listen(child)
  let last = 0

  function listen(to: ChildProcess): Promise<number | null> {
    to.on('message', ({ id, value, error }: { id: number; value: never; error?: string }) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (error === undefined) asked?.resolve(value)
      else asked?.reject(new Error(error))
    })
    return once(to, 'exit').then(([code]) => {
      for (const { reject } of waiting.values())
        reject(new Error(`the program ended with ${String(code ?? 'a signal')}`))
      waiting.clear()
      return code as number | null
    })
  }
  async function nextWindow(act: () => unknown): Promise<Page> {
    const [page] = await Promise.all([chromium.waitForEvent('page', { timeout: 60_000 }), act()])
    await page.waitForURL('https://rollout.invalid/**', { timeout: 60_000 })
    return page
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }

  const program: Program = {
    chromium,
    nextWindow,
    kill,
    ended: () => exited,
    ask: (name, ...args) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return void reject(new Error('the program has ended'))
        waiting.set(++last, { resolve, reject })
        child.send({ id: last, name, args })
      }),
    async startAgain() {
      const [code] = (await once(begin(), 'exit')) as [number | null]
      return code
    },
    async close() {
      await kill()
      await chromium.close()
    },
  }
  return { program, first: await nextWindow(() => undefined) }
}

/** Chromium writes the port that it found into its profile, some time after it answers Playwright. */
async function portIn(file: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const [port] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    if (port !== undefined && port !== '') return port
    await pause(50)
  }
  throw new Error('Chromium did not say on which port it listens')
}
