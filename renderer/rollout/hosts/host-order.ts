/** Sorts and filters the hosts of a run for the table and the timeline. */
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { Status } from '../../status/status.ts'
import { hostStatus, laneProgress } from './host-status.ts'

export type HostColumn = 'host' | 'status' | 'progress' | 'attempts'
export interface HostSort {
  readonly by: HostColumn
  readonly descending: boolean
}

// Hosts that need a person come first, then those that run or wait, then those that are done.
const urgency: readonly Status[] = [
  'failed',
  'needs-you',
  'unreachable',
  'unknown',
  'running',
  'waiting',
  'planned',
  'skipped',
  'done',
  'unchanged',
  'excluded',
  'cancelled',
]

/**
 * Returns the numbers of the lanes whose name contains `text` and whose status is `filter` (null: any).
 * They are sorted as asked, and by name where equal.
 */
export function hostsInOrder(
  state: RunState,
  { by, descending }: HostSort,
  filter: Status | null = null,
  text = '',
): number[] {
  const wanted = text.trim().toLowerCase()
  const rows = state.index.lanes
    .map(({ host }, n) => ({ n, host }))
    .filter(
      ({ n, host }) => (filter === null || hostStatus(state, n) === filter) && host.toLowerCase().includes(wanted),
    )
    .map((row) => ({ ...row, key: keyOf(state, row.n, by) }))
  const direction = descending ? -1 : 1
  return rows
    .sort(
      (a, b) => direction * (a.key - b.key || (by === 'host' ? compare(a.host, b.host) : 0)) || compare(a.host, b.host),
    )
    .map(({ n }) => n)
}

function keyOf(state: RunState, n: number, by: HostColumn): number {
  const lane = laneAt(state, n)
  switch (by) {
    case 'host':
      return 0
    case 'status':
      return urgency.indexOf(hostStatus(state, n))
    case 'progress': {
      const { settled, total } = laneProgress(lane)
      return total === 0 ? 0 : settled / total
    }
    case 'attempts':
      return lane.steps[lane.cursor]?.attempt ?? 0
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
