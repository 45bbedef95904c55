/** Stand-in for Electron's app: ready, one process per user, and quit. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame, Route } from 'playwright'
import { BrowserWindow, follow } from './browser-window.ts'
import { answerRequests } from './session.ts'
import { context, setting } from './setting.ts'
import { Known, strict, unknown } from './strict.ts'
import { contentsOf, strictContents } from './web-contents.ts'

const paths = new Map<string, string>()
let sandboxed = false

class App extends Known {
  readonly isPackaged = setting.packaged

  constructor() {
    super('app', ['web-contents-created', 'second-instance', 'activate', 'window-all-closed', 'before-quit'])
  }

  enableSandbox(): void {
    sandboxed = true
  }
  setAppUserModelId(): void {
    /* Windows only. */
  }
  getVersion(): string {
    return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version
  }

  setPath(name: string, path: string): void {
    if (name !== 'userData') throw unknown(`the path ${name}`)
    paths.set(name, path)
  }

  getPath(name: string): string {
    const path = paths.get(name)
    if (path === undefined) throw unknown(`the path ${name}, which was not set`)
    return path
  }

  /** The lock is a file with the process that holds it; the second one wakes the first by a signal. */
  requestSingleInstanceLock(): boolean {
    const file = join(this.getPath('userData'), 'stand-in.lock')
    mkdirSync(this.getPath('userData'), { recursive: true })
    const holder = holderOf(file)
    if (holder !== undefined) {
      process.kill(holder, 'SIGUSR2')
      return false
    }
    writeFileSync(file, String(process.pid))
    process.on('SIGUSR2', () => {
      this.emit('second-instance', {}, [], '')
    })
    return true
  }

  async whenReady(): Promise<void> {
    if (!sandboxed) throw unknown('an application whose windows are not all sandboxed')
    follow(
      (contents) => {
        this.emit('web-contents-created', {}, strictContents(contents))
      },
      () => {
        this.emit('window-all-closed')
      },
    )
    await answerRequests(await context(), (route, url) => {
      // A page that no window has is one that a page opened: it is closed before it loads anything.
      const frame = frameOf(route)
      return frame !== undefined && (contentsOf(frame.page())?.standIn.mayNavigate(frame, url) ?? false)
    })
  }

  quit(): void {
    if (this.prevented('before-quit')) return
    void (async () => {
      for (const window of BrowserWindow.getAllWindows()) if (!(await window.close())) return
      process.exit(0)
    })()
  }

  exit(code = 0): void {
    void Promise.all(BrowserWindow.getAllWindows().map((window) => window.webContents.standIn.close())).finally(() =>
      process.exit(code),
    )
  }
}

// Of a page that is being opened Playwright has none yet, and says so by throwing.
function frameOf(route: Route): Frame | undefined {
  try {
    return route.request().frame()
  } catch {
    return undefined
  }
}

function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    process.kill(pid, 0)
    return pid === process.pid ? undefined : pid
  } catch {
    return undefined
  }
}

export const app = strict('app', new App())
