/** The application as a window sees it: the contract implemented over the core, with one engine in this process. */
import type { Api } from '../../../domain/contract/api.ts'
import type { EngineState } from '../../../domain/contract/shapes.ts'
import type { RunListener } from '../../engine/ports.ts'
import { createApp } from '../core/app.ts'
import { dialogMethods, type Dialogs } from './dialogs.ts'
import { createEventHub, type EventHub } from './event-hub.ts'
import type { AppOptions } from '../core/dependencies.ts'
import { thisProcess } from '../../store/lease.ts'
import { pollControl, createControl } from './control.ts'
import { dossierMethods } from './dossier.ts'
import { createRunAccess } from './run-access.ts'
import { createRunExecutor } from './run-executor.ts'
import { runMethods } from './runs.ts'
import { evidenceMethods } from './evidence.ts'
import { mediaFolders } from './folders.ts'
import { homeMethods } from './home.ts'
import { createJudge } from './judge.ts'
import { planMethods } from './plans.ts'
import { settingsMethods } from './settings.ts'
import { surveyMethods } from './survey.ts'
import { vaultMethods, type WindowVault } from './vault.ts'

/** What a shell does besides showing windows (notices, keeping the computer awake). Both return at once. */
export interface ShellListener {
  readonly onEvent: RunListener
  readonly onEngine: (engine: EngineState) => void
}

export interface AppServiceOptions {
  readonly dbFile: string
  /** user@machine. */
  readonly by: string
  readonly vault: WindowVault
  /** The folder for practice sites, and for the media of plans that name no other. */
  readonly dataFolder: string
  readonly version: string
  readonly reach?: AppOptions['reach']
  /** The system's dialogs, where the shell has them. */
  readonly dialogs?: Dialogs
  readonly shell?: ShellListener
  /** Milliseconds between checks for changes by other processes; 250 unless given. */
  readonly pollMs?: number
}

export interface AppService {
  readonly api: Api
  readonly hub: EventHub
  readonly redact: <T>(value: T) => T
  /** Stops the engine (attempts are interrupted, installers on hosts continue), the streams and the database. */
  close(): Promise<void>
}

/** Opens the database and puts the contract over it. Throws FailureError when the database cannot be used. */
export function createAppService({
  dbFile,
  by,
  vault,
  dataFolder,
  version,
  reach,
  dialogs,
  shell,
  pollMs,
}: AppServiceOptions): AppService {
  const app = createApp({ dbFile, by, vault: vault.vault, ...(reach ? { reach } : {}) })
  const { store } = app
  const hub = createEventHub({
    log: {
      events: (runId, after, limit) => store.runs.events(runId, after, limit),
      lastSeq: (runId) => store.runs.summary(runId).lastSeq,
    },
    engine: () => executor.engine(),
    ...(pollMs === undefined ? {} : { pollMs }),
  })
  const executor = createRunExecutor(app, {
    listeners: [hub.published, ...(shell ? [shell.onEvent] : [])],
    onChange: () => {
      hub.lookAround()
      shell?.onEngine(executor.engine())
    },
    asked: () => control.asked(),
  })
  const access = createRunAccess(app, executor, vault.vault)
  const closing = new AbortController()
  const control = createControl({
    onAsked: () => shell?.onEngine(executor.engine()),
    store: store.control,
    me: () => thisProcess(by, Date.now()),
    now: Date.now,
    executor: {
      role: () => executor.engine().role,
      letGo: () => executor.letGo(),
      async take(runId) {
        if (store.runs.summary(runId).status === 'finished') return
        await access.prepare(runId)
        await executor.execute(runId)
      },
    },
  })
  const stopLooking = pollControl(control, pollMs ?? 250, (failure) => {
    executor.failedWith(failure)
  })
  const folders = mediaFolders(store.file, dataFolder)
  const judge = createJudge(app)
  const surveys = surveyMethods({ app, folders, ready: access.secretsReady })
  const evidence = evidenceMethods(app, by, access.redactedWords)
  const api: Api = {
    whoami: async () => ({
      by,
      version,
      platform: process.platform,
      database: store.file,
      dataFolder,
      dialogs: dialogs !== undefined,
    }),
    ...homeMethods(app, executor, folders),
    catalogue: async () => app.catalogue,
    'engine.state': async () => executor.engine(),
    'control.ask': async ({ runId }) => {
      // Checked before the other process stops: without its secrets the run could not continue here.
      const { planId, revision } = store.runs.summary(runId)
      await access.secretsReady(planId, revision)
      control.ask(runId)
      hub.lookAround()
      return executor.engine()
    },
    'control.answer': async ({ give }) => {
      await control.answer(give)
      hub.lookAround()
      return executor.engine()
    },
    ...dialogMethods(dialogs),
    ...planMethods({ app, by, dataFolder, folders, judge }),
    ...surveys.methods,
    ...runMethods({
      app,
      by,
      executor,
      access,
      folders,
      judge,
      mustBeKept: evidence.mustBeKept,
      closing: closing.signal,
    }),
    ...evidence.methods,
    ...dossierMethods(app, by),
    ...settingsMethods({ app, by, folders, judge }),
    ...vaultMethods(app, vault, by),
  }

  return {
    api,
    hub,
    redact: (value) => app.redactor.redactDeep(value),
    async close() {
      stopLooking()
      closing.abort(new Error('Rollout ends.'))
      control.withdraw()
      await executor.close()
      await surveys.close()
      hub.close()
      app.close()
    },
  }
}
