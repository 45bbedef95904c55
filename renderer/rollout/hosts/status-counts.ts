/** Owns how many hosts of a run stand where, in the order in which the counts are shown. */
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

/** The statuses that hosts have, each with how many; together they are all hosts. `kept` is there even where no host has it any more. */
export function statusCounts(
  state: RunState,
  kept: Status | null = null,
): readonly { readonly status: Status; readonly n: number }[] {
  const found = new Map<Status, number>(kept === null ? [] : [[kept, 0]])
  state.index.lanes.forEach((_, n) => {
    const status = hostStatus(state, n)
    found.set(status, (found.get(status) ?? 0) + 1)
  })
  return order.flatMap((status) => (found.has(status) ? [{ status, n: found.get(status) ?? 0 }] : []))
}
