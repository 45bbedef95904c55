/** The menu of the desktop program. */
import { Menu, type MenuItemConstructorOptions } from 'electron'
import { menuText } from './text.ts'

export interface MenuActs {
  openPlan(): void
  newWindow(): void
  /** Goes to a place such as #/settings. */
  goTo(fragment: string): void
  showDataFolder(): void
}

/** Sets the menu of the whole application. */
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
      label: menuText.file,
      submenu: [
        { label: menuText.openPlan, accelerator: 'CmdOrCtrl+O', click: openPlan },
        { label: menuText.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: newWindow },
        separator,
        { role: 'close' },
        ...(mac ? [] : [{ label: menuText.exit, role: 'quit' } as const]),
      ],
    },
    {
      label: menuText.edit,
      submenu: [
        // The page handles the keys: in a plan they undo edits of the plan, in a field those of the field.
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
      label: menuText.view,
      submenu: [
        {
          label: menuText.sites,
          click: () => {
            goTo('#/')
          },
        },
        {
          label: menuText.runs,
          click: () => {
            goTo('#/runs')
          },
        },
        {
          label: menuText.settings,
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
    { role: 'help', submenu: [{ label: menuText.dataFolder, click: showDataFolder }, { role: 'about' }] },
  ]
}
