/** Owns the menu: what it offers, in the words of the screens. */
import { Menu, type MenuItemConstructorOptions } from 'electron'

export interface MenuActs {
  openPlan(): void
  newWindow(): void
  /** Goes to a place such as #/settings. */
  goTo(fragment: string): void
  showDataFolder(): void
}

/** Sets it for the whole application. */
export function setMenu(acts: MenuActs, developerTools: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(acts, developerTools, process.platform === 'darwin')))
}

function template(
  { openPlan, newWindow, goTo, showDataFolder }: MenuActs,
  developerTools: boolean,
  mac: boolean,
): MenuItemConstructorOptions[] {
  const separator = { type: 'separator' } as const
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open plan…', accelerator: 'CmdOrCtrl+O', click: openPlan },
        { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: newWindow },
        separator,
        { role: 'close' },
        ...(mac ? [] : [{ label: 'Exit', role: 'quit' } as const]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        // The keys belong to the page: in a plan they undo edits of the plan, in a field those of the field.
        { role: 'undo', registerAccelerator: mac },
        { role: 'redo', registerAccelerator: mac },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        {
          label: 'Sites',
          click: () => {
            goTo('#/')
          },
        },
        {
          label: 'Rollouts',
          click: () => {
            goTo('#/runs')
          },
        },
        {
          label: 'Settings',
          accelerator: 'CmdOrCtrl+,',
          click: () => {
            goTo('#/settings')
          },
        },
        separator,
        { role: 'reload' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(developerTools ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'Show data folder', click: showDataFolder }, { role: 'about' }] },
  ]
}
