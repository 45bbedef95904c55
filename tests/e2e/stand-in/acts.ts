/** Carries out what a test asks of the stand-in. */
import { app } from './app.ts'
import type { Asks } from './asks.ts'
import { BrowserWindow } from './browser-window.ts'
import { handed, invoke } from './ipc.ts'
import { downloadOf, isCancelled, permissionsOf } from './session.ts'
import { unknown } from './strict.ts'
import { answers, menu, notifications, seen, type MenuItem } from './system.ts'

type Answers = {
  readonly [Name in keyof Asks]: (
    ...args: Parameters<Asks[Name]>
  ) => ReturnType<Asks[Name]> | Promise<ReturnType<Asks[Name]>>
}

const first = (): BrowserWindow => BrowserWindow.getAllWindows()[0] ?? fail('a window')

export const asks: Answers = {
  seen: () => seen,
  willAnswer: (...given) => {
    answers.push(...given)
  },
  menu: () => flat(menu).map(({ click: _click, submenu: _submenu, ...item }) => item),
  clickMenu: (label) => {
    ;(flat(menu).find((item) => item.label === label)?.click ?? fail(`a menu item ${label} to click`))()
  },
  clickNotification: (index) => void (notifications[index] ?? fail(`notification ${index}`)).emit('click'),
  windows: () =>
    BrowserWindow.getAllWindows().map((window) => ({
      bounds: window.standIn.bounds,
      maximised: window.standIn.maximised,
      shown: window.standIn.shown,
      address: window.webContents.getURL(),
    })),
  place(bounds, maximised) {
    first().standIn.bounds = bounds
    first().standIn.maximised = maximised
  },
  lookElsewhere: () => {
    BrowserWindow.focusOn(null)
  },
  closeWindow: () => first().close(),
  quit: () => {
    app.quit()
  },
  permissions: permissionsOf,
  download: downloadOf,
  isCancelled: (address) => isCancelled(address),
  invokeFrom: (address, framed, channel, ...args) =>
    invoke(first().webContents, { url: address, parent: framed ? {} : null }, channel, args),
  handed: () => handed,
}

function flat(items: readonly MenuItem[]): MenuItem[] {
  return items.flatMap((item) => [item, ...flat(item.submenu ?? [])])
}

function fail(what: string): never {
  throw unknown(what)
}
