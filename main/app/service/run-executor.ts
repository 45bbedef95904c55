/** Executes one run in this process for its windows, and goes on after a gate or a decision. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { EngineState, RunTime } from '../../../domain/contract/shapes.ts'
import type { Event } from '../../../domain/run/event.ts'
import { FailureError, toFailure, type Failure } from '../../../domain/base/failure.ts'
import type { RunRequest } from '../../../domain/run/request.ts'
import type { RunState } from '../../../domain/run/run.ts'
import type { RunListener } from '../../engine/ports.ts'
import { thisProcess } from '../../store/lease.ts'
import { worldTime } from '../../transports/simulated/verbs/inspect.ts'
import type { App } from '../core/app.ts'
import type { ActiveRun } from '../core/active-run.ts'
import { redactData } from '../secrets/redact-data.ts'
import { closing, engineBusy } from './text/rollout-failures.ts'

export interface RunExecutor {
  readonly engine: () => EngineState
  /** The state of the run in this process; undefined for every other. */
  stateOf(runId: string): RunState | undefined
  /** Throws FailureError where this process runs another rollout, or is closing. */
  mustBeFree(runId?: string): void
  /** Executes the run from now on. Does nothing if it runs here already. */
  execute(runId: string): Promise<void>
  /**
   * Hands requests to the run, here or in the process that has the lease, and returns a verdict for each. Where `goOn`
   * is true and no process runs it, this one does from then on.
   */
  request(runId: string, requests: readonly RunRequest[], goOn: boolean): Promise<RequestsDone>
  timeOf(runId: string): RunTime
  /** Stops the run here and releases the lease; attempts are interrupted, installers on hosts continue. */
  letGo(): Promise<void>
  /** Records why this process could not run what it should. */
  failedWith(failure: Failure): void
  close(): Promise<void>
}

export interface RequestsDone {
  readonly seq: number
  readonly handedOver: boolean
  /** For each request why it was refused, null where it was done. */
  readonly refusals: readonly (Failure | null)[]
}

interface ExecutedRun {
  readonly runId: string
  readonly active: ActiveRun
  readonly bell: Bell
  readonly stop: AbortController
  closing: boolean
  ended: Promise<void>
}

const byPerson: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'gate.opened',
  'decision.made',
  'run.paused',
  'run.resumed',
  'run.cancel-requested',
])

export interface RunExecutorOptions {
  /** Hear every event that this process commits. */
  readonly listeners: readonly RunListener[]
  /** Called when another process, or none, works on the run. */
  readonly onChange: () => void
  /** Who asks for control. */
  readonly asked: () => EngineState['asked']
}

