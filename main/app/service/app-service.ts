/** Owns the application as a window sees it: the contract, implemented over the core, with one engine kept running inside this process. */
import type { Api } from '../../../domain/contract/api.ts'
import type { EngineState } from '../../../domain/contract/shapes.ts'
import type { Event } from '../../../domain/run/event.ts'
import type { RunRequest } from '../../../domain/run/request.ts'
import { failed, FailureError } from '../../../domain/base/failure.ts'
import { standingBlocks } from '../../../domain/checks/waiver.ts'
import { redactRequest } from '../secrets/redact-reason.ts'
import { createApp } from '../core/app.ts'
import { dialogMethods, type Dialogs } from './dialogs.ts'
import { createEventHub, type EventHub } from './event-hub.ts'
import type { AppOptions } from '../core/dependencies.ts'
import { thisProcess } from '../../store/lease.ts'
import { keepLooking, siteControl } from './control.ts'
import { siteDossier } from './dossier.ts'
import { createRunDriver } from './run-driver.ts'
import { siteEvidence } from './evidence.ts'
import { siteFolders } from './folders.ts'
import { siteHome } from './home.ts'
import { createJudge } from './judge.ts'
import { sitePlans } from './plans.ts'
import { siteSettings } from './settings.ts'
import { siteSurveys } from './survey.ts'
import { mustBeUnlocked, siteVault, type WindowVault } from './vault.ts'

export interface AppServiceOptions {
  readonly dbFile: string
  /** user@machine. */
  readonly by: string
  readonly vault: WindowVault
  /** Practice sites and the folders of plans that have none lie here. */
  readonly dataFolder: string
  readonly version: string
  readonly reach?: AppOptions['reach']
  /** The system's dialogs, where the shell has them. */
  readonly dialogs?: Dialogs
  /** For what a shell does besides showing windows; both return at once. */
  readonly told?: {
    readonly onEvent: (runId: string, event: Event) => void
    readonly onEngine: (engine: EngineState) => void
  }
  /** Milliseconds between looks at what other processes write; 250 unless given. */
  readonly pollMs?: number
}

export interface AppService {
  readonly api: Api
  readonly hub: EventHub
  readonly redact: <T>(value: T) => T
  /** Ends the engine (attempts under way are interrupted; what runs on the hosts goes on), the streams and the database. */
  close(): Promise<void>
}

// For the connection to a host that is examined, and again for its first answer.
const examineMs = 10_000

