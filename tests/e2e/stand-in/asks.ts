/** What a test may ask of a program that runs over the stand-in, and what it gets back. */
import type { MenuItem } from './system.ts'

export interface Seen {
  readonly kind: string
  readonly [detail: string]: unknown
}

export interface WindowSeen {
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly maximised: boolean
  readonly shown: boolean
  readonly address: string
}

/** Each is a question with its arguments; the value is what it answers. */
export interface Asks {
  /** What the system showed or did so far. */
  seen(): Seen[]
  /** What the person will answer to the next dialogs. */
  willAnswer(...answers: (string | number | null)[]): void
  menu(): Omit<MenuItem, 'click' | 'submenu'>[]
  /** Clicks an item by its label. */
  clickMenu(label: string): void
  clickNotification(index: number): void
  windows(): WindowSeen[]
  /** The person moves the first window, makes it large, looks at it or elsewhere. */
  place(bounds: WindowSeen['bounds'], maximised: boolean): void
  lookElsewhere(): void
  /** The person closes the first window: true where it went. */
  closeWindow(): boolean
  quit(): void
  permissions(permission: string, address: string): { request: boolean; check: boolean; device: boolean }
  download(address: string, fileName: string): { allowed: boolean; proposed: string | null }
  isCancelled(address: string): boolean
  /** A page at that address invokes a channel; `framed` where it is inside another. Rejects with what the page would get. */
  invokeFrom(address: string, framed: boolean, channel: string, ...args: unknown[]): unknown
  handed(): string[]
}
