/** Stand-in for BrowserWindow: its options (only safe ones are accepted), its bounds, and its life. */
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { Known, strict } from './strict.ts'
import { strictContents, WebContents } from './web-contents.ts'

const Options = z.strictObject({
  width: z.int(),
  height: z.int(),
  x: z.int().optional(),
  y: z.int().optional(),
  minWidth: z.int(),
  minHeight: z.int(),
  show: z.literal(false),
  title: z.string(),
  webPreferences: z.strictObject({
    preload: z.string().refine(existsSync),
    sandbox: z.literal(true),
    contextIsolation: z.literal(true),
    nodeIntegration: z.literal(false),
    nodeIntegrationInWorker: z.literal(false),
    nodeIntegrationInSubFrames: z.literal(false),
    webSecurity: z.literal(true),
    allowRunningInsecureContent: z.literal(false),
    webviewTag: z.literal(false),
    navigateOnDragDrop: z.literal(false),
    spellcheck: z.literal(false),
    devTools: z.boolean(),
  }),
})

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const open: BrowserWindow[] = []
let focused: BrowserWindow | null = null
let onContents: (contents: WebContents) => void = () => undefined
let onLastClosed: () => void = () => undefined

/** Told of every webContents, and of the last window's end. */
export function follow(contents: typeof onContents, lastClosed: typeof onLastClosed): void {
  onContents = contents
  onLastClosed = lastClosed
}

export class BrowserWindow extends Known {
  static #last = 0
  readonly webContents: WebContents
  readonly standIn: {
    bounds: Bounds
    maximised: boolean
    minimised: boolean
    shown: boolean
    readonly options: z.infer<typeof Options>
    closed: boolean
  }

  static getAllWindows(): BrowserWindow[] {
    return [...open]
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused
  }
  /** For tests: the person looks at that window, or elsewhere. */
  static focusOn(window: BrowserWindow | null): void {
    focused = window
  }

  constructor(given: unknown) {
    super('BrowserWindow', ['ready-to-show', 'focus', 'close', 'closed'])
    const options = Options.parse(given)
    const contents = new WebContents(++BrowserWindow.#last, options.webPreferences.preload)
    this.webContents = strictContents(contents)
    this.standIn = {
      bounds: { x: options.x ?? 320, y: options.y ?? 120, width: options.width, height: options.height },
      maximised: false,
      minimised: false,
      shown: false,
      options,
      closed: false,
    }
    open.push(this)
    onContents(contents)
    return strict('BrowserWindow', this)
  }

  async loadURL(address: string): Promise<void> {
    await this.webContents.loadURL(address)
    if (!this.standIn.shown) this.emit('ready-to-show')
  }

  show(): void {
    this.standIn.shown = true
    this.focus()
  }

  focus(): void {
    BrowserWindow.focusOn(this)
    this.emit('focus')
  }

  maximize(): void {
    this.standIn.maximised = true
  }
  isMaximized(): boolean {
    return this.standIn.maximised
  }
  isMinimized(): boolean {
    return this.standIn.minimised
  }
  restore(): void {
    this.standIn.minimised = false
  }
  isDestroyed(): boolean {
    return this.standIn.closed
  }
  getNormalBounds(): Bounds {
    return this.standIn.bounds
  }

  /** As the person's click on the cross: true where the window went. */
  async close(): Promise<boolean> {
    if (this.prevented('close')) return false
    this.standIn.closed = true
    open.splice(
      open.findIndex((one) => one.webContents === this.webContents),
      1,
    )
    if (focused?.webContents === this.webContents) focused = null
    await this.webContents.standIn.close()
    this.emit('closed')
    if (open.length === 0) onLastClosed()
    return true
  }
}
