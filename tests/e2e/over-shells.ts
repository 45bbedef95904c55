/**
 * Runs a flow over every shell. A flow in tests/e2e/NAME.test.ts looks like this:
 *
 *     overShells('a plan of one\'s own', (world) => {
 *       it('is made from a layout', async () => {
 *         await homePage(world.page).newPlan('Accra', 'Small team')
 *       }, 60_000)
 *     })
 *
 * It is registered once for each shell of shells/: the browser shell and the stand-in for Electron always, real Electron where its runtime is.
 * All tests of a flow share one window, on a folder of their own; the last test of each is that the page met no error and the CSP refused nothing.
 * Take `world.page` anew in every test: after `restart()` it is another. What a person does on a screen belongs into pages/, what every view is held to into looks.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homePage } from './pages/home-page.ts'
import { chromiumPath, createShell, openChromium, type WindowOptions } from './shell.ts'
import type { OpenShell, ShellUnderTest } from './shells/shell-under-test.ts'
import { shells } from './shells/list.ts'
import { createTroubleWatch } from './trouble.ts'

/** An opened window, and what may happen to it. */
export interface World {
  /** The name of the shell: for what only one of them has. */
  readonly shell: ShellUnderTest['name']
  /** The window, on home when the flow begins. */
  readonly page: Page
  /** Everything that this application keeps lies here. */
  readonly folder: string
  readonly database: string
  /** Errors of any page so far, and what the CSP refused. */
  readonly trouble: readonly string[]
  /** Ends the application as a crash would. */
  kill(): Promise<void>
  /** Ends the application as a crash would, if it still runs, and starts it on the same folder: `page` is a new window, on home. */
  restart(): Promise<void>
  /** One more window of the same application, on home. */
  secondWindow(): Promise<Page>
  /** A window of another process, on home, over the same database: always a browser shell. Runs until the flow ends. */
  secondProcess(): Promise<Page>
  /** Everything that was handed to any window of this application so far, as text: replies and frames. Nothing of Electron's, which cannot be listened to. */
  handedToWindows(): Promise<string>
}

/** Registers a flow for every shell. */
export function overShells(name: string, flow: (world: World) => void, options: WindowOptions = {}): void {
  for (const shell of shells) {
    if (shell.lacks !== null) {
      const { lacks } = shell
      // Said by the test itself, not in its name: a runtime that cannot be had everywhere fails nothing.
      it(`${name}, over ${shell.name}`, ({ skip }) => {
        skip(lacks)
      })
      continue
    }
    const rung = chromiumPath === undefined ? 'not run [needs chromium: there is none at /usr/bin/chromium]' : 'rung 1'
    describe.skipIf(chromiumPath === undefined)(`${name}, over ${shell.name} (${rung})`, () => {
      const world = createWorld(shell, options)
      beforeAll(world.open, 180_000)
      afterAll(world.close, 60_000)
      flow(world)
      it('met no error of the page, and the CSP refused nothing', () => {
        expect(world.trouble).toEqual([])
      })
    })
  }
}

function createWorld(
  shell: ShellUnderTest,
  options: WindowOptions,
): World & { open(): Promise<void>; close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-e2e-'))
  const watch = createTroubleWatch()
  const others: { close(): Promise<void> }[] = []
  let running: OpenShell | undefined
  let othersChromium: BrowserContext | undefined
  let page: Page | undefined

  const opened = (): OpenShell => {
    if (!running) throw new Error('the application is not running')
    return running
  }
  async function onHome(fresh: Page): Promise<Page> {
    fresh.setDefaultTimeout(30_000)
    await homePage(fresh).isShown()
    return fresh
  }
  async function open(): Promise<void> {
    running = await shell.open({ folder, window: options, onPage: watch.follow })
    page = await onHome(running.page)
  }
  async function kill(): Promise<void> {
    // What a window says about an application that is gone is no trouble of the window.
    watch.forget()
    await running?.kill()
  }

  return {
    shell: shell.name,
    folder,
    database: join(folder, 'rollout.db'),
    trouble: watch.trouble,
    open,
    kill,
    get page() {
      if (!page) throw new Error('there is no window yet')
      return page
    },
    async restart() {
      await kill()
      await running?.close()
      await open()
    },
    secondWindow: async () => onHome(await opened().window()),
    async secondProcess() {
      const second = createShell(folder)
      others.push(second)
      const link = await second.start()
      // A browser of its own: that of the application under test may end and begin again.
      othersChromium ??= await openChromium(join(folder, 'profile-of-others'), options)
      const other = await othersChromium.newPage()
      watch.follow(other)
      await other.goto(link)
      return onHome(other)
    },
    handedToWindows: () => opened().handed(),
    async close() {
      watch.forget()
      await othersChromium?.close()
      for (const other of others) await other.close()
      await running?.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
