/** Owns RunSummary: the few words about a run that a list shows, kept beside the log in the same transaction. */
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

/** Moves a summary on by one event. Status, outcome and times are those of the fold in domain/run/run.ts, which a test holds it to: a list must not need the graph. */
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
