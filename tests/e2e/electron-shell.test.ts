/** Shows what the Electron shell guards and does besides showing windows: through the real main bundle and preload, over the stand-in. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channels, type Bridge } from '../../domain/contract/bridge.ts'
import { pilotPlan } from '../builders/plan.ts'
import { ask } from './ask.ts'
import { homePage } from './pages/home-page.ts'
import { chromiumPath } from './shell.ts'
import { type Program, startProgram } from './stand-in/program.ts'

const rung = chromiumPath === undefined ? 'not run [needs chromium: there is none at /usr/bin/chromium]' : 'rung 1'
const whoami = ['whoami', '{}'] as const

describe.skipIf(chromiumPath === undefined)(`the Electron shell, over the stand-in (${rung})`, () => {
  let folder: string
  let program: Program
  let page: Page

  async function start(machine: Parameters<typeof startProgram>[0]['machine'] = {}): Promise<void> {
    const started = await startProgram({ folder, machine })
    program = started.program
    page = started.first
    await homePage(page).isShown()
  }
  async function restart(machine: Parameters<typeof start>[0] = {}): Promise<void> {
    await program.close()
    await start(machine)
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollout-electron-'))
    await start()
  }, 180_000)
  afterAll(async () => {
    await program.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  const seen = async (kind: string) => (await program.ask('seen')).filter((one) => one.kind === kind)

  describe('who may ask', () => {
    it.each([
      'https://evil.example/',
      'app://evil/',
      'app://rollout.evil/',
      'file:///home/me/page.html',
      'about:blank',
      'data:text/html,x',
      '',
    ])('a page at %j may not, on any channel', async (address) => {
      for (const [channel, ...args] of [
        [channels.call, ...whoami],
        [channels.watch, 1, 'r', 0],
        [channels.next, 1],
        [channels.unwatch, 1],
      ])
        await expect(program.ask('invokeFrom', address, false, String(channel), ...args)).rejects.toThrow(
          'Rollout does not know this page',
        )
    })
    it('nor may a frame inside our own page, and channels are no others', async () => {
      await expect(program.ask('invokeFrom', 'app://rollout/', true, channels.call, ...whoami)).rejects.toThrow(
        'Rollout does not know this page',
      )
      await expect(program.ask('invokeFrom', 'app://rollout/', false, 'rollout:other')).rejects.toThrow(
        'No handler registered',
      )
      expect(await program.ask('invokeFrom', 'app://rollout/', false, channels.call, ...whoami)).toContain(
        '"dialogs":true',
      )
    })
    it('what is no call and no stream is refused', async () => {
      for (const args of [[], ['whoami'], ['whoami', {}], [{}, '{}'], ['whoami', null]])
        await expect(program.ask('invokeFrom', 'app://rollout/', false, channels.call, ...args)).rejects.toThrow(
          'A call is a name and a text',
        )
      for (const args of [
        [],
        [1],
        ['1', 'r', 0],
        [1, '', 0],
        [1, 'r'.repeat(300), 0],
        [1, 'r', -1],
        [1, 'r', 0.5],
        [Number.NaN, 'r', 0],
      ])
        await expect(program.ask('invokeFrom', 'app://rollout/', false, channels.watch, ...args)).rejects.toThrow(
          'A stream needs',
        )
      expect(await program.ask('invokeFrom', 'app://rollout/', false, channels.next, 999)).toBeNull()
      for (const method of ['nothing', 'constructor', ''])
        expect(await program.ask('invokeFrom', 'app://rollout/', false, channels.call, method, '{}')).toContain(
          'unknown-method',
        )
    })
    it('a window holds no more streams than it can need', async () => {
      const watch = (stream: number) =>
        program.ask('invokeFrom', 'app://rollout/', false, channels.watch, stream, 'r', 0)
      for (let stream = 1000; stream < 1064; stream++) await watch(stream)
      await expect(watch(2000)).rejects.toThrow('Too many streams')
      for (let stream = 1000; stream < 1064; stream++)
        await program.ask('invokeFrom', 'app://rollout/', false, channels.unwatch, stream)
    })
  })

  describe('what a page may do', () => {
    it('has call and onEvent of us, and nothing of Node or Electron', async () => {
      expect(
        await page.evaluate(() => ({
          bridge: Object.keys((globalThis as { rollout?: Bridge }).rollout ?? {}),
          frozen: Object.isFrozen((globalThis as { rollout?: Bridge }).rollout),
          others: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
            (name) => name in window,
          ),
        })),
      ).toEqual({ bridge: ['call', 'onEvent'], frozen: true, others: [] })
    })
    it.each(['https://example.com/', 'app://evil/', 'file:///etc/passwd'])('does not leave for %s', async (address) => {
      const before = page.url()
      await page
        .evaluate((to) => {
          location.assign(to)
        }, address)
        .catch(() => undefined)
      await expect(page.evaluate(() => document.querySelector('h1') !== null)).resolves.toBe(true)
      expect(page.url()).toBe(before)
    })
    it('opens no window, by no way', async () => {
      await page.evaluate(() => {
        window.open('https://example.com/')
        const link = Object.assign(document.createElement('a'), {
          href: 'https://example.com/',
          target: '_blank',
          rel: 'noopener',
        })
        document.body.append(link)
        link.click()
        link.remove()
      })
      await expect
        .poll(() =>
          program.chromium
            .pages()
            .filter((one) => one.url() !== 'about:blank')
            .map((one) => one.url()),
        )
        .toEqual(['https://rollout.invalid/'])
      expect(await program.ask('windows')).toHaveLength(1)
    })
    it('is granted nothing of the machine; copying only, and only to us', async () => {
      for (const permission of [
        'media',
        'geolocation',
        'notifications',
        'midi',
        'pointerLock',
        'fullscreen',
        'openExternal',
        'clipboard-read',
        'hid',
        'serial',
        'usb',
        'display-capture',
        'fileSystem',
        'made-up',
      ]) {
        for (const address of ['app://rollout/', 'https://evil.example/'])
          expect(await program.ask('permissions', permission, address), permission).toEqual({
            request: false,
            check: false,
            device: false,
          })
      }
      expect(await program.ask('permissions', 'clipboard-sanitized-write', 'app://rollout/')).toEqual({
        request: true,
        check: true,
        device: false,
      })
      expect(await program.ask('permissions', 'clipboard-sanitized-write', 'https://evil.example/')).toEqual({
        request: false,
        check: false,
        device: false,
      })
    })
    it('loads from us only', async () => {
      for (const address of [
        'https://example.com/a.js',
        'http://127.0.0.1:1/',
        'ws://127.0.0.1:1/',
        'file:///etc/passwd',
        'app://evil/',
        'blob:https://evil.example/1',
        'ftp://example.com/',
      ])
        expect(await program.ask('isCancelled', address), address).toBe(true)
      for (const address of ['app://rollout/', 'app://rollout/assets/a.js', 'blob:app://rollout/1'])
        expect(await program.ask('isCancelled', address), address).toBe(false)
      expect(
        await page.evaluate(async () => {
          const answers = await Promise.all(
            ['/nothing', '/../package.json', '/%2e%2e/package.json', '/assets/', '/index.html'].map((path) =>
              fetch(path).then(({ status }) => status),
            ),
          )
          return [...answers, await fetch('/', { method: 'POST' }).then(({ status }) => status)]
        }),
      ).toEqual([404, 404, 404, 404, 404, 404])
    })
    it('sends the headers of the browser shell with every file', async () => {
      const headers = await page.evaluate(async () => Object.fromEntries((await fetch('/')).headers))
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-/,
      )
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|http/)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      })
    })
    it('saves what we made, where the person says, and downloads nothing else', async () => {
      expect(await program.ask('download', 'blob:app://rollout/1', 'dossier.html')).toEqual({
        allowed: true,
        proposed: 'dossier.html',
      })
      for (const address of [
        'https://example.com/setup.exe',
        'blob:https://evil.example/1',
        'app://rollout/',
        'data:text/html,x',
      ])
        expect(await program.ask('download', address, 'setup.exe')).toEqual({ allowed: false, proposed: null })
    })
  })

  describe('the menu and the dialogs', () => {
    it('has the places of the screens, keeps undo for them, and no developer tools once packaged', async () => {
      const menu = await program.ask('menu')
      expect(menu.map(({ label }) => label)).toEqual(
        expect.arrayContaining(['Open plan…', 'New window', 'Sites', 'Runs', 'Settings', 'Show data folder']),
      )
      expect(
        menu
          .filter(({ role }) => role === 'undo' || role === 'redo')
          .map(({ registerAccelerator }) => registerAccelerator),
      ).toEqual([process.platform === 'darwin', process.platform === 'darwin'])
      await program.ask('clickMenu', 'Settings')
      await page.waitForURL('**/#/settings')
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
      await program.ask('clickMenu', 'Show data folder')
      expect(await seen('opened')).toHaveLength(1)
    })
    it('opens a plan file and goes to it; cancelled, nothing happens', async () => {
      const file = join(folder, 'site.json')
      writeFileSync(file, JSON.stringify(pilotPlan()))
      await program.ask('willAnswer', null, file)
      await program.ask('clickMenu', 'Open plan…')
      await program.ask('clickMenu', 'Open plan…')
      await page.waitForURL('**/#/plans/*/hosts')
      await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor()
      expect(await seen('chooser')).toMatchObject([{ overWindow: true, properties: ['openFile'] }, {}])
    })
    it('says why a file is no plan', async () => {
      const file = join(folder, 'no-plan.json')
      writeFileSync(file, '{"format":"exekra-rollout-plan","version":1}')
      await program.ask('willAnswer', file, join(folder, 'missing.json'))
      await program.ask('clickMenu', 'Open plan…')
      await expect
        .poll(() => seen('message'))
        .toMatchObject([
          {
            type: 'error',
            message: `Rollout cannot read ${file} as a plan.`,
            detail: expect.stringContaining('hosts'),
          },
        ])
      await program.ask('clickMenu', 'Open plan…')
      await expect
        .poll(() => seen('message'))
        .toMatchObject([{}, { type: 'error', message: expect.stringContaining('missing.json') }])
    })
    it('gives the screens its dialogs', async () => {
      await program.ask('willAnswer', '/media', null)
      expect(await ask(page, 'dialog.folder', { title: 'Media', from: '/home' })).toEqual({ path: '/media' })
      expect(await ask(page, 'dialog.plan', {})).toEqual({ path: null })
      expect((await seen('chooser')).slice(-2)).toMatchObject([
        { title: 'Media', properties: ['openDirectory'], defaultPath: '/home' },
        { properties: ['openFile'] },
      ])
    })
  })

  describe('one process for each user', () => {
    it('a second start ends at once and brings the first to the front', async () => {
      await program.ask('lookElsewhere')
      const before = program.chromium.pages().length
      expect(await program.startAgain()).toBe(0)
      expect(program.chromium.pages()).toHaveLength(before)
      expect(await program.ask('windows')).toHaveLength(1)
    }, 60_000)
  })

  describe('a rollout', () => {
    let runId: string

    it('keeps the computer awake, and tells a person who looks elsewhere of a gate; a click goes to the run', async () => {
      const { planId, revision } = await ask(page, 'practice.make', { runners: 2, virtual: true, faults: [] })
      await ask(page, 'plan.lock', { planId, revision: revision.revision, hash: revision.hash })
      await program.ask('lookElsewhere')
      ;({ runId } = await ask(page, 'run.start', { planId, revision: revision.revision }))
      await expect
        .poll(() => seen('notification'), { timeout: 60_000 })
        .toMatchObject([{ title: expect.stringMatching(/^Gate .* waits for you$/) }])
      expect(await seen('awake')).toEqual([{ kind: 'awake', on: true }])
      await program.ask('clickNotification', 0)
      await page.waitForURL(`**/#/runs/${runId}`)
      await page.getByRole('list', { name: 'Stages' }).waitFor()
    }, 90_000)

    it('goes on when its window crashes, which comes back as it was', async () => {
      const last = page.url()
      const crashed = await program.chromium.newCDPSession(page)
      page = await program.nextWindow(() => void crashed.send('Page.crash').catch(() => undefined))
      await page.getByRole('list', { name: 'Stages' }).waitFor()
      expect(page.url()).toBe(last)
      expect((await ask(page, 'engine.state', {})).role).toBe('executor')
      expect((await seen('awake')).at(-1)).toMatchObject({ on: true })
    }, 60_000)

    it('a second window may go; the last one asks before a rollout is left, and stays when it should', async () => {
      await program.nextWindow(() => program.ask('clickMenu', 'New window'))
      expect(await program.ask('closeWindow')).toBe(true)
      await program.ask('willAnswer', 0)
      expect(await program.ask('closeWindow')).toBe(false)
      await expect
        .poll(() => seen('message').then((all) => all.at(-1)))
        .toMatchObject({
          type: 'question',
          message: expect.stringContaining('rollout is running'),
          buttons: ['Keep Rollout open', 'Close Rollout'],
        })
      expect(await program.ask('windows')).toHaveLength(1)
    }, 60_000)

    it("left all the same, the program ends in order, and the next start finds the run and the window's place", async () => {
      await program.ask('place', { x: 100, y: 10, width: 1100, height: 700 }, true)
      await program.ask('willAnswer', 1)
      await program.ask('quit')
      expect(await program.ended()).toBe(0)
      await restart()
      expect((await ask(page, 'run.read', { runId })).summary.status).toBe('running')
      expect((await ask(page, 'home', {})).attention).toContainEqual(
        expect.objectContaining({ runId, kind: 'not-driven' }),
      )
      expect(await program.ask('windows')).toMatchObject([
        { bounds: { x: 100, y: 10, width: 1100, height: 700 }, maximised: true, shown: true },
      ])
    }, 60_000)

    it('no process executes it then: closing the window asks nothing, and is the end; where its screen is gone it opens in the middle', async () => {
      await program.ask('place', { x: 2100, y: 10, width: 1100, height: 700 }, false)
      // An answer that is not there would fail the program.
      await program.ask('closeWindow').catch(() => undefined)
      expect(await program.ended()).toBe(0)
      await restart({ displays: [{ x: 0, y: 0, width: 1920, height: 1040 }] })
      expect(await program.ask('windows')).toMatchObject([
        { bounds: { x: 320, y: 120, width: 1100, height: 700 }, maximised: false },
      ])
    }, 60_000)
  })

  describe('the vault', () => {
    it('is kept by the system for this user: set without a passphrase, there after a restart, and nowhere in clear', async () => {
      expect(await ask(page, 'vault.state', {})).toMatchObject({ state: 'unlocked', keeper: 'system', why: null })
      await ask(page, 'vault.set', {
        name: 'site-admin',
        entry: { kind: 'password', user: 'anna', password: 'of-the-system-77' },
      })
      await expect(ask(page, 'vault.unlock', { passphrase: 'whatever' })).rejects.toThrow('The vault has no passphrase')
      await restart()
      expect((await ask(page, 'vault.list', {})).entries).toEqual([{ name: 'site-admin', kind: 'password' }])
      expect(
        await program.ask('handed').then((all) => all.filter((text) => text.includes('of-the-system-77'))),
      ).toEqual([])
    }, 120_000)

    it.each([
      ['basic-text', 'key store'],
      ['none', 'does not offer encryption'],
    ] as const)(
      'has a passphrase where the key store is %s, and says why',
      async (keyStore, why) => {
        await restart({ keyStore })
        expect(await ask(page, 'vault.state', {})).toMatchObject({
          state: 'none',
          keeper: 'passphrase',
          why: expect.stringContaining(why),
        })
      },
      60_000,
    )

    it('is the one with a passphrase where there is one already', async () => {
      const data =
        process.platform === 'win32' ? join(folder, 'data', 'ExekraRollout') : join(folder, 'data', 'exekra-rollout')
      mkdirSync(data, { recursive: true })
      writeFileSync(join(data, 'vault.json'), '{}', { mode: 0o600 })
      await restart()
      await expect(ask(page, 'vault.state', {})).rejects.toThrow('is not a vault of Rollout')
    }, 60_000)
  })
})
