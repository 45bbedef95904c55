/** The methods about runs: started, read, resumed, and answered by a person. */
import type { Api } from '../../../domain/contract/api.ts'
import { FailureError } from '../../../domain/base/failure.ts'
import { subjectText } from '../../../domain/base/subject.ts'
import { standingBlocks } from '../../../domain/checks/waiver.ts'
import type { RunRequest } from '../../../domain/run/request.ts'
import { redactRequest } from '../secrets/redact-reason.ts'
import type { App } from '../core/app.ts'
import type { EvidenceMethods } from './evidence.ts'
import type { MediaFolders } from './folders.ts'
import type { Judge } from './judge.ts'
import type { RunAccess } from './run-access.ts'
import type { RunExecutor } from './run-executor.ts'
import { blockedByFindings, hostNotInRun, leaseHeld } from './text/rollout-failures.ts'

type RunMethods = Pick<Api, Extract<keyof Api, `run.${string}` | `output.${string}`>>

export interface RunMethodsOptions {
  readonly app: App
  readonly by: string
  readonly executor: RunExecutor
  readonly access: RunAccess
  readonly folders: MediaFolders
  readonly judge: Judge
  readonly mustBeKept: EvidenceMethods['mustBeKept']
  /** Aborted when the application closes. */
  readonly closing: AbortSignal
}

// For the connection to a host that is examined, and again for its first answer.
const examineMs = 10_000

/** The methods about runs and their output. */
export function runMethods({
  app,
  by,
  executor,
  access,
  folders,
  judge,
  mustBeKept,
  closing,
}: RunMethodsOptions): RunMethods {
  const { store } = app

  /** One request, done or refused. `goOn`: the run continues from then on, in this process unless another has it. */
  async function ask(runId: string, request: RunRequest, goOn: boolean): Promise<{ seq: number; handedOver: boolean }> {
    if (goOn) await access.prepare(runId)
    const {
      seq,
      handedOver,
      refusals: [refusal],
    } = await executor.request(
      runId,
      [await redactRequest(request, (words) => access.redactedWords(runId, words))],
      goOn,
    )
    if (refusal) throw new FailureError(refusal)
    return { seq, handedOver }
  }

  return {
    'run.start': async ({ planId, revision, folder }) => {
      executor.mustBeFree()
      const engine = executor.engine()
      if (engine.role === 'reader') throw leaseHeld(engine.holder?.by)
      const { plan, revision: locked } = store.plans.plan(planId, revision)
      if (folder !== null) folders.remember(planId, folder)
      const base = folders.baseOf(planId)
      const blocks = standingBlocks(await judge.judge(plan, base, { planId, revision }))
      if (blocks.length > 0)
        throw blockedByFindings(blocks.map((block) => `${subjectText(block.subject)}: ${block.message}`))
      await access.secretsReady(planId, revision)
      executor.mustBeFree()
      const run = app.createRun(locked, base)
      await executor.execute(run.runId)
      return { runId: run.runId, seq: run.lastSeq }
    },
    'run.read': async ({ runId }) => {
      return {
        summary: store.runs.summary(runId),
        plan: access.planOf(runId),
        graph: store.runs.graph(runId),
        time: executor.timeOf(runId),
        engine: executor.engine(),
      }
    },
    'run.events': async ({ runId, after, limit }) => ({
      events: store.runs.events(runId, after, limit),
      lastSeq: store.runs.summary(runId).lastSeq,
    }),
    'run.resume': async ({ runId, why }) => {
      const { status } = store.runs.summary(runId)
      if (status === 'paused' || status === 'finished') return ask(runId, { kind: 'resume', by, why }, true)
      await access.prepare(runId)
      await executor.execute(runId)
      return { seq: store.runs.summary(runId).lastSeq, handedOver: false }
    },
    'run.pause': async ({ runId, why }) => ask(runId, { kind: 'pause', by, why }, false),
    'run.cancel': async ({ runId, why }) => ask(runId, { kind: 'cancel', by, why }, true),
    'run.setWindow': async ({ runId, closesAt }) => ask(runId, { kind: 'window', closesAt, by, why: '' }, false),
    'run.decide': async ({ runId, steps, choice, why: written }) => {
      await access.prepare(runId)
      const why = await access.redactedWords(runId, written)
      const { seq, handedOver, refusals } = await executor.request(
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
      mustBeKept(runId, confirmed)
      return ask(runId, { kind: 'decide', target: gate, choice: 'open', by, why, confirmed }, true)
    },
    'run.examine': async ({ runId, host: name }) => {
      const { planId, revision } = store.runs.summary(runId)
      const plan = access.planOf(runId)
      const host = plan.hosts.find((candidate) => candidate.name === name)
      if (!host) throw hostNotInRun(name)
      await access.secretsReady(planId, revision)
      const credential = host.credential ?? plan.defaultCredential
      const {
        port,
        by: way,
        well,
        signedIn,
        diagnosis,
      } = await app.examine(
        { ...host, ...(credential === undefined ? {} : { credential }) },
        { signal: closing, waitMs: examineMs },
      )
      return { port, by: way, well: [...well], signedIn, diagnosis }
    },
    'output.read': async ({ runId, step, attempt, from, maxBytes }) => {
      const { chunks, next, leftOut } = store.output.read(runId, step, attempt, from, maxBytes)
      return { chunks: [...chunks], next, leftOut }
    },
    'output.readAll': async ({ runId, where, maxBytes }) => ({
      chunks: [...store.output.readAll(runId, where, maxBytes)],
    }),
  }
}
