/** Owns what no page may do, whatever it shows: leave our own address, open windows, ask for permissions, load from anywhere else. */
import type { DownloadItem, Event, Session, WebContents } from 'electron'
import { isOurs } from './origin.ts'

// Copying a command or a fingerprint; reading the clipboard is not among it.
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** For every page that is ever made, ours or not. */
export function lockPage(page: WebContents): void {
  // Pages move by the fragment of their address, which is no navigation. A reload is one, to where it was.
  page.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  page.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault()
  })
  page.on('will-redirect', (event) => {
    event.preventDefault()
  })
  page.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  page.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** For the one session that our pages have. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((page, permission, decide) => {
    decide(allowed.has(permission) && isOurs(page.getURL()))
  })
  session.setPermissionCheckHandler(
    (_page, permission, origin) => allowed.has(permission) && isOurs(`${origin}/`.replace(/\/+$/, '/')),
  )
  session.setDevicePermissionHandler(() => false)
  // Below the CSP, for whatever it does not speak of: nothing goes out. DevTools load their own pages.
  session.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !(isOurs(request.url) || /^(blob:app:\/\/rollout\/|data:|devtools:)/.test(request.url)) })
  })
  session.on('will-download', (event: Event, item: DownloadItem) => {
    // A document that our own page made; the system asks where to.
    if (item.getURL().startsWith('blob:app://rollout/'))
      item.setSaveDialogOptions({ title: 'Save', defaultPath: item.getFilename() })
    else event.preventDefault()
  })
}
