/** Owns the estimate of when a run ends: from its own timings alone, and only once every kind of step that is left has been timed. */
import type { GraphIndex } from '../../../domain/graph/graph-index.ts'
import { isSettled } from '../../../domain/run/lane.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { timingsOf, type Timings, typical } from '../session/timings.ts'

export interface Estimate {
  /** Milliseconds until the end if nothing waits for a person; null while it cannot be known. */
  readonly left: number | null
  /** The same for each stage. */
  readonly stages: readonly (number | null)[]
  /** The first kind of step that is left and was never timed; null where all were. */
  readonly untimed: string | null
}

// What only happens when something asks for it has no duration before it was asked for.
const onlyIfAsked: ReadonlySet<string> = new Set(['reboot-host'])

/** How long the run may still take at `now` (milliseconds since 1970). Walks all lanes. */
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
    const places = Math.max(
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
          places,
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
      const stands = lane.steps[i]
      if (!stands || isSettled(stands) || index.lanes[n]?.stages[i] !== stage) continue
      const takes = typical(timings, step)
      if (takes === null && onlyIfAsked.has(step.work.kind)) continue
      if (takes === null) {
        untimed ??= step.title
        return null
      }
      sum +=
        stands.status === 'running' && stands.startedAt !== null ? Math.max(0, takes - (now - stands.startedAt)) : takes
    }
    return sum
  }
}

/** Hosts that may be worked on side by side: the canary by itself, then all later waves, which flow into each other. */
function groupsOf(index: GraphIndex, stage: number): (readonly number[])[] {
  const waves = index.stages[stage]?.waves ?? []
  const canary = index.graph.stages[stage]?.canary === true
  const first = canary ? waves.slice(0, 1) : []
  return [...first.map((wave) => wave.lanes), waves.slice(first.length).flatMap((wave) => wave.lanes)]
}

function together(lefts: readonly number[], places: number): number {
  return Math.max(
    lefts.reduce((longest, left) => Math.max(longest, left), 0),
    lefts.reduce((sum, left) => sum + left, 0) / places,
  )
}
