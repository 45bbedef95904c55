/** Keeps one run going in this process for its windows, also after a gate or a decision. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { EngineState, SiteTime } from '../../../domain/contract/shapes.ts'
import type { Event } from '../../../domain/run/event.ts'
import { FailureError, toFailure, type Failure } from '../../../domain/base/failure.ts'
import type { RunRequest } from '../../../domain/run/request.ts'
import type { RunState } from '../../../domain/run/run.ts'
import type { RunListener } from '../../engine/ports.ts'
import { thisProcess } from '../../store/lease.ts'
import { siteTime } from '../../transports/simulated/verbs/inspect.ts'
import type { App } from '../core/app.ts'
import type { ActiveRun } from '../core/active-run.ts'
import { closing, engineBusy } from './text/rollout-failures.ts'

export interface RunDriver {
  readonly engine: () => EngineState
  /** The state of the run in this process; undefined for every other. */
  stateOf(runId: string): RunState | undefined
  /** Throws FailureError where this process runs another rollout, or is closing. */
  mustBeFree(runId?: string): void
  /** Runs it from now on. Nothing happens where it runs here already. */
  drive(runId: string): Promise<void>
  /**
   * Hands requests to the run, here or in the process that has the lease, and returns a verdict for each. Where `goOn`
   * is true and no process runs it, this one does from then on.
   */
  request(runId: string, requests: readonly RunRequest[], goOn: boolean): Promise<RequestsDone>
  timeOf(runId: string): SiteTime
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

interface Driven {
  readonly runId: string
  readonly drive: ActiveRun
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

export interface RunDriverOptions {
  /** Hear every event that this process commits. */
  readonly listeners: readonly RunListener[]
  /** Called when another process, or none, works on the run. */
  readonly onChange: () => void
  /** Who asks for control. */
  readonly asked: () => EngineState['asked']
}

/** A driver of one run at a time over an application. */
export function createRunDriver(app: App, { listeners, onChange, asked }: RunDriverOptions): RunDriver {
  const { store } = app
  const stop = new AbortController()
  let driven: Driven | undefined
  let opening: Promise<Driven> | undefined
  let failure: Failure | null = null

  function mustBeFree(runId?: string): void {
    if (stop.signal.aborted) throw closing()
    if (driven && driven.runId !== runId) throw engineBusy(driven.runId)
  }

  async function open(runId: string, first: (drive: ActiveRun) => void): Promise<Driven> {
    // One call at a time: two windows may press the same button.
    await opening?.catch(() => undefined)
    if (driven?.closing === true) await driven.ended
    mustBeFree(runId)
    if (driven) {
      first(driven.drive)
      return driven
    }
    opening = begin(runId, first)
    try {
      return await opening
    } finally {
      opening = undefined
    }
  }

  async function begin(runId: string, first: (drive: ActiveRun) => void): Promise<Driven> {
    const bell = createBell()
    const wake: RunListener = (_runId, event) => {
      if (byPerson.has(event.type)) bell.ring()
    }
    const drive = await app.drive(runId, { listeners: [...listeners, wake] })
    try {
      first(drive)
    } catch (thrown) {
      await drive.close()
      throw thrown
    }
    failure = null
    const mine: Driven = { runId, drive, bell, stop: new AbortController(), closing: false, ended: Promise.resolve() }
    driven = mine
    mine.ended = keep(mine)
    onChange()
    return mine
  }

  async function keep(mine: Driven): Promise<void> {
    try {
      const signal = AbortSignal.any([stop.signal, mine.stop.signal])
      while (!signal.aborted) {
        mine.bell.silence()
        const rest = await mine.drive.run(signal)
        if (rest === 'finished' || rest === 'stopped') break
        // A person may have answered after the engine came to rest.
        if (mine.bell.rung()) continue
        if (rest === 'paused') break
        await mine.bell.heard()
      }
    } catch (thrown) {
      failure = { ...app.redactor.redactDeep(toFailure(thrown)) }
    }
    mine.closing = true
    await mine.drive.close().catch((thrown: unknown) => {
      failure ??= app.redactor.redactDeep(toFailure(thrown))
    })
    driven = undefined
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
    const ask = (drive: ActiveRun) => {
      for (const one of requests)
        refusals.push(
          refusalOf(() => {
            drive.request(one)
          }),
        )
      // Nothing was done, so there is no reason to start.
      const [only] = refusals
      if (refusals.length === 1 && only) throw new FailureError(only)
    }
    if (driven?.runId === runId && !driven.closing) {
      ask(driven.drive)
      return { seq: driven.drive.state().seq, handedOver: false, refusals }
    }
    if (!goOn) return handOver(runId, requests)
    try {
      const { drive } = await open(runId, ask)
      return { seq: drive.state().seq, handedOver: false, refusals }
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
      if (driven) return { role: 'driver', run: driven.runId, holder, failure, asked: asked() }
      return {
        role: holder && holder.process !== process.pid ? 'reader' : 'free',
        run: null,
        holder,
        failure,
        asked: asked(),
      }
    },
    stateOf: (runId) => (driven?.runId === runId ? driven.drive.state() : undefined),
    mustBeFree,
    drive: async (runId) => void (await open(runId, () => undefined)),
    request,
    timeOf(runId) {
      const { planId, revision, baseDir, lastAt, status } = store.runs.summary(runId)
      const { plan } = store.plans.plan(planId, revision)
      if (status === 'finished') return { now: lastAt, speed: 0 }
      if (!plan.practice) return { now: Date.now(), speed: 1 }
      const siteFile = resolve(baseDir, plan.practice.site)
      // The practice site was deleted; its log can still be read.
      if (!existsSync(siteFile)) return { now: lastAt, speed: 0 }
      const { createdAt, speed, virtual } = siteTime(siteFile)
      return virtual
        ? { now: lastAt, speed: 0 }
        : { now: Math.floor(createdAt + (Date.now() - createdAt) * speed), speed }
    },
    async letGo() {
      const mine = driven
      if (!mine) return
      mine.stop.abort(new Error('Control was handed over.'))
      mine.bell.ring()
      await mine.ended
    },
    failedWith(why) {
      failure = app.redactor.redactDeep(why)
      onChange()
    },
    async close() {
      stop.abort(new Error('Rollout ends.'))
      driven?.bell.ring()
      await opening?.catch(() => undefined)
      await driven?.ended
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
