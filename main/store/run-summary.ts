/** RunSummary: what a list shows of a run, stored in the same transaction as the log. */
import type { Event } from '../../domain/run/event.ts'
import type { RunOutcome, RunStatus } from '../../domain/run/run.ts'

/** Times are milliseconds since 1970, UTC. */
export interface RunSummary {
  readonly runId: string
  readonly planId: string
  readonly revision: number
  readonly planHash: string
  readonly graphHash: string
  /** The folder of the plan file; media are relative to it. */
  readonly baseDir: string
  readonly createdBy: string
  readonly createdAt: number
  readonly status: RunStatus
  readonly outcome: RunOutcome | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly lastSeq: number
  readonly lastAt: number
}

/**
 * The summary after one more event. Status, outcome and times equal the fold of domain/run/run.ts (a test compares
 * them), without the graph: a list must not need it.
 */
export function summarise(before: RunSummary, event: Event): RunSummary {
  const run = { ...before, lastSeq: event.seq, lastAt: event.at }
  switch (event.type) {
    case 'run.started':
      return run.status === 'created' ? { ...run, status: 'running', startedAt: event.at } : run
    case 'run.paused':
      return run.status === 'running' ? { ...run, status: 'paused' } : run
    case 'run.resumed':
      return run.status === 'paused' ? { ...run, status: 'running' } : run
    case 'run.cancel-requested':
      return cancelling(run)
    case 'decision.made':
      return event.choice === 'abort' ? cancelling(run) : run
    case 'run.finished':
      return { ...run, status: 'finished', outcome: event.outcome, endedAt: event.at }
    default:
      return run
  }
}

function cancelling(run: RunSummary): RunSummary {
  return run.status === 'finished' ? run : { ...run, status: 'cancelling' }
}
