/** Stand-in for webContents over a page of Chromium: the real preload, calls to ipcMain, navigations and crashes. */
import { readFileSync } from 'node:fs'
import type { Frame, Page } from 'playwright'
import { fromChromium, toChromium } from './address.ts'
import { invoke } from './ipc.ts'
import { context } from './setting.ts'
import { Known, strict, unknown } from './strict.ts'

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'deny' | 'allow' }

// What the preload script finds when it asks for electron. The page's world is the script's own here, so what it hands over is checked to be what could cross between two.
const electronInPages = `(() => {
  const crosses = (value) => typeof value === 'function' || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(crosses)) || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)
  const electron = Object.freeze({
    contextBridge: Object.freeze({ exposeInMainWorld: (name, value) => {
      if (!crosses(value)) throw new Error('something of ' + name + ' cannot cross')
      Object.defineProperty(globalThis, name, { value: Object.freeze(value), enumerable: true })
    } }),
    ipcRenderer: Object.freeze({ invoke: (channel, ...args) => standInInvoke(channel, args) }),
  })
  const known = new Proxy(electron, { get: (target, key) => { if (key in target) return target[key]; throw new Error('the stand-in for Electron does not know ' + String(key) + ' in a sandboxed preload') } })
  const require = (name) => { if (name === 'electron') return known; throw new Error('a sandboxed preload cannot require ' + name) }
  const module = { exports: {} }
  ;((require, module, exports) => {\nPRELOAD\n})(require, module, module.exports)
})()`

export class WebContents extends Known {
  readonly id: number
  readonly #preload: string
  #page: Promise<Page>
  #openHandler: OpenHandler | undefined
  #expected: string | undefined
  #address = ''

  constructor(id: number, preload: string) {
    super('webContents', [
      'will-navigate',
      'will-frame-navigate',
      'will-redirect',
      'will-attach-webview',
      'did-start-navigation',
      'render-process-gone',
      'destroyed',
    ])
    this.id = id
    this.#preload = electronInPages.replace('PRELOAD', () => readFileSync(preload, 'utf8'))
    this.#page = this.#open()
  }

  getURL(): string {
    return this.#address
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  async loadURL(address: string): Promise<void> {
    this.#address = address
    const page = await this.#page
    this.#expected = address
    await page.goto(toChromium(address), { waitUntil: 'load' })
    this.#expected = undefined
  }

  reload(): void {
    void (async () => {
      const page = await this.#page
      // Playwright can do nothing more with a page that crashed: another takes its place.
      await page.close()
      this.#page = this.#open()
      await this.loadURL(this.#address)
    })()
  }

  /** For the stand-in itself. */
  readonly standIn = {
    page: (): Promise<Page> => this.#page,
    /** True where this frame may go there; says so to whoever listens, as Electron does for what the page does itself. */
    mayNavigate: (frame: Frame, url: string): boolean => {
      const isMainFrame = frame.parentFrame() === null
      const byProgram = isMainFrame && this.#expected?.split('#')[0] === url.split('#')[0]
      const prevented =
        !byProgram &&
        ((isMainFrame && this.prevented('will-navigate', { url, isMainFrame })) ||
          this.prevented('will-frame-navigate', { url, isMainFrame }))
      if (!prevented) this.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false })
      return !prevented
    },
    close: async (): Promise<void> => {
      await (await this.#page).close()
      this.emit('destroyed')
    },
  }

  async #open(): Promise<Page> {
    const page = await (await context()).newPage()
    byPage.set(page, this)
    await page.exposeBinding('standInInvoke', ({ frame }, channel: string, args: unknown[]) =>
      invoke(strictContents(this), { url: fromChromium(frame.url()), parent: frame.parentFrame() }, channel, args),
    )
    await page.addInitScript(this.#preload)
    page.on('popup', (popup) => {
      const action = this.#openHandler?.({ url: fromChromium(popup.url()) }).action
      if (action !== 'deny') throw unknown('a window that a page opens')
      void popup.close()
    })
    page.on('framenavigated', (frame) => {
      if (frame.parentFrame() === null) this.#address = fromChromium(frame.url())
    })
    page.on('crash', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    })
    return page
  }
}

const byPage = new WeakMap<Page, WebContents>()
const proxies = new WeakMap<WebContents, WebContents>()

/** The webContents of a page; undefined for one that no window has. */
export function contentsOf(page: Page): WebContents | undefined {
  return byPage.get(page)
}

/** The one object that the program knows of these contents. */
export function strictContents(contents: WebContents): WebContents {
  const known = proxies.get(contents)
  if (known) return known
  const made = strict('webContents', contents)
  proxies.set(contents, made)
  return made
}
