/** Owns what a run is shown as in lists: its status, with what needs a person before everything else. */
import type { Overview, RunEntry } from './overview-store.ts'
import type { Status } from '../status/status.ts'

/** The status of a run in lists. */
export function runStatus(
  run: Pick<RunEntry, 'runId' | 'status' | 'outcome' | 'progress'>,
  home: Overview | null,
): Status {
  const waits = home?.attention.find((one) => one.runId === run.runId)
  switch (run.status) {
    case 'finished':
      return run.outcome === 'accepted' ? 'done' : run.outcome === 'accepted-with-exceptions' ? 'warn' : 'cancelled'
    case 'created':
    case 'running':
    case 'paused':
    case 'cancelling':
      if (waits?.kind === 'decision' || waits?.kind === 'gate' || waits?.kind === 'by-hand') return 'needs-you'
      return run.status === 'paused' || waits?.kind === 'paused' || waits?.kind === 'not-driven'
        ? 'waiting'
        : run.status === 'created'
          ? 'planned'
          : 'running'
  }
}

/** What became of a run, in a word or two; that it needs a person comes before everything else, as in its status. */
export function runWord(
  run: Pick<RunEntry, 'runId' | 'status' | 'outcome' | 'progress'>,
  home: Overview | null,
): string {
  if (runStatus(run, home) === 'needs-you') return 'Needs you'
  if (run.status === 'finished')
    return run.outcome === 'accepted'
      ? 'Accepted'
      : run.outcome === 'accepted-with-exceptions'
        ? 'Accepted with exceptions'
        : 'Cancelled'
  return { created: 'Not begun', running: 'Running', paused: 'Paused', cancelling: 'Being cancelled' }[run.status]
}
