/** The application: store, vault, transports and engine put together; free of any shell. */
import { resolve } from 'node:path'
import type { Catalogue } from '../../../domain/plan/catalogue.ts'
import { compilePlan } from '../../../domain/graph/compile.ts'
import type { Event } from '../../../domain/run/event.ts'
import { FailureError, failed } from '../../../domain/base/failure.ts'
import { pasteable } from '../../../domain/base/shell-quote.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Host } from '../../../domain/plan/host.ts'
import { judgeRequest, type RunRequest } from '../../../domain/run/request.ts'
import { fold, startState, type RunState } from '../../../domain/run/run.ts'
import { openStore, type Store } from '../../store/store.ts'
import type { PlanRevision } from '../../store/plan-store.ts'
import { planHash, planIdOf } from '../../store/plan-store.ts'
import type { RunSummary } from '../../store/run-summary.ts'
import { thisProcess } from '../../store/lease.ts'
import { createSignIns } from '../../transports/shared/sign-ins.ts'
import { createRedactor, type Redactor } from '../../vault/redaction.ts'
import { watchedVault } from '../../vault/layered-vault.ts'
import { systemClock } from '../workstation/clock.ts'
import { loadCatalogue } from '../workstation/catalogue-file.ts'
import { redactRequest, redactReason, type ReasonContext } from '../secrets/redact-reason.ts'
import type { Dependencies, AppOptions } from './dependencies.ts'
import { requestRefused, runUnfinished } from './failures.ts'
import { startActiveRun, type ActiveRun, type ActiveRunOptions } from './active-run.ts'
import { passwordMemory } from '../secrets/password-memory.ts'
import { redactData } from '../secrets/redact-data.ts'
import { appendRequest } from './requests.ts'
import { proveSecrets } from '../secrets/plan-secrets.ts'
import { importKnownHosts, type KnownHostsImport } from './trust.ts'
import { examine, type DoctorOptions, type Examined } from './doctor.ts'
import type { KeptSurvey } from '../../survey/kept.ts'
import type { RevisionKey } from '../../store/survey-store.ts'
import { revisionOf, surveyPlan, surveyRevision, type SurveyedHost, type SurveyOptions } from './survey.ts'

// Where a database cannot be opened it can still be copied.
export { backupStore } from '../../store/backup.ts'

export interface App {
  readonly store: Store
  readonly catalogue: Catalogue
  /** Knows every secret that was handed out; every failure shown to a person is redacted with it. */
  readonly redactor: Redactor
  /** The hash that locking this content gives. */
  hashOf(plan: Plan): string
  /** Locks a plan's content; the same content is the same revision. */
  lockPlan(plan: Plan): PlanRevision
  /**
   * Compiles a locked revision and creates its run. Throws FailureError `run-unfinished` while another run of the plan
   * has not finished.
   */
  createRun(revision: PlanRevision, baseDir: string): RunSummary
  /** A run with its plan, and its state as the log gives it. Throws FailureError for an unknown run. */
  readRun(runId: string): { readonly summary: RunSummary; readonly plan: Plan; readonly state: RunState }
  /** Whether an engine works on the database, here or in another process. */
  engineAtWork(): boolean
  /** Takes the lease and prepares a run for execution; `run` of what it returns starts or continues it. */
  executeRun(runId: string, options: ActiveRunOptions): Promise<ActiveRun>
  /**
   * Carries out a person's request: here when no engine works on the database, else by handing it over. Returns the seq
   * of the last event. Throws FailureError with the reason of a refusal, also where the vault cannot be opened to
   * redact it.
   */
  request(runId: string, request: RunRequest): Promise<{ readonly seq: number; readonly handedOver: boolean }>
  /** Surveys the hosts of a plan; nothing on them is changed. */
  survey(plan: Plan, baseDir: string, options: SurveyOptions): Promise<SurveyedHost[]>
  /** The same, with each answer stored under that revision. Never throws for what went wrong: that is stored too. */
  surveyRevision(of: RevisionKey, plan: Plan, baseDir: string, options: SurveyOptions): Promise<KeptSurvey>
  /** The revision with this content, saved as a draft if new; undefined where another draft is in the way. */
  revisionOf(plan: Plan): RevisionKey | undefined
  /** Finds the cause why a host cannot be reached; nothing on it is changed. */
  examine(host: Host, options: DoctorOptions): Promise<Examined>
  /** Checks that the vault opens and has every entry the plan names. Throws the vault's FailureError. */
  proveSecrets(plan: Plan): Promise<void>
  /** A person's words with secrets redacted. Every way in but `request` passes its reasons through here. */
  redactReason(words: string, about: ReasonContext): Promise<string>
  /** Pins what a known_hosts file knows of the plan's hosts. */
  importKnownHosts(text: string, plan: Plan): KnownHostsImport
  close(): void
}

