/** Counts the hosts of a run by status, in the order in which the counts are shown. */
import type { RunState } from '../../../domain/run/run.ts'
import type { Status } from '../../status/status.ts'
import { hostStatus } from './host-status.ts'

const order: readonly Status[] = [
  'done',
  'unchanged',
  'skipped',
  'running',
  'waiting',
  'planned',
  'failed',
  'needs-you',
  'unreachable',
  'unknown',
  'excluded',
  'cancelled',
]

/**
 * Returns each status that hosts have, with its count; together they are all hosts.
 * `always` is included even where no host has it.
 */
export function statusCounts(
  state: RunState,
  always: Status | null = null,
): readonly { readonly status: Status; readonly n: number }[] {
  const found = new Map<Status, number>(always === null ? [] : [[always, 0]])
  state.index.lanes.forEach((_, n) => {
    const status = hostStatus(state, n)
    found.set(status, (found.get(status) ?? 0) + 1)
  })
  return order.flatMap((status) => (found.has(status) ? [{ status, n: found.get(status) ?? 0 }] : []))
}
