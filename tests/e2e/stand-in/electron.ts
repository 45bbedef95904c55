/** The electron module of the main process: what it uses of Electron, over Chromium, and nothing else. */
export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { ipcMain } from './ipc.ts'
export { protocol, session } from './session.ts'
export { dialog, Menu, Notification, powerSaveBlocker, safeStorage, screen, shell } from './system.ts'
