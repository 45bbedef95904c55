/**
 * RunState and its one fold: what the log says has happened. Engine, store and renderer all use this and nothing else.
 */
import type { Confirmation } from './confirmation.ts'
import { chunked, emptyBits, hasBit, itemAt, noWakeTimes, withBit, withItem, withWakeTime } from './lane-sets.ts'
import type { Bits, Chunked, WakeTimes } from './lane-sets.ts'
import { countsOfLane, freshCounts, recounted, type LaneCounts, type StageCounts } from './stage-counts.ts'
import type { Event } from './event.ts'
import type { Graph } from '../graph/graph.ts'
import { indexGraph, type GraphIndex } from '../graph/graph-index.ts'
import { freshLane, laneActivity, type Lane, type StepState } from './lane.ts'
import { applyToLane } from './lane-events.ts'

export type RunStatus = 'created' | 'running' | 'paused' | 'cancelling' | 'finished'
export type RunOutcome = Extract<Event, { type: 'run.finished' }>['outcome']

export interface GateState {
  readonly raisedAt: number
  readonly opened: {
    readonly at: number
    readonly by: string
    readonly why: string
    readonly confirmed: readonly Confirmation[]
  } | null
}

export interface RunState {
  readonly index: GraphIndex
  readonly status: RunStatus
  readonly outcome: RunOutcome | null
  readonly seq: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly pause: { readonly at: number; readonly by: string; readonly why: string } | null
  readonly cancel: { readonly by: string; readonly why: string } | null
  /** When the planned change window closes (milliseconds since 1970); null where none is set. It stops nothing. */
  readonly window: { readonly closesAt: number; readonly by: string } | null
  /** Number of the open stage in index.stages, and the last wave opened in it (0: none yet). */
  readonly stage: number
  readonly wave: number
  readonly gates: Readonly<Record<string, GateState>>
  readonly lanes: Chunked<Lane>
  /** Lanes whose next step may begin now, wait for a moment, wait for a person, or are being worked on. */
  readonly ready: Bits
  readonly waiting: Bits
  readonly deciding: Bits
  readonly running: Bits
  readonly inFlight: number
  /** When the lanes that wait may go on. */
  readonly wakeTimes: WakeTimes
  readonly stageCounts: StageCounts
  readonly waveCounts: readonly StageCounts[]
  readonly learned: { readonly hubCertificate?: { readonly sha256: string; readonly der: string } | undefined }
}

/** The state of a run of which nothing has happened yet. */
export function startState(graph: Graph): RunState {
  const index = indexGraph(graph)
  const bits = emptyBits(index.lanes.length)
  const state: RunState = {
    index,
    status: 'created',
    outcome: null,
    seq: 0,
    startedAt: null,
    endedAt: null,
    pause: null,
    cancel: null,
    window: null,
    stage: 0,
    wave: 0,
    gates: {},
    lanes: chunked(index.lanes.map((lane) => freshLane(lane.host, lane.steps.length))),
    ready: bits,
    waiting: bits,
    deciding: bits,
    running: bits,
    inFlight: 0,
    wakeTimes: noWakeTimes(index.lanes.length),
    ...freshCounts(index, 0),
    learned: {},
  }
  return state
}

/**
 * Folds one event. Total: an event that does not fit (an unknown step, a stage that is gone) changes nothing but `seq`.
 * Replaying the same log gives the same state.
 */
export function applyEvent(before: RunState, event: Event): RunState {
  const state = { ...before, seq: event.seq }
  switch (event.type) {
    case 'run.created':
      return state
    case 'run.started':
      return state.status === 'created' ? { ...state, status: 'running', startedAt: event.at } : state
    case 'run.paused':
      return state.status === 'running'
        ? { ...state, status: 'paused', pause: { at: event.at, by: event.by, why: event.why } }
        : state
    case 'run.resumed':
      return state.status === 'paused' ? { ...state, status: 'running', pause: null } : state
    case 'run.cancel-requested':
      return cancelled(state, event.by, event.why)
    case 'run.window-set':
      return state.status === 'finished'
        ? state
        : { ...state, window: event.closesAt === null ? null : { closesAt: event.closesAt, by: event.by } }
    case 'run.finished':
      return { ...state, status: 'finished', outcome: event.outcome, endedAt: event.at }
    case 'wave.opened':
      return openWave(state, event.stage, event.wave)
    case 'gate.raised':
      // Raised once: a second time must not close what a person has opened.
      return !hasGate(state, event.gate) || state.gates[event.gate]
        ? state
        : { ...state, gates: { ...state.gates, [event.gate]: { raisedAt: event.at, opened: null } } }
    case 'gate.opened':
      if (!hasGate(state, event.gate) || state.gates[event.gate]?.opened) return state
      return {
        ...state,
        gates: {
          ...state.gates,
          [event.gate]: {
            raisedAt: state.gates[event.gate]?.raisedAt ?? event.at,
            opened: { at: event.at, by: event.by, why: event.why, confirmed: event.confirmed ?? [] },
          },
        },
      }
    case 'host.unreachable':
    case 'host.reached':
    case 'reach.chosen':
    case 'facts.collected':
    case 'findings.recorded':
      return onLane(state, state.index.laneOf.get(event.host), event, 0)
    case 'decision.made':
      if (event.choice === 'abort') return cancelled(state, event.by, event.why)
      return onStep(state, event)
    case 'step.succeeded': {
      const next = onStep(state, event)
      return event.learned?.hubCertificate
        ? { ...next, learned: { hubCertificate: event.learned.hubCertificate } }
        : next
    }
    case 'step.attempted':
    case 'step.observed':
    case 'step.applying':
    case 'step.failed':
    case 'step.interrupted':
    case 'step.skipped':
      return onStep(state, event)
  }
}

