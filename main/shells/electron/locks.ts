/** What no page may do: leave our own address, open windows, ask for permissions, load from elsewhere. */
import type { DownloadItem, Event, Session, WebContents } from 'electron'
import { isOurs } from './origin.ts'
import { dialogText } from './text.ts'

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
  // A second barrier below the CSP: no request leaves the program. DevTools load their own pages.
  session.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !(isOurs(request.url) || /^(blob:app:\/\/rollout\/|data:|devtools:)/.test(request.url)) })
  })
  session.on('will-download', (event: Event, item: DownloadItem) => {
    // A document that our own page made; the system asks where to.
    if (item.getURL().startsWith('blob:app://rollout/'))
      item.setSaveDialogOptions({ title: dialogText.save, defaultPath: item.getFilename() })
    else event.preventDefault()
  })
}
