/** The status of a run in lists. A run that waits for a person always shows that first. */
import type { Overview, RunEntry } from './overview-store.ts'
import type { Status } from '../status/status.ts'
import { runText } from './text.ts'

/** The status of a run in lists. `home` says what waits for a person. */
export function runStatus(
  run: Pick<RunEntry, 'runId' | 'status' | 'outcome' | 'progress'>,
  home: Overview | null,
): Status {
  const waits = home?.attention.find((entry) => entry.runId === run.runId)
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

/** The status of a run in a word or two. */
export function runWord(
  run: Pick<RunEntry, 'runId' | 'status' | 'outcome' | 'progress'>,
  home: Overview | null,
): string {
  if (runStatus(run, home) === 'needs-you') return runText.needsYou
  if (run.status === 'finished')
    return run.outcome === 'accepted'
      ? runText.accepted
      : run.outcome === 'accepted-with-exceptions'
        ? runText.acceptedWithExceptions
        : runText.cancelled
  const interrupted = home?.attention.some((entry) => entry.runId === run.runId && entry.kind === 'not-driven')
  return interrupted === true ? runText.interrupted : runText[run.status]
}
