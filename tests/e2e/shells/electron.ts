/** Real Electron for flows, by Playwright, wherever its runtime exists. */
import { join } from 'node:path'
import { _electron, type Page } from 'playwright'
import { electronRuntime } from '../../../main/shells/electron-runtime.ts'
import { buildOnce } from '../built.ts'
import type { ShellUnderTest } from './shell-under-test.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const runtime = electronRuntime(root)

function whyNot(): string | null {
  if (runtime === undefined) return "Electron's runtime is not on this machine"
  if (
    process.platform === 'linux' &&
    process.env['DISPLAY'] === undefined &&
    process.env['WAYLAND_DISPLAY'] === undefined
  )
    return 'Electron has no display here'
  return null
}

export const electronShell: ShellUnderTest = {
  name: 'Electron',
  lacks: whyNot(),
  async open({ folder, window: { width = 1280, height = 800, dark = false }, onPage }) {
    await buildOnce()
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        (pair): pair is [string, string] => pair[1] !== undefined && pair[0] !== 'ROLLOUT_VAULT',
      ),
    )
    const electron = await _electron.launch({
      executablePath: runtime ?? '',
      args: [root, ...(process.platform === 'linux' ? ['--no-sandbox', '--password-store=basic'] : [])],
      cwd: root,
      env: {
        ...env,
        XDG_DATA_HOME: join(folder, 'data'),
        LOCALAPPDATA: join(folder, 'data'),
        ROLLOUT_DB: join(folder, 'rollout.db'),
      },
    })
    electron.on('window', onPage)
    const sized = async (page: Page): Promise<Page> => {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
      return page
    }
    return {
      page: await sized(await electron.firstWindow()),
      async window() {
        const [page] = await Promise.all([
          electron.waitForEvent('window'),
          electron.evaluate(({ Menu }) => {
            Menu.getApplicationMenu()
              ?.items.flatMap((item) => item.submenu?.items ?? [])
              .find((item) => item.label === 'New window')
              ?.click()
          }),
        ])
        return sized(page)
      },
      // What crosses between Electron's processes cannot be listened to.
      handed: async () => '',
      async kill() {
        electron.process().kill('SIGKILL')
      },
      async close() {
        await electron.close().catch(() => undefined)
      },
    }
  },
}
