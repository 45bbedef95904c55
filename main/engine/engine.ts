/** The engine: decide, append, perform, repeat. One engine works on one run; `tick` does one round. */
import type { Catalogue } from '../../domain/plan/catalogue.ts'
import { decide, type Command } from '../../domain/run/decide.ts'
import type { Event, NewEvent } from '../../domain/run/event.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import { hostNamed, type Plan } from '../../domain/plan/plan.ts'
import { applyEvent, fold, laneAt, startState, type RunState } from '../../domain/run/run.ts'
import { members } from '../../domain/run/lane-sets.ts'
import type { Step } from '../../domain/graph/step.ts'
import { makeAttempt } from './attempt.ts'
import type { Clock, OutputChunk, RunListener, RunStore, Transports, Vault } from './ports.ts'
import { keepSessions } from './sessions.ts'
import { attemptText } from './text.ts'

export interface EngineOptions {
  readonly runId: string
  readonly plan: Plan
  readonly catalogue: Catalogue
  readonly store: RunStore
  readonly transports: Transports
  readonly vault: Vault
  readonly clock: Clock
  /** Who runs it: user@machine, for the log. */
  readonly by: string
  readonly localPath: (file: string) => string
  readonly output: (step: string, attempt: number, chunk: OutputChunk) => void
  /** Called in this order; also for the events that recovery writes while the engine is being made. */
  readonly listeners?: readonly RunListener[]
}

/** Why the engine stopped. `person`: it waits for a gate, a decision or work by hand. */
export type Rest = 'finished' | 'person' | 'paused' | 'stopped'

export interface Engine {
  readonly state: () => RunState
  /** One round: decides, commits, starts attempts. True when something was done or begun. */
  tick(): boolean
  /**
   * Rounds until the run is finished or paused, waits for a person, or the signal aborts.
   * An abort interrupts the attempts in flight.
   */
  run(signal: AbortSignal): Promise<Rest>
  /** Commits events that a person caused (decisions, gates, pause, cancel) and wakes the engine. */
  readonly submit: (events: readonly NewEvent[]) => Event[]
  /** Resolves when no attempt is in flight. */
  idle(): Promise<void>
}

/**
 * Makes an engine from the log. Attempts that the log left open are recorded as interrupted:
 * their steps are observed again before anything is done.
 */
