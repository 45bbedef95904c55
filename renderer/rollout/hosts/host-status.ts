/** The status of each host of a run, and a sentence where the status alone does not say enough. */
import { isSkippedByPerson, isSettled, laneActivity, type Lane, type StepState } from '../../../domain/run/lane.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import type { Status } from '../../status/status.ts'
import { formatTime } from '../../shared/format.ts'
import { hostText } from './text.ts'

// Cached by lane: a lane object is replaced at every change, and a thousand tiles ask at every paint.
const knownStatus = new WeakMap<
  Lane,
  { readonly run: RunState['status']; readonly stage: number; readonly wave: number; readonly status: Status }
>()
const knownProgress = new WeakMap<Lane, { readonly settled: number; readonly total: number }>()

/** Returns the status of the lane with that number. */
export function hostStatus(state: RunState, n: number): Status {
  const lane = laneAt(state, n)
  const known = knownStatus.get(lane)
  if (known?.run === state.status && known.stage === state.stage && known.wave === state.wave) return known.status
  const status = laneStatus(state, n, lane)
  knownStatus.set(lane, { run: state.status, stage: state.stage, wave: state.wave, status })
  return status
}

function laneStatus(state: RunState, n: number, lane: Lane): Status {
  const next = lane.steps[lane.cursor]
  switch (laneActivity(lane)) {
    case 'running':
      return 'running'
    case 'excluded':
      return 'excluded'
    case 'done':
      return builtStatus(lane)
    case 'deciding':
      return state.status === 'finished' ? 'cancelled' : next?.failure?.kind === 'by-hand' ? 'needs-you' : 'failed'
    case 'waiting':
      return state.status === 'finished' ? 'cancelled' : lane.unreachable ? 'unreachable' : 'waiting'
    case 'free':
      return freeStatus(state, n, lane)
  }
}

function freeStatus(state: RunState, n: number, lane: Lane): Status {
  if (state.status === 'finished') return 'cancelled'
  if (lane.steps[lane.cursor]?.status === 'interrupted') return 'unknown'
  const stage = state.index.lanes[n]?.stages[lane.cursor] ?? 0
  if (lane.cursor === 0) return stage === state.stage && waveIsOpen(state, n) ? 'waiting' : 'planned'
  // A host whose own steps are done counts as done, though the site still has to be accepted.
  if (stage > state.stage && state.index.stages[stage]?.name === 'acceptance') return builtStatus(lane)
  return 'waiting'
}

function waveIsOpen(state: RunState, n: number): boolean {
  const wave = state.index.waveOf[state.stage]?.get(n) ?? 0
  return wave > 0 && wave <= state.wave
}

/** One skipped step makes the host skipped, and the run is accepted with exceptions: done means every step was. */
function builtStatus(lane: Lane): Status {
  if (lane.steps.some(isSkippedByPerson)) return 'skipped'
  return lane.steps.some((step) => step.changed) ? 'done' : 'unchanged'
}

/** True for a host on which only acceptance is left, whether every step was done or a person skipped some. */
export function isThrough(status: Status): boolean {
  return status === 'done' || status === 'unchanged' || status === 'skipped'
}

const troubles: ReadonlySet<Status> = new Set<Status>(['failed', 'needs-you', 'unreachable', 'unknown'])

/** Returns the numbers of the lanes that wait for a person, do not answer, or are in an unknown state. */
export function troubled(state: RunState): number[] {
  return state.index.lanes.flatMap((_, n) => (troubles.has(hostStatus(state, n)) ? [n] : []))
}

/**
 * Returns a sentence on why the host waits or what it needs; empty where the status says enough.
 * `now` is in milliseconds since 1970.
 */
export function hostSentence(state: RunState, n: number, now: number): string {
  const lane = laneAt(state, n)
  const next = lane.steps[lane.cursor]
  if (lane.excluded) return hostText.excluded(lane.excluded.by, lane.excluded.why)
  if (lane.unreachable && state.status !== 'finished') {
    const seconds = Math.max(0, Math.ceil((lane.unreachable.nextTryAt - now) / 1000))
    return hostText.noAnswer(formatTime(lane.unreachable.since), seconds)
  }
  switch (hostStatus(state, n)) {
    case 'skipped':
      return skippedSentence(state, n, lane)
    case 'unknown':
      return hostText.interrupted
    case 'waiting': {
      if (next?.status === 'waiting') return hostText.nextTry(formatTime(next.notBefore))
      const stage = state.index.lanes[n]?.stages[lane.cursor] ?? 0
      const name = state.index.stages[stage]?.name
      return stage > state.stage && name ? hostText.waitsForStage(stageTitles[name]) : hostText.waitsForSlot
    }
    default:
      return ''
  }
}

function skippedSentence(state: RunState, n: number, lane: Lane): string {
  return lane.steps
    .flatMap((step, i) =>
      isSkippedByPerson(step)
        ? [hostText.skipped(state.index.lanes[n]?.steps[i]?.title ?? '', step.skippedBy ?? '', step.reason ?? '')]
        : [],
    )
    .join(' ')
}

/** Returns the status of a step within its lane. */
export function stepStatus(step: StepState, lane: Lane, runIsOver: boolean): Status {
  switch (step.status) {
    case 'running':
      return 'running'
    case 'succeeded':
      return step.changed ? 'done' : 'unchanged'
    case 'skipped':
      return 'skipped'
    case 'failed':
      return step.failure?.kind === 'by-hand' ? 'needs-you' : 'failed'
    case 'interrupted':
      return runIsOver ? 'cancelled' : lane.unreachable ? 'unreachable' : 'unknown'
    case 'waiting':
      return 'waiting'
    case 'planned':
      return lane.excluded || runIsOver ? 'cancelled' : 'planned'
  }
}

/** Returns how many steps of a lane are settled, and how many there are. */
export function laneProgress(lane: Lane): { readonly settled: number; readonly total: number } {
  const known = knownProgress.get(lane)
  if (known) return known
  let settled = 0
  for (const step of lane.steps) if (isSettled(step)) settled++
  const progress = { settled, total: lane.steps.length }
  knownProgress.set(lane, progress)
  return progress
}
