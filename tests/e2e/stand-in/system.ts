/**
 * Stand-in for dialogs, menu, notifications, sleep, key store and screens. Records all; tests give the user's answers.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { z } from 'zod'
import { setting } from './setting.ts'
import { Known, strict, unknown } from './strict.ts'

/** What the system showed or did, in order. */
export const seen: { readonly kind: string; readonly [detail: string]: unknown }[] = []
/** What the person will answer next: a path or null to a chooser, a button's number to a question. */
export const answers: (string | number | null)[] = []

const MessageBox = z.strictObject({
  type: z.enum(['error', 'question']),
  message: z.string(),
  detail: z.string(),
  buttons: z.array(z.string()).min(1),
  defaultId: z.int().optional(),
  cancelId: z.int().optional(),
  noLink: z.literal(true),
})
const Chooser = z.strictObject({
  title: z.string(),
  properties: z.array(z.enum(['openFile', 'openDirectory'])).length(1),
  filters: z.array(z.strictObject({ name: z.string(), extensions: z.array(z.string()) })).optional(),
  defaultPath: z.string().optional(),
})

export const dialog = strict('dialog', {
  async showOpenDialog(...args: unknown[]) {
    const options = Chooser.parse(args.at(-1))
    seen.push({ kind: 'chooser', overWindow: args.length === 2, ...options })
    const answer = answers.shift()
    if (typeof answer === 'number' || answer === undefined) throw unknown(`the person's answer to "${options.title}"`)
    return answer === null ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [answer] }
  },
  async showMessageBox(...args: unknown[]) {
    const options = MessageBox.parse(args.at(-1))
    seen.push({ kind: 'message', overWindow: args.length === 2, ...options })
    const answer = options.buttons.length === 1 ? 0 : answers.shift()
    if (typeof answer !== 'number' || options.buttons[answer] === undefined)
      throw unknown(`the person's answer to "${options.message}"`)
    return { response: answer }
  },
  showErrorBox(title: string, content: string): void {
    seen.push({ kind: 'error', title, content })
    process.stderr.write(`${title}\n${content}\n`)
  },
})

const roles = [
  'appMenu',
  'windowMenu',
  'help',
  'close',
  'quit',
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'selectAll',
  'reload',
  'resetZoom',
  'zoomIn',
  'zoomOut',
  'togglefullscreen',
  'toggleDevTools',
  'about',
] as const
const Item = z.strictObject({
  label: z.string().optional(),
  role: z.enum(roles).optional(),
  type: z.literal('separator').optional(),
  accelerator: z.string().optional(),
  registerAccelerator: z.boolean().optional(),
  click: z.custom<() => void>((value) => typeof value === 'function').optional(),
  get submenu() {
    return z.array(Item).optional()
  },
})
export type MenuItem = z.infer<typeof Item>

export let menu: readonly MenuItem[] = []
export const Menu = strict('Menu', {
  buildFromTemplate: (template: unknown): MenuItem[] => z.array(Item).parse(template),
  setApplicationMenu: (built: MenuItem[]) => {
    menu = built
  },
})

export const notifications: Notification[] = []
export class Notification extends Known {
  readonly title: string
  readonly body: string

  static isSupported(): boolean {
    return true
  }

  constructor(given: unknown) {
    super('Notification', ['click'])
    const { title, body } = z.strictObject({ title: z.string().min(1), body: z.string() }).parse(given)
    this.title = title
    this.body = body
    return strict('Notification', this)
  }

  show(): void {
    notifications.push(this)
    seen.push({ kind: 'notification', title: this.title, body: this.body })
  }
}

const blockers = new Set<number>()
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type: string): number {
    if (type !== 'prevent-app-suspension') throw unknown(`a power save blocker that would ${type}`)
    const id = seen.length + 1
    blockers.add(id)
    seen.push({ kind: 'awake', on: true })
    return id
  },
  stop(id: number): void {
    if (!blockers.delete(id)) throw unknown(`the power save blocker ${id}`)
    seen.push({ kind: 'awake', on: false })
  },
})

// The user's key on this workstation: the same after a restart, as DPAPI's is.
const key = createHash('sha256')
  .update(`stand-in key of ${process.env['XDG_DATA_HOME'] ?? homedir()}`)
  .digest()
export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend: () => (setting.keyStore === 'basic-text' ? 'basic_text' : 'gnome_libsecret'),
  isAsyncEncryptionAvailable: async () => setting.keyStore === 'there',
  async encryptStringAsync(text: string): Promise<Buffer> {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  },
  async decryptStringAsync(sealed: Buffer) {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(-16))
    return {
      result: Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8'),
      shouldReEncrypt: false,
    }
  },
})

export const screen = strict('screen', {
  getAllDisplays: () => setting.displays.map((workArea) => strict('a display', { workArea })),
})

export const shell = strict('shell', {
  async openPath(path: string): Promise<string> {
    seen.push({ kind: 'opened', path })
    return ''
  },
})
