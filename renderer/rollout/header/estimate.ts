/**
 * Estimates when a run ends, from the run's own timings alone.
 * There is an estimate only once every kind of step that is left has been timed.
 */
import type { GraphIndex } from '../../../domain/graph/graph-index.ts'
import { isSettled } from '../../../domain/run/lane.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { timingsOf, type Timings, typical } from '../session/timings.ts'

export interface Estimate {
  /** Milliseconds until the end if nothing waits for a person; null while unknown. */
  readonly left: number | null
  /** The same for each stage. */
  readonly stages: readonly (number | null)[]
  /** Title of the first step that is left and was never timed; null where all were. */
  readonly untimed: string | null
}

// Steps that happen only on request have no duration before they are requested.
const onlyOnRequest: ReadonlySet<string> = new Set(['reboot-host'])

/** Estimates how long the run still takes at `now` (milliseconds since 1970). Walks all lanes. */
export function estimateOf(state: RunState, now: number, timings: Timings = timingsOf(state)): Estimate {
  const { index } = state
  let untimed: string | null = null
  const stages = index.stages.map((stage, at): number | null => {
    const lefts = new Map<number, number>()
    for (const n of stage.lanes) {
      const left = leftOf(n, at)
      if (left === null) return null
      lefts.set(n, left)
    }
    const slots = Math.max(
      1,
      Math.min(
        index.graph.policy.concurrency,
        index.graph.policy.stageConcurrency[stage.name] ?? Number.POSITIVE_INFINITY,
      ),
    )
    return groupsOf(index, at).reduce(
      (sum, lanes) =>
        sum +
        together(
          lanes.map((n) => lefts.get(n) ?? 0),
          slots,
        ),
      0,
    )
  })
  return {
    stages,
    left: stages.includes(null) ? null : stages.reduce<number>((sum, left) => sum + (left ?? 0), 0),
    untimed,
  }

  function leftOf(n: number, stage: number): number | null {
    const lane = laneAt(state, n)
    if (lane.excluded) return 0
    let sum = 0
    for (const [i, step] of (index.lanes[n]?.steps ?? []).entries()) {
      const stepState = lane.steps[i]
      if (!stepState || isSettled(stepState) || index.lanes[n]?.stages[i] !== stage) continue
      const takes = typical(timings, step)
      if (takes === null && onlyOnRequest.has(step.work.kind)) continue
      if (takes === null) {
        untimed ??= step.title
        return null
      }
      sum +=
        stepState.status === 'running' && stepState.startedAt !== null
          ? Math.max(0, takes - (now - stepState.startedAt))
          : takes
    }
    return sum
  }
}

/** Lanes that may run at the same time: the canary alone, then all later waves together, since they overlap. */
function groupsOf(index: GraphIndex, stage: number): (readonly number[])[] {
  const waves = index.stages[stage]?.waves ?? []
  const canary = index.graph.stages[stage]?.canary === true
  const first = canary ? waves.slice(0, 1) : []
  return [...first.map((wave) => wave.lanes), waves.slice(first.length).flatMap((wave) => wave.lanes)]
}

function together(lefts: readonly number[], slots: number): number {
  return Math.max(
    lefts.reduce((longest, left) => Math.max(longest, left), 0),
    lefts.reduce((sum, left) => sum + left, 0) / slots,
  )
}