export function createEngine(options: EngineOptions): Engine {
  const { runId, plan, store, clock } = options
  const graph: Graph = store.graph(runId)
  const hosts = new Map(plan.hosts.map((host) => [host.name, host]))
  const sessions = keepSessions(options.transports, options.vault, plan.defaultCredential)
  const stop = new AbortController()
  const inFlight = new Set<Promise<void>>()
  let state = fold(startState(graph), store.events(runId))
  let wake = Promise.withResolvers<void>()
  let waitUntil: number | undefined
  let bug: Error | undefined

  const record = (events: readonly NewEvent[]): Event[] => {
    const committed = store.append(runId, events, clock.now())
    for (const event of committed) {
      state = applyEvent(state, event)
      for (const hear of options.listeners ?? []) hear(runId, event, state)
    }
    return committed
  }

  recover()

  function recover(): void {
    const open = [...members(state.running)].flatMap((n) => openAttempts(n))
    // An always-step runs ahead of its lane's cursor, so the set of running lanes does not contain it.
    const ahead = state.status === 'cancelling' ? state.index.lanes.flatMap((_lane, n) => openAttempts(n)) : []
    const events = [...new Map([...open, ...ahead].map((event) => [event.step, event])).values()]
    if (events.length > 0) record(events)
  }

  function openAttempts(n: number): Extract<NewEvent, { type: 'step.interrupted' }>[] {
    return laneAt(state, n).steps.flatMap((step, i) => {
      const id = state.index.lanes[n]?.steps[i]?.id
      return step.status === 'running' && id !== undefined
        ? [
            {
              type: 'step.interrupted' as const,
              step: id,
              attempt: step.attempt,
              reason: attemptText.processEnded,
            },
          ]
        : []
    })
  }

  function tick(): boolean {
    const now = clock.now()
    const commands = decide(state, now)
    const events = commands.flatMap(eventOf)
    const wait = commands.find((command) => command.kind === 'wait')
    waitUntil = wait?.until
    // Written ahead: no remote byte before the log says that it will be sent.
    if (events.length > 0) record(events)
    for (const command of commands) if (command.kind === 'attempt') begin(command)
    return events.length > 0
  }

  function begin({ step, attempt, mode }: Extract<Command, { kind: 'attempt' }>): void {
    const at = state.index.stepAt.get(step.id)
    if (!at) throw new Error(`no step ${step.id} in the graph of run ${runId}`)
    const work = makeAttempt({
      runId,
      step,
      number: attempt,
      mode,
      lane: laneAt(state, at.lane),
      stepIndex: at.index,
      host: hosts.get(step.host) ?? hostNamed(plan, step.host),
      signal: stop.signal,
      sessions,
      options: {
        plan,
        catalogue: options.catalogue,
        clock,
        vault: options.vault,
        hubCertificate: state.learned.hubCertificate,
        localPath: (file) => options.localPath(file),
      },
      record,
      output: (chunk) => {
        options.output(step.id, attempt, chunk)
      },
    })
    const settled = work
      .catch((error: unknown) => {
        bug ??= error instanceof Error ? error : new Error(String(error))
      })
      .finally(() => {
        inFlight.delete(settled)
        closeIfDone(step)
        wake.resolve()
      })
    inFlight.add(settled)
  }

  function closeIfDone(step: Step): void {
    const lane = state.index.laneOf.get(step.host)
    const next = lane === undefined ? undefined : state.index.lanes[lane]?.steps[laneAt(state, lane).cursor]
    // The next stage may be hours away, behind a gate: a session is opened again when it is needed.
    if (next?.stage !== step.stage) void sessions.drop(step.host)
  }

  async function run(signal: AbortSignal): Promise<Rest> {
    const abort = () => {
      stop.abort(signal.reason)
      wake.resolve()
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    try {
      if (state.status === 'created') record([{ type: 'run.started', by: options.by }])
      for (;;) {
        if (bug !== undefined) throw bug
        if (stop.signal.aborted) return await rest('stopped')
        if (state.status === 'finished') return await rest('finished')
        if (tick()) continue
        if (inFlight.size === 0 && waitUntil === undefined)
          return await rest(state.status === 'paused' ? 'paused' : 'person')
        await nextChange()
      }
    } catch (error) {
      // The log cannot be written, or there is a bug: do nothing more on any host, and let all attempts end first.
      stop.abort(error)
      await rest('stopped')
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  async function nextChange(): Promise<void> {
    const timer = new AbortController()
    const timed = waitUntil === undefined ? [] : [clock.sleep(Math.max(0, waitUntil - clock.now()), timer.signal)]
    await Promise.race([wake.promise, ...timed])
    timer.abort()
    wake = Promise.withResolvers<void>()
  }

  async function rest(why: Rest): Promise<Rest> {
    await idle()
    await sessions.closeAll()
    return why
  }

  async function idle(): Promise<void> {
    while (inFlight.size > 0) await Promise.all(inFlight)
  }

  return {
    state: () => state,
    tick,
    run,
    submit(events) {
      const committed = record(events)
      wake.resolve()
      return committed
    },
    idle,
  }
}

function eventOf(command: Command): NewEvent[] {
  switch (command.kind) {
    case 'attempt':
      return [{ type: 'step.attempted', step: command.step.id, attempt: command.attempt, mode: command.mode }]
    case 'skip':
      return [{ type: 'step.skipped', step: command.step.id, reason: command.reason, by: null }]
    case 'open-wave':
      return [{ type: 'wave.opened', stage: command.stage, wave: command.wave }]
    case 'raise-gate':
      return [{ type: 'gate.raised', gate: command.gate }]
    case 'finish':
      return [{ type: 'run.finished', outcome: command.outcome }]
    case 'wait':
      return []
  }
}