/** True once a run is being cancelled or over: nobody is asked any more, and nothing is held back for later. */
export function isCancellingOrFinished({ status }: RunState): boolean {
  return status === 'cancelling' || status === 'finished'
}

/** Folds many events. */
export function fold(state: RunState, events: Iterable<Event>): RunState {
  let next = state
  for (const event of events) next = applyEvent(next, event)
  return next
}

/** The lane of that number. */
export function laneAt(state: RunState, lane: number): Lane {
  return itemAt(state.lanes, lane)
}

/** The state of the step with that id; throws where the graph has no such step. */
export function stepStateOf(state: RunState, id: string): StepState {
  const at = state.index.stepAt.get(id)
  const found = at && laneAt(state, at.lane).steps[at.index]
  if (!found) throw new Error(`no step ${id} in the graph of the run`)
  return found
}

function cancelled(state: RunState, by: string, why: string): RunState {
  return state.status === 'finished' || state.status === 'cancelling'
    ? state
    : { ...state, status: 'cancelling', cancel: { by, why }, pause: null }
}

function hasGate(state: RunState, id: string): boolean {
  return state.index.graph.stages.some((stage) => stage.gate?.id === id)
}

function onStep(state: RunState, event: Extract<Event, { step: string }>): RunState {
  const at = state.index.stepAt.get(event.step)
  return at ? onLane(state, at.lane, event, at.index) : state
}

function onLane(state: RunState, laneNumber: number | undefined, event: Event, stepIndex: number): RunState {
  const indexed = laneNumber === undefined ? undefined : state.index.lanes[laneNumber]
  if (laneNumber === undefined || !indexed) return state
  const before = itemAt(state.lanes, laneNumber)
  const after = applyToLane(before, indexed, event, stepIndex)
  return after === before ? state : replaceLane(state, laneNumber, before, after)
}

/** Puts a changed lane in place and keeps the sets and counts true; costs the same however many lanes there are. */
function replaceLane(state: RunState, n: number, before: Lane, after: Lane): RunState {
  const activity = laneActivity(after)
  const was = laneCounts(state, n, before)
  const is = laneCounts(state, n, after)
  const waveAt = waveNumberOf(state, n) - 1
  const wave = state.waveCounts[waveAt]
  const open = isOpen(state, n, after)
  const runsNow = activity === 'running'
  const lanes = withItem(state.lanes, n, after)
  const waiting = withBit(state.waiting, n, open && activity === 'waiting')
  return {
    ...state,
    lanes,
    ready: withBit(state.ready, n, open && activity === 'free'),
    waiting,
    wakeTimes:
      hasBit(state.waiting, n) || hasBit(waiting, n)
        ? withWakeTime(state.wakeTimes, lanes, waiting, n)
        : state.wakeTimes,
    deciding: withBit(state.deciding, n, activity === 'deciding'),
    running: withBit(state.running, n, runsNow),
    inFlight: state.inFlight + Number(runsNow) - Number(laneActivity(before) === 'running'),
    stageCounts: waveAt < 0 ? state.stageCounts : recounted(state.stageCounts, was, is),
    waveCounts: wave ? state.waveCounts.with(waveAt, recounted(wave, was, is)) : state.waveCounts,
  }
}

function openWave(state: RunState, stageName: string, wave: number): RunState {
  const stage = state.index.stages.findIndex((s) => s.name === stageName)
  if (!mayOpen(state, stage, wave)) return state
  if (stage !== state.stage) return recount({ ...state, stage, wave })
  let next: RunState = { ...state, wave }
  for (const n of state.index.stages[stage]?.waves.find((w) => w.number === wave)?.lanes ?? []) {
    const lane = itemAt(next.lanes, n)
    next = replaceLane(next, n, lane, lane)
  }
  return next
}

/**
 * Waves open one after the other, and the next stage once the open one is settled: sets and counts know of one stage
 * only.
 */
function mayOpen(state: RunState, stage: number, wave: number): boolean {
  if (stage === state.stage) return wave === state.wave + 1 && wave <= (state.index.stages[stage]?.waves.length ?? 0)
  return (
    stage === state.stage + 1 && wave === 1 && state.wave > 0 && state.stageCounts.settled === state.stageCounts.total
  )
}

/** Counts the open stage afresh; done once, when a stage opens. */
function recount(state: RunState): RunState {
  let next: RunState = { ...state, ...freshCounts(state.index, state.stage) }
  for (const n of state.index.stages[state.stage]?.lanes ?? []) {
    const lane = itemAt(next.lanes, n)
    // Against a lane that has not begun: brings excluded or already settled lanes into the counts of the new stage.
    next = replaceLane(next, n, freshLane(lane.host, 1), lane)
    next = { ...next, inFlight: state.inFlight }
  }
  return next
}

function laneCounts(state: RunState, n: number, lane: Lane): LaneCounts {
  return countsOfLane(lane, stageOfCursor(state, n, lane) > state.stage)
}

function stageOfCursor(state: RunState, n: number, lane: Lane): number {
  return state.index.lanes[n]?.stages[lane.cursor] ?? Number.POSITIVE_INFINITY
}

/** True when the lane's next step belongs to the open stage and to a wave that is open. */
function isOpen(state: RunState, n: number, lane: Lane): boolean {
  return !lane.excluded && stageOfCursor(state, n, lane) === state.stage && waveNumberOf(state, n) <= state.wave
}

/** The wave of a lane in the open stage, 0 when it has no part in it. */
function waveNumberOf(state: RunState, n: number): number {
  return state.index.waveOf[state.stage]?.get(n) ?? 0
}