/** Executes one run at a time over an application. */
export function createRunExecutor(app: App, { listeners, onChange, asked }: RunExecutorOptions): RunExecutor {
  const { store } = app
  const stop = new AbortController()
  let current: ExecutedRun | undefined
  let opening: Promise<ExecutedRun> | undefined
  let failure: Failure | null = null

  function mustBeFree(runId?: string): void {
    if (stop.signal.aborted) throw closing()
    if (current && current.runId !== runId) throw engineBusy(current.runId)
  }

  async function open(runId: string, first: (active: ActiveRun) => void): Promise<ExecutedRun> {
    // One call at a time: two windows may press the same button.
    await opening?.catch(() => undefined)
    if (current?.closing === true) await current.ended
    mustBeFree(runId)
    if (current) {
      first(current.active)
      return current
    }
    opening = begin(runId, first)
    try {
      return await opening
    } finally {
      opening = undefined
    }
  }

  async function begin(runId: string, first: (active: ActiveRun) => void): Promise<ExecutedRun> {
    const bell = createBell()
    const wake: RunListener = (_runId, event) => {
      if (byPerson.has(event.type)) bell.ring()
    }
    const active = await app.executeRun(runId, { listeners: [...listeners, wake] })
    try {
      first(active)
    } catch (thrown) {
      await active.close()
      throw thrown
    }
    failure = null
    const started: ExecutedRun = {
      runId,
      active,
      bell,
      stop: new AbortController(),
      closing: false,
      ended: Promise.resolve(),
    }
    current = started
    started.ended = keep(started)
    onChange()
    return started
  }

  async function keep(started: ExecutedRun): Promise<void> {
    try {
      const signal = AbortSignal.any([stop.signal, started.stop.signal])
      while (!signal.aborted) {
        started.bell.silence()
        const rest = await started.active.run(signal)
        if (rest === 'finished' || rest === 'stopped') break
        // A person may have answered after the engine came to rest.
        if (started.bell.rung()) continue
        if (rest === 'paused') break
        await started.bell.heard()
      }
    } catch (thrown) {
      failure = { ...redactData(app.redactor, toFailure(thrown)) }
    }
    started.closing = true
    await started.active.close().catch((thrown: unknown) => {
      failure ??= redactData(app.redactor, toFailure(thrown))
    })
    current = undefined
    onChange()
  }

  async function handOver(runId: string, requests: readonly RunRequest[]): Promise<RequestsDone> {
    const answers = await Promise.all(
      requests.map((request) =>
        app.request(runId, request).then(
          (done) => ({ ...done, refusal: null }),
          (thrown: unknown) => ({ seq: 0, handedOver: true, refusal: toFailure(thrown) }),
        ),
      ),
    )
    return {
      seq: Math.max(0, ...answers.map((answer) => answer.seq)),
      handedOver: answers.some((answer) => answer.handedOver),
      refusals: answers.map((answer) => answer.refusal),
    }
  }

  async function request(runId: string, requests: readonly RunRequest[], goOn: boolean): Promise<RequestsDone> {
    const refusals: (Failure | null)[] = []
    const ask = (active: ActiveRun) => {
      for (const request of requests)
        refusals.push(
          refusalOf(() => {
            active.request(request)
          }),
        )
      // Nothing was done, so there is no reason to start.
      const [only] = refusals
      if (refusals.length === 1 && only) throw new FailureError(only)
    }
    if (current?.runId === runId && !current.closing) {
      ask(current.active)
      return { seq: current.active.state().seq, handedOver: false, refusals }
    }
    if (!goOn) return handOver(runId, requests)
    try {
      const { active } = await open(runId, ask)
      return { seq: active.state().seq, handedOver: false, refusals }
    } catch (thrown) {
      if (thrown instanceof FailureError && thrown.failure.code === 'lease-held') return handOver(runId, requests)
      throw thrown
    }
  }

  return {
    engine() {
      const lease = store.lease.atWork(thisProcess('', Date.now()), Date.now())
      const holder = lease
        ? { by: lease.holder, process: lease.pid, host: lease.host, since: lease.acquiredAt, seenAt: lease.heartbeatAt }
        : null
      if (current) return { role: 'executor', run: current.runId, holder, failure, asked: asked() }
      return {
        role: holder && holder.process !== process.pid ? 'reader' : 'free',
        run: null,
        holder,
        failure,
        asked: asked(),
      }
    },
    stateOf: (runId) => (current?.runId === runId ? current.active.state() : undefined),
    mustBeFree,
    execute: async (runId) => void (await open(runId, () => undefined)),
    request,
    timeOf(runId) {
      const { planId, revision, baseDir, lastAt, status } = store.runs.summary(runId)
      const { plan } = store.plans.plan(planId, revision)
      if (status === 'finished') return { now: lastAt, speed: 0 }
      if (!plan.practice) return { now: Date.now(), speed: 1 }
      const siteFile = resolve(baseDir, plan.practice.site)
      // The practice site was deleted; its log can still be read.
      if (!existsSync(siteFile)) return { now: lastAt, speed: 0 }
      const { createdAt, speed, virtual } = worldTime(siteFile)
      return virtual
        ? { now: lastAt, speed: 0 }
        : { now: Math.floor(createdAt + (Date.now() - createdAt) * speed), speed }
    },
    async letGo() {
      const started = current
      if (!started) return
      started.stop.abort(new Error('Control was handed over.'))
      started.bell.ring()
      await started.ended
    },
    failedWith(why) {
      failure = redactData(app.redactor, why)
      onChange()
    },
    async close() {
      stop.abort(new Error('Rollout ends.'))
      current?.bell.ring()
      await opening?.catch(() => undefined)
      await current?.ended
    },
  }
}

/** Rung when a person has answered; a later call of `heard` still sees it. */
interface Bell {
  ring(): void
  silence(): void
  rung(): boolean
  heard(): Promise<void>
}

function createBell(): Bell {
  let state = { rung: false, heard: Promise.withResolvers<void>() }
  return {
    ring() {
      state.rung = true
      state.heard.resolve()
    },
    silence: () => {
      state = { rung: false, heard: Promise.withResolvers<void>() }
    },
    rung: () => state.rung,
    heard: () => state.heard.promise,
  }
}

function refusalOf(work: () => void): Failure | null {
  try {
    work()
    return null
  } catch (thrown) {
    return toFailure(thrown)
  }
}
