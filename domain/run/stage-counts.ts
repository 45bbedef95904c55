/** How far the lanes of the open stage, or of one of its waves, have come. */
import type { GraphIndex } from '../graph/graph-index.ts'
import { laneActivity, type Lane } from './lane.ts'

/** In hosts. */
export interface StageCounts {
  readonly total: number
  readonly settled: number
  /** Not settled, and waiting for a decision or for the host to answer. */
  readonly stuck: number
  /** Excluded, or failed and waiting for a decision. */
  readonly failed: number
}

/** What one lane adds to the counts of its stage and wave. */
export type LaneCounts = Omit<StageCounts, 'total'>

/** The counts of a lane; `settled`: its cursor is beyond the open stage. */
export function countsOfLane(lane: Lane, beyondStage: boolean): LaneCounts {
  const deciding = laneActivity(lane) === 'deciding'
  const settled = lane.excluded !== null || beyondStage
  const byHand = lane.steps[lane.cursor]?.failure?.kind === 'by-hand'
  return {
    settled: Number(settled),
    stuck: Number(!settled && (deciding || lane.unreachable !== null)),
    failed: Number(lane.excluded !== null || (!settled && deciding && !byHand)),
  }
}

/** The counts after one of the lanes changed. */
export function recounted(counts: StageCounts, before: LaneCounts, after: LaneCounts): StageCounts {
  return {
    total: counts.total,
    settled: counts.settled + after.settled - before.settled,
    stuck: counts.stuck + after.stuck - before.stuck,
    failed: counts.failed + after.failed - before.failed,
  }
}

/** The counts of a stage (by its number) and of its waves before any of its lanes began. */
export function freshCounts(
  index: GraphIndex,
  stage: number,
): { readonly stageCounts: StageCounts; readonly waveCounts: readonly StageCounts[] } {
  const of = (lanes: readonly number[]): StageCounts => ({ total: lanes.length, settled: 0, stuck: 0, failed: 0 })
  const found = index.stages[stage]
  return { stageCounts: of(found?.lanes ?? []), waveCounts: (found?.waves ?? []).map((wave) => of(wave.lanes)) }
}
