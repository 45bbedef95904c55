/** A run in this process: the engine, the lease with its heartbeat, requests from other processes, and output. */
import { resolve } from 'node:path'
import { indexGraph } from '../../../domain/graph/graph-index.ts'
import { pendingGate } from '../../../domain/run/pending.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { judgeRequest, type RunRequest } from '../../../domain/run/request.ts'
import type { RunState } from '../../../domain/run/run.ts'
import { createEngine, type Engine, type Rest } from '../../engine/engine.ts'
import type { Clock, RunListener, RunStore } from '../../engine/ports.ts'
import { leaseTimeout, thisProcess } from '../../store/lease.ts'
import type { RunSummary } from '../../store/run-summary.ts'
import { openTransports } from '../../transports/registry.ts'
import { noteRun } from '../../transports/simulated/world/world-runs.ts'
import { systemClock } from '../workstation/clock.ts'
import type { Dependencies } from './dependencies.ts'
import { learnSecrets } from '../secrets/plan-secrets.ts'
import { mediaPath } from '../workstation/plan-file.ts'
import { practiceClock } from '../practice/practice.ts'
import { keepOutput } from './output.ts'
import { passwordMemory } from '../secrets/password-memory.ts'
import { redactData } from '../secrets/redact-data.ts'
import { trustOf } from './trust.ts'
import { appendRequest } from './requests.ts'
import { openedByYes } from './text.ts'

export type { Rest } from '../../engine/engine.ts'
export type { RunListener } from '../../engine/ports.ts'

export interface ActiveRunOptions {
  readonly listeners?: readonly RunListener[]
  /** Opens every gate as it is raised; never decides a failure. */
  readonly openGates?: boolean
}

export interface ActiveRun {
  readonly clock: Clock
  readonly state: () => RunState
  /** Runs until the run is finished, paused, waits for a person, or the signal aborts. */
  run(signal: AbortSignal): Promise<Rest>
  /** Carries out a request of the person at this process. Throws FailureError `refused` with the reason. */
  request(request: RunRequest): void
  /** Gives back the lease and everything else. */
  close(): Promise<void>
}

const inboxMs = 250

/** Takes the lease (FailureError `lease-held` when another engine has it) and puts an engine over the run's log. */
export async function startActiveRun(
  parts: Dependencies,
  { summary, plan }: { summary: RunSummary; plan: Plan },
  options: ActiveRunOptions,
): Promise<ActiveRun> {
  const { store, by } = parts
  const now = Date.now()
  store.lease.acquire(thisProcess(by, now), now)
  // If a later step throws, the next process must not wait for the lease to time out.
  const undo = new AsyncDisposableStack()
  undo.defer(() => {
    store.lease.release()
  })
  try {
    await learnSecrets(plan, parts.vault)
    const siteFile = plan.practice ? resolve(summary.baseDir, plan.practice.site) : undefined
    const clock = siteFile === undefined ? systemClock() : practiceClock(siteFile, summary.lastAt)
    if (siteFile !== undefined) noteRun(siteFile, { runId: summary.runId, database: store.file })
    const transports = await (parts.reach ?? openTransports)({
      plan,
      clock,
      siteFile,
      trust: trustOf(parts),
      signIns: parts.signIns,
    })
    undo.defer(() => transports.close())
    const output = keepOutput(parts, summary.runId, clock)
    undo.defer(() => {
      output.close()
    })
    const passwords = passwordMemory(parts.signIns, plan, indexGraph(store.runs.graph(summary.runId)))
    passwords.recall(store.runs.stream(summary.runId))
    const engine: Engine = createEngine({
      runId: summary.runId,
      plan,
      catalogue: parts.catalogue,
      store: redacting(parts),
      transports,
      vault: parts.vault,
      clock,
      by,
      localPath: (file) => mediaPath(summary.baseDir, file),
      output: output.write,
      listeners: [passwords.hear, output.hear, ...(options.listeners ?? [])],
    })
    const every = (ms: number, work: () => void) =>
      setInterval(() => {
        try {
          work()
        } catch (error) {
          stop(error)
        }
      }, ms)
    const beat = every(leaseTimeout / 3, () => {
      store.lease.heartbeat(Date.now())
    })
    const inbox = every(inboxMs, () => {
      serveInbox(parts, engine, summary.runId)
    })
    undo.defer(() => {
      clearInterval(beat)
      clearInterval(inbox)
    })
    const lost = new AbortController()
    let lostTo: Error | undefined
    let broken = false
    function stop(error: unknown): void {
      lostTo ??= error instanceof Error ? error : new Error(String(error))
      lost.abort(error)
    }
    return {
      clock,
      state: engine.state,
      async run(signal) {
        for (;;) {
          const rest = await engine.run(AbortSignal.any([signal, lost.signal])).catch((error: unknown) => {
            broken = true
            throw error
          })
          if (lostTo !== undefined) throw lostTo
          // A decision may have arrived since the last round.
          if (rest === 'person' && serveInbox(parts, engine, summary.runId)) continue
          const gate = pendingGate(engine.state())
          if (rest !== 'person' || !gate || options.openGates !== true) return rest
          engine.submit([{ type: 'gate.opened', gate: gate.id, by, why: openedByYes }])
        }
      },
      request: (request) => void appendRequest(judgeRequest(engine.state(), request), engine.submit),
      // If the log could not be written, neither can the lease: that must not hide why the run stopped.
      close: () =>
        undo.disposeAsync().catch((error: unknown) => {
          if (!broken) throw error
        }),
    }
  } catch (error) {
    await undo.disposeAsync()
    throw error
  }
}

/** Answers the requests of other processes. True when there was one. */
function serveInbox({ store }: Dependencies, engine: Engine, runId: string): boolean {
  const taken = store.inbox.take(`engine-${process.pid}`)
  for (const { id, request } of taken) {
    try {
      if (request.run !== runId) throw new Error(`this engine works on run ${runId}`)
      const events = appendRequest(judgeRequest(engine.state(), request), engine.submit)
      store.inbox.answer(id, { ok: true, seq: events.at(-1)?.seq ?? engine.state().seq })
    } catch (error) {
      store.inbox.answer(id, { ok: false, failure: toFailure(error) })
    }
  }
  return taken.length > 0
}

/** The run store with every event redacted before it is appended. */
function redacting({ store, redactor }: Dependencies): RunStore {
  return {
    graph: (runId) => store.runs.graph(runId),
    events: (runId, after) => store.runs.events(runId, after),
    append: (runId, events, at) =>
      store.runs.append(
        runId,
        events.map((event) => redactData(redactor, event)),
        at,
      ),
  }
}