/** Opens the database and puts the application together. Throws FailureError when the database cannot be used. */
export function createApp(options: AppOptions): App {
  const store = openStore(resolve(options.dbFile), { readonly: options.readonly ?? false })
  const redactor = createRedactor()
  const parts: Dependencies = {
    ...options,
    vault: watchedVault(options.vault, redactor),
    store,
    catalogue: loadCatalogue(),
    redactor,
    signIns: createSignIns(),
  }

  function readRun(runId: string) {
    const summary = store.runs.summary(runId)
    const { plan } = store.plans.plan(summary.planId, summary.revision)
    return { summary, plan, state: fold(startState(store.runs.graph(runId)), store.runs.stream(runId)) }
  }

  return {
    store,
    catalogue: parts.catalogue,
    redactor,
    hashOf: planHash,
    lockPlan: (plan) => store.plans.lock(planIdOf(plan), plan, { by: options.by, at: Date.now() }),
    createRun({ planId, revision }, baseDir) {
      const unfinished = store.runs.list().find((run) => run.planId === planId && run.status !== 'finished')
      if (unfinished) {
        const words = `${unfinished.runId} --db ${pasteable(store.file, process.platform)}`
        throw runUnfinished(unfinished.runId, words)
      }
      const { plan } = store.plans.plan(planId, revision)
      return store.runs.createRun({
        planId,
        revision,
        graph: compilePlan(plan, parts.catalogue),
        baseDir,
        by: options.by,
        at: Date.now(),
      })
    },
    readRun,
    engineAtWork: () => store.lease.atWork(thisProcess(options.by, Date.now()), Date.now()) !== undefined,
    executeRun: (runId, options) => startActiveRun(parts, readRun(runId), options),
    async request(runId, request) {
      const { plan, state } = readRun(runId)
      // A refusal needs no vault, and a request that names nothing of this run is stored nowhere.
      const verdict = judgeRequest(state, request)
      if (!verdict.ok) throw requestRefused(verdict)
      const clean = await redactRequest(request, (words) =>
        redactReason(options.vault, words, { plan, missing: 'refused' }),
      )
      const here = tryHere(runId, clean)
      if (here) return { seq: here.at(-1)?.seq ?? 0, handedOver: false }
      const id = store.inbox.put({ ...clean, run: runId }, Date.now())
      const reply = await store.inbox.awaitReply(id, systemClock(), { timeoutMs: 15_000 })
      if (!reply.ok) throw failed(reply.failure.kind, reply.failure.code, reply.failure.message, reply.failure.hint)
      return { seq: reply.seq, handedOver: true }
    },
    survey: (plan, baseDir, options) => surveyPlan(parts, plan, baseDir, options),
    surveyRevision: (of, plan, baseDir, options) => surveyRevision(parts, of, plan, baseDir, options),
    revisionOf: (plan) => revisionOf(parts, plan),
    examine: (host, options) => examine(parts, host, options),
    redactReason: (words, about) => redactReason(options.vault, words, about),
    proveSecrets: (plan) => proveSecrets(plan, parts.vault),
    importKnownHosts: (text, plan) => importKnownHosts(parts, text, plan),
    close: () => {
      store.close()
    },
  }

  /** Undefined when another engine works on the database. */
  function tryHere(runId: string, request: RunRequest): Event[] | undefined {
    const now = Date.now()
    const already = holdsLease()
    try {
      store.lease.acquire(thisProcess(options.by, now), now)
    } catch (error) {
      if (error instanceof FailureError && error.failure.code === 'lease-held') return undefined
      throw error
    }
    try {
      const { plan, state, summary } = readRun(runId)
      const done = appendRequest(judgeRequest(state, request), (events) =>
        store.runs.append(
          runId,
          events.map((event) => redactData(redactor, event)),
          Math.max(Date.now(), summary.lastAt),
        ),
      )
      for (const event of done) passwordMemory(parts.signIns, plan, state.index).hear(runId, event, state)
      return done
    } finally {
      // A run that started in this process meanwhile keeps the lease.
      if (!already) store.lease.release()
    }
  }

  function holdsLease(): boolean {
    try {
      store.lease.assertHeld()
      return true
    } catch {
      return false
    }
  }
}
