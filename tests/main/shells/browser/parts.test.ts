/** The small parts of the browser shell: which program opens a link, and when the screens are built. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import { builtScreens } from '../../../../main/app/workstation/built.ts'
import { waysToOpen } from '../../../../main/shells/browser/open-browser.ts'

const link = 'http://127.0.0.1:1/?token=t'

describe('opening a browser', () => {
  test('Windows: an application window of Edge, then of Chrome, then the default browser', () => {
    const environment = { 'ProgramFiles(x86)': 'C:\\x86', ProgramFiles: 'C:\\pf' }
    const there = [
      'C:\\x86\\Microsoft\\Edge\\Application\\msedge.exe',
      'C:\\pf\\Google\\Chrome\\Application\\chrome.exe',
    ]
    expect(waysToOpen(link, 'win32', environment, (file) => there.includes(file))).toEqual([
      [there[0], `--app=${link}`],
      [there[1], `--app=${link}`],
      ['rundll32', 'url.dll,FileProtocolHandler', link],
    ])
  })
  test('macOS: the same through open', () => {
    expect(waysToOpen(link, 'darwin', {}, () => false)).toEqual([['open', link]])
    expect(waysToOpen(link, 'darwin', {}, () => true)[0]).toEqual([
      'open',
      '-na',
      'Google Chrome',
      '--args',
      `--app=${link}`,
    ])
  })
  test('Linux: what is found on the path; nothing where there is no screen', () => {
    expect(waysToOpen(link, 'linux', { PATH: '/usr/bin' }, () => true)).toEqual([])
    expect(
      waysToOpen(link, 'linux', { PATH: '/opt:/usr/bin', DISPLAY: ':0' }, (file) =>
        ['/usr/bin/chromium', '/usr/bin/xdg-open'].includes(file),
      ),
    ).toEqual([
      ['/usr/bin/chromium', `--app=${link}`],
      ['xdg-open', link],
    ])
  })
})

describe('the screens', () => {
  function project(): { root: string; put: (name: string, seconds: number) => void } {
    const root = mkdtempSync(join(tmpdir(), 'screens-'))
    onTestFinished(() => {
      rmSync(root, { recursive: true, force: true })
    })
    const put = (name: string, seconds: number, text = '') => {
      mkdirSync(join(root, name, '..'), { recursive: true })
      writeFileSync(join(root, name), text)
      utimesSync(join(root, name), seconds, seconds)
    }
    put(
      'node_modules/vite/bin/vite.js',
      1,
      'import { mkdirSync, writeFileSync } from "node:fs"; const out = process.argv[process.argv.indexOf("--outDir") + 1]; mkdirSync(out, { recursive: true }); writeFileSync(out + "/index.html", "built")',
    )
    put('node_modules/vite/package.json', 1, '{"type":"module"}')
    put('domain/plan/plan.ts', 1)
    return { root, put }
  }
  test('are built where they are missing or older than their sources, and only then', async () => {
    const { root, put } = project()
    const said: string[] = []
    const look = async () => {
      await builtScreens(root, (text) => said.push(text))
      return said.length
    }
    put('renderer/vite.config.ts', 1)
    expect(await look()).toBe(1)
    expect(await look()).toBe(1)
    put('domain/plan/plan.ts', Date.now() / 1000 + 60)
    expect(await look()).toBe(2)
    expect(readdirSync(join(root, 'out'))).toEqual(['renderer'])
  })
  test('packaged, they are what they are; missing altogether, it is said how to get them', async () => {
    const { root, put } = project()
    await expect(builtScreens(root, () => undefined)).rejects.toThrow(FailureError)
    put('out/renderer/index.html', 1)
    expect(await builtScreens(root, () => undefined)).toBe(join(root, 'out', 'renderer'))
  })
})
