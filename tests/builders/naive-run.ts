/** The sets and counts of a run, counted anew from the lanes. Slow; shares no code with the fold. */
import { itemAt } from '../../domain/run/lane-sets.ts'
import type { Lane, StepState } from '../../domain/run/lane.ts'
import type { RunState } from '../../domain/run/run.ts'
import type { StageCounts } from '../../domain/run/stage-counts.ts'

export interface NaiveSets {
  readonly cursors: readonly number[]
  readonly ready: readonly number[]
  readonly waiting: readonly number[]
  /** The moment at which the first lane that waits may go on; null where none waits. */
  readonly due: number | null
  readonly deciding: readonly number[]
  readonly running: readonly number[]
  readonly inFlight: number
  readonly stageCounts: StageCounts
  readonly waveCounts: readonly StageCounts[]
}

/** The sets and counts as their documentation defines them, from nothing but the lanes, the open stage and the open wave. */
export function recomputed(state: RunState): NaiveSets {
  const { graph } = state.index
  const lanes = state.index.lanes.map((indexed, n) =>
    seen(
      itemAt(state.lanes, n),
      indexed.steps.map((step) => graph.stages.findIndex((s) => s.name === step.stage)),
    ),
  )
  const stage = graph.stages[state.stage]
  const openHosts = new Set(stage?.waves.filter((wave) => wave.number <= state.wave).flatMap((wave) => wave.hosts))
  const numbersWhere = (fits: (lane: Seen) => boolean) => lanes.flatMap((lane, n) => (fits(lane) ? [n] : []))
  const open = (lane: Seen) => lane.nextStage === state.stage && openHosts.has(lane.host) && !lane.excluded
  const counts = (hosts: readonly string[]): StageCounts => {
    const here = lanes.filter((lane) => hosts.includes(lane.host))
    const isSettled = (lane: Seen) => lane.excluded || lane.nextStage > state.stage
    return {
      total: hosts.length,
      settled: here.filter(isSettled).length,
      stuck: here.filter((lane) => !isSettled(lane) && (lane.nextStatus === 'failed' || lane.unreachable)).length,
      failed: here.filter((lane) => lane.excluded || (!isSettled(lane) && lane.nextStatus === 'failed' && !lane.byHand))
        .length,
    }
  }
  const running = numbersWhere((lane) => lane.nextStatus === 'running')
  const waiting = numbersWhere(
    (lane) =>
      open(lane) &&
      (lane.nextStatus === 'waiting' ||
        (lane.unreachable && (lane.nextStatus === 'planned' || lane.nextStatus === 'interrupted'))),
  )
  return {
    cursors: lanes.map((lane) => lane.cursor),
    ready: numbersWhere(
      (lane) => open(lane) && !lane.unreachable && (lane.nextStatus === 'planned' || lane.nextStatus === 'interrupted'),
    ),
    waiting,
    due: waiting.length === 0 ? null : Math.min(...waiting.map((n) => lanes[n]?.until ?? 0)),
    deciding: numbersWhere((lane) => !lane.excluded && lane.nextStatus === 'failed'),
    running,
    inFlight: running.length,
    stageCounts: counts(stage?.waves.flatMap((wave) => wave.hosts) ?? []),
    waveCounts: (stage?.waves ?? []).map((wave) => counts(wave.hosts)),
  }
}

/** What the fold keeps, in the same shape. */
export function kept(state: RunState): NaiveSets {
  const list = (bits: Uint32Array) =>
    state.index.lanes.flatMap((_lane, n) => (((bits[Math.floor(n / 32)] ?? 0) / 2 ** (n % 32)) % 2 >= 1 ? [n] : []))
  return {
    cursors: state.index.lanes.map((_lane, n) => itemAt(state.lanes, n).cursor),
    ready: list(state.ready),
    waiting: list(state.waiting),
    due: earliest(state.wakeTimes),
    deciding: list(state.deciding),
    running: list(state.running),
    inFlight: state.inFlight,
    stageCounts: state.stageCounts,
    waveCounts: state.waveCounts,
  }
}

function earliest(wakeTimes: Float64Array): number | null {
  const least = Math.min(...wakeTimes)
  return Number.isFinite(least) ? least : null
}

interface Seen {
  readonly host: string
  readonly until: number
  readonly cursor: number
  readonly nextStage: number
  readonly nextStatus: StepState['status'] | 'none'
  readonly byHand: boolean
  readonly excluded: boolean
  readonly unreachable: boolean
}

function seen(lane: Lane, stages: readonly number[]): Seen {
  const first = lane.steps.findIndex((step) => step.status !== 'succeeded' && step.status !== 'skipped')
  const cursor = first < 0 ? lane.steps.length : first
  const next = lane.steps[cursor]
  return {
    host: lane.host,
    until: Math.max(lane.unreachable?.nextTryAt ?? 0, next?.notBefore ?? 0),
    cursor,
    nextStage: stages[cursor] ?? Number.POSITIVE_INFINITY,
    nextStatus: next?.status ?? 'none',
    byHand: next?.failure?.kind === 'by-hand',
    excluded: lane.excluded !== null,
    unreachable: lane.unreachable !== null,
  }
}
