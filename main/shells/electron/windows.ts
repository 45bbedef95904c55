/** The windows: how they are created, where they open, and what happens when one crashes. */
import { BrowserWindow, dialog, screen } from 'electron'
import { home } from './origin.ts'
import { keepPlace, least, openingFor, readPlace } from './window-bounds.ts'
import { dialogText, programText } from './text.ts'

export interface WindowsOptions {
  /** The bundled preload script. */
  readonly preload: string
  /** Where the place of the last window is kept. */
  readonly placeFile: string
  readonly developerTools: boolean
  /** Asked when the last window is about to close: false keeps it. */
  readonly mayClose: (window: BrowserWindow) => boolean
}

export interface Windows {
  /** Opens one more. `fragment` is the place to show, such as #/settings. */
  open(fragment?: string): BrowserWindow
  /** The window that has or last had the focus; undefined where none is open. */
  current(): BrowserWindow | undefined
  /** Stores the position of the front window, for an end that closes no window. */
  keepPlace(): void
  /** Brings a window to the front, opening one where there is none. */
  show(fragment?: string): void
}

const crashesForgiven = 3
const forgottenAfterMs = 60_000

/** No window yet. */
export function createWindows({ preload, placeFile, developerTools, mayClose }: WindowsOptions): Windows {
  const all: BrowserWindow[] = []

  function open(fragment = ''): BrowserWindow {
    const { maximised, ...bounds } = openingFor(
      readPlace(placeFile),
      screen.getAllDisplays().map((display) => display.workArea),
    )
    const window = new BrowserWindow({
      ...bounds,
      minWidth: least.width,
      minHeight: least.height,
      show: false,
      title: programText.title,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: developerTools,
      },
    })
    all.unshift(window)
    if (maximised) window.maximize()
    // Shown with its first picture, not white.
    window.once('ready-to-show', () => {
      window.show()
    })
    window.on('focus', () => {
      all.splice(0, all.length, window, ...all.filter((other) => other !== window))
    })
    window.on('close', (event) => {
      if (all.length === 1 && !mayClose(window)) event.preventDefault()
      else keep(window)
    })
    window.on('closed', () => {
      all.splice(all.indexOf(window), 1)
    })
    reloadAfterCrash(window)
    void window.loadURL(home + fragment)
    return window
  }

  function keep(window: BrowserWindow): void {
    keepPlace(placeFile, { bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  }

  return {
    open,
    keepPlace: () => {
      if (all[0]) keep(all[0])
    },
    current: () => all[0],
    show(fragment) {
      const window = all[0]
      if (!window) return void open(fragment)
      if (window.isMinimized()) window.restore()
      window.focus()
      // Another fragment of the page that is there: it goes to that place and keeps everything else.
      if (fragment !== undefined) void window.loadURL(home + fragment)
    },
  }
}

/** The main process runs the rollout, so a crashed window is only reloaded. One that keeps crashing asks the person. */
function reloadAfterCrash(window: BrowserWindow): void {
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    crashes = [...crashes.filter((at) => Date.now() - at < forgottenAfterMs), Date.now()]
    if (crashes.length <= crashesForgiven) return void window.webContents.reload()
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: dialogText.crashing,
        detail: dialogText.crashingDetail(reason),
        buttons: [dialogText.crashingRetry, dialogText.crashingLeave],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
      })
      .then(({ response }) => {
        if (response !== 0 || window.isDestroyed()) return
        crashes = []
        window.webContents.reload()
      })
  })
}
