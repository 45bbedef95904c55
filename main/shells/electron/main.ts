/** Starts and ends the desktop program: one process for each user, windows over the application, an orderly end. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, Notification, powerSaveBlocker, session, shell } from 'electron'
import type { EngineState } from '../../../domain/contract/shapes.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import { dataFolder, takeEnvironmentSecrets } from '../../app/secrets/open-vault.ts'
import { openService } from '../../app/service/open-service.ts'
import { filesIn } from '../../app/workstation/screen-files.ts'
import { systemVault } from '../../app/service/vault.ts'
import { answerWindows } from './answer-windows.ts'
import { asksToLeave, sayFailure, systemDialogs } from './dialogs.ts'
import { lockPage, lockSession } from './locks.ts'
import { setMenu } from './menu.ts'
import { createNotices, type Notice } from './notices.ts'
import { openPlanFile } from './open-plan.ts'
import { registerScheme, serveScreens } from './protocol.ts'
import { systemSealer } from './sealer.ts'
import { createWindows } from './windows.ts'
import { programText } from './text.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const onMac = process.platform === 'darwin'

function begin(): void {
  takeEnvironmentSecrets()
  app.enableSandbox()
  app.setAppUserModelId('com.exekra.rollout')
  registerScheme()
  // What Chromium keeps for itself lies beside our own data, and is what makes this the one process of this user.
  app.setPath('userData', join(dataFolder(), 'window'))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.on('web-contents-created', (_event, page) => {
    lockPage(page)
  })
  app
    .whenReady()
    .then(run)
    .catch((thrown: unknown) => {
      const { message, hint, evidence } = toFailure(thrown)
      dialog.showErrorBox(message, [hint, ...evidence].join('\n'))
      app.exit(1)
    })
}

async function run(): Promise<void> {
  lockSession(session.defaultSession)
  serveScreens(filesIn(join(root, 'out', 'renderer')))
  const developerTools = !app.isPackaged
  let engine: EngineState | undefined
  let leaving = false
  let blocker: number | undefined

  const windows = createWindows({
    preload: join(root, 'out', 'preload', 'preload.cjs'),
    placeFile: join(app.getPath('userData'), 'window.json'),
    developerTools,
    mayClose(window) {
      // On macOS the program stays, and the run with it.
      if (onMac || leaving || !executesRun()) return true
      void askToLeave(window)
      return false
    },
  })
  const notices = createNotices(async () => (await site.service.api.home({})).attention, show)
  const site = openService({
    vault: systemVault(await systemSealer()),
    version: app.getVersion(),
    dialogs: systemDialogs(windows.current),
    shell: {
      onEvent: notices.onEvent,
      onEngine(now) {
        engine = now
        holdAwake(now.role === 'executor')
        notices.onEngine(now)
      },
    },
    onBug: (method) => {
      process.stderr.write(programText.unknownError(method))
    },
  })
  answerWindows({ hub: site.service.hub, dispatch: site.dispatch })
  setMenu(
    {
      openPlan: () => void openPlan(),
      newWindow: () => void windows.open(),
      goTo: windows.show,
      showDataFolder: () => void shell.openPath(dataFolder()),
    },
    developerTools,
  )

  app.on('second-instance', () => {
    windows.show()
  })
  app.on('activate', () => {
    windows.show()
  })
  app.on('window-all-closed', () => {
    if (!onMac) app.quit()
  })
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (!leaving && executesRun()) void askToLeave(windows.current())
    else void end()
  })
  windows.open()

  function executesRun(): boolean {
    return engine?.role === 'executor'
  }

  function holdAwake(wanted: boolean): void {
    if (wanted) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker)
      blocker = undefined
    }
  }

  async function askToLeave(window: BrowserWindow | undefined): Promise<void> {
    if (await asksToLeave(window)) await end()
  }

  async function end(): Promise<void> {
    if (leaving) return
    leaving = true
    windows.keepPlace()
    try {
      // The engine first: what it still has to say to the log is said before the windows go.
      await site.service.close()
    } finally {
      app.exit(0)
    }
  }

  async function openPlan(): Promise<void> {
    const path = await systemDialogs(windows.current).choosePlan()
    if (path === null) return
    const opened = await openPlanFile(site.service.api, path)
    if ('fragment' in opened) windows.show(opened.fragment)
    else await sayFailure(windows.current(), opened.failure)
  }

  /** Whoever looks at a window of ours sees it there. */
  function show({ title, body, runId }: Notice): void {
    if (BrowserWindow.getFocusedWindow() !== null || !Notification.isSupported()) return
    const notification = new Notification({ title, body })
    notification.on('click', () => {
      windows.show(`#/runs/${encodeURIComponent(runId)}`)
    })
    notification.show()
  }
}

begin()