/** Opens the database and puts the contract over it. Throws FailureError when the database cannot be used. */
export function createAppService({
  dbFile,
  by,
  vault,
  dataFolder,
  version,
  reach,
  dialogs,
  told,
  pollMs,
}: AppServiceOptions): AppService {
  const app = createApp({ dbFile, by, vault: vault.vault, ...(reach ? { reach } : {}) })
  const { store } = app
  const driver = createRunDriver(app, {
    onEvent: (runId, event) => {
      hub.published(runId, event)
      told?.onEvent(runId, event)
    },
    onChange: () => {
      hub.lookAround()
      told?.onEngine(driver.engine())
    },
    asked: () => control.asked(),
  })
  const hub = createEventHub({
    log: {
      events: (runId, after, limit) => store.runs.events(runId, after, limit),
      lastSeq: (runId) => store.runs.summary(runId).lastSeq,
    },
    engine: driver.engine,
    ...(pollMs === undefined ? {} : { pollMs }),
  })
  const closing = new AbortController()
  const control = siteControl({
    onAsked: () => told?.onEngine(driver.engine()),
    store: store.control,
    me: () => thisProcess(by, Date.now()),
    now: Date.now,
    driver: {
      role: () => driver.engine().role,
      letGo: () => driver.letGo(),
      async take(runId) {
        if (store.runs.summary(runId).status === 'finished') return
        await prepare(runId)
        await driver.drive(runId)
      },
    },
  })
  const stopLooking = keepLooking(control, pollMs ?? 250, (failure) => {
    driver.failedWith(failure)
  })
  const folders = siteFolders(store.file, dataFolder)
  const judge = createJudge(app)
  const ready = (planId: string, revision: number) =>
    mustBeUnlocked(vault.vault, store.plans.plan(planId, revision).plan)
  const surveys = siteSurveys({ app, by, folders, ready })
  const home = siteHome(app, driver, folders)

  /** Before a run goes on here: its secrets can be had. Where it is driven already, or by somebody else, they were. */
  async function prepare(runId: string): Promise<void> {
    const { planId, revision, status } = store.runs.summary(runId)
    if (status !== 'finished' && !driver.stateOf(runId) && driver.engine().role !== 'reader')
      await ready(planId, revision)
  }

  /** One request, done or refused. `goOn`: the run is driven from then on, by this process unless another does. */
  async function ask(runId: string, request: RunRequest, goOn: boolean): Promise<{ seq: number; handedOver: boolean }> {
    if (goOn) await prepare(runId)
    const {
      seq,
      handedOver,
      refusals: [refusal],
    } = await driver.request(runId, [await redactRequest(request, (words) => cleaned(runId, words))], goOn)
    if (refusal) throw new FailureError(refusal)
    return { seq, handedOver }
  }

  /** A reason as it may be written. An entry that is missing here is missing for the lanes as well, which say so. */
  function cleaned(runId: string, why: string): Promise<string> {
    const { planId, revision } = store.runs.summary(runId)
    return app.cleanedWords(why, { plan: store.plans.plan(planId, revision).plan, missing: 'left' })
  }

  const evidence = siteEvidence(app, by, cleaned)
  const api: Api = {
    whoami: async () => ({
      by,
      version,
      platform: process.platform,
      database: store.file,
      dataFolder,
      dialogs: dialogs !== undefined,
    }),
    ...home,
    catalogue: async () => app.catalogue,
    'engine.state': async () => driver.engine(),
    'control.ask': async ({ runId }) => {
      // Asked before the other lets go: a run that nobody can drive helps nobody.
      const { planId, revision } = store.runs.summary(runId)
      await ready(planId, revision)
      control.ask(runId)
      hub.lookAround()
      return driver.engine()
    },
    'control.answer': async ({ give }) => {
      await control.answer(give)
      hub.lookAround()
      return driver.engine()
    },
    ...dialogMethods(dialogs),
    ...sitePlans({ app, by, dataFolder, folders, judge }),
    ...surveys.methods,
    ...siteDossier(app, by),
    ...siteSettings({ app, by, folders, judge }),
    'audit.read': async ({ before, limit }) => {
      const verdict = store.audit.verifyAudit()
      // Beyond the first row that is not what was written nothing can be shown.
      const rows = verdict.ok ? store.audit.entries() : []
      return {
        rows: rows
          .filter((row) => before === undefined || row.number < before)
          .slice(-limit)
          .reverse(),
        verdict,
      }
    },
    ...siteVault(app, vault, by),

    'run.start': async ({ planId, revision, folder }) => {
      driver.mustBeFree()
      const engine = driver.engine()
      if (engine.role === 'reader')
        throw failed(
          'host',
          'lease-held',
          `${engine.holder?.by ?? 'Another process'} drives a run on this database.`,
          'Let it end there, or use another database.',
        )
      const { plan, revision: locked } = store.plans.plan(planId, revision)
      if (folder !== null) folders.remember(planId, folder)
      const base = folders.baseOf(planId)
      const blocks = standingBlocks(await judge.judge(plan, base, { planId, revision }))
      if (blocks.length > 0)
        throw failed(
          'finding',
          'blocked',
          blocks.length === 1 ? 'One finding blocks this plan.' : `${blocks.length} findings block this plan.`,
          'Do what each of them says, then lock the plan again.',
          'never',
          blocks.map((block) => `${block.subject}: ${block.message}`),
        )
      await ready(planId, revision)
      driver.mustBeFree()
      const run = app.createRun(locked, base)
      await driver.drive(run.runId)
      return { runId: run.runId, seq: run.lastSeq }
    },
    'run.read': async ({ runId }) => {
      const summary = store.runs.summary(runId)
      const { plan } = store.plans.plan(summary.planId, summary.revision)
      return { summary, plan, graph: store.runs.graph(runId), time: driver.timeOf(runId), engine: driver.engine() }
    },
    'run.events': async ({ runId, after, limit }) => ({
      events: store.runs.events(runId, after, limit),
      lastSeq: store.runs.summary(runId).lastSeq,
    }),
    'run.resume': async ({ runId, why }) => {
      const { status } = store.runs.summary(runId)
      if (status === 'paused' || status === 'finished') return ask(runId, { kind: 'resume', by, why }, true)
      await prepare(runId)
      await driver.drive(runId)
      return { seq: store.runs.summary(runId).lastSeq, handedOver: false }
    },
    'run.pause': async ({ runId, why }) => ask(runId, { kind: 'pause', by, why }, false),
    'run.cancel': async ({ runId, why }) => ask(runId, { kind: 'cancel', by, why }, true),
    'run.setWindow': async ({ runId, closesAt }) => ask(runId, { kind: 'window', closesAt, by, why: '' }, false),
    'run.decide': async ({ runId, steps, choice, why: written }) => {
      await prepare(runId)
      const why = await cleaned(runId, written)
      const { seq, handedOver, refusals } = await driver.request(
        runId,
        steps.map((target) => ({ kind: 'decide', target, choice, by, why })),
        true,
      )
      const refused = steps.flatMap((step, i) => {
        const failure = refusals[i]
        return failure ? [{ step, failure }] : []
      })
      return { seq, handedOver, decided: steps.filter((_step, i) => refusals[i] === null), refused }
    },
    'run.openGate': async ({ runId, gate, why, confirmed }) => {
      evidence.mustBeKept(runId, confirmed)
      return ask(runId, { kind: 'decide', target: gate, choice: 'open', by, why, confirmed }, true)
    },
    'run.examine': async ({ runId, host: name }) => {
      const { planId, revision } = store.runs.summary(runId)
      const { plan } = store.plans.plan(planId, revision)
      const host = plan.hosts.find((one) => one.name === name)
      if (!host) throw failed('plan', 'unknown-host', `The run has no host ${name}.`, 'Choose one of its hosts.')
      await ready(planId, revision)
      const credential = host.credential ?? plan.defaultCredential
      const {
        port,
        by: way,
        well,
        signedIn,
        diagnosis,
      } = await app.examine(
        { ...host, ...(credential === undefined ? {} : { credential }) },
        { signal: closing.signal, waitMs: examineMs },
      )
      return { port, by: way, well: [...well], signedIn, diagnosis }
    },
    ...evidence.methods,

    'output.read': async ({ runId, step, attempt, from, maxBytes }) => {
      const { chunks, next, leftOut } = store.output.read(runId, step, attempt, from, maxBytes)
      return { chunks: [...chunks], next, leftOut }
    },
    'output.readAll': async ({ runId, where, maxBytes }) => ({
      chunks: [...store.output.readAll(runId, where, maxBytes)],
    }),
  }

  return {
    api,
    hub,
    redact: (value) => app.redactor.redactDeep(value),
    async close() {
      stopLooking()
      closing.abort(new Error('Rollout ends.'))
      control.withdraw()
      await driver.close()
      await surveys.close()
      hub.close()
      app.close()
    },
  }
}
