/** Finds runs that still need a practice site: its hosts exist nowhere else. */
import { existsSync } from 'node:fs'
import { toFailure, type FailureError } from '../../../domain/base/failure.ts'
import { pasteable } from '../../../domain/base/shell-quote.ts'
import { openStore } from '../../store/store.ts'
import { runsOf, type WorldRun } from '../../transports/simulated/world/world-runs.ts'
import { practiceSiteHasRun } from './failures.ts'

/**
 * Why the practice site must not be replaced: a run on it has not finished, or its state cannot be read. Undefined
 * where it may be replaced.
 */
export function neededByRun(dir: string, siteFile: string): FailureError | undefined {
  for (const run of runsOf(siteFile)) {
    // Without its database a run cannot go on.
    if (!existsSync(run.database)) continue
    const state = stateOf(run)
    if (state.finished) continue
    const words = `${run.runId} --db ${pasteable(run.database, process.platform)}`
    return practiceSiteHasRun(dir, run, state.unread, words)
  }
  return undefined
}

function stateOf({ runId, database }: WorldRun): { readonly finished: boolean; readonly unread?: string } {
  try {
    const store = openStore(database, { readonly: true })
    try {
      const run = store.runs.list().find((stored) => stored.runId === runId)
      return { finished: run === undefined || run.status === 'finished' }
    } finally {
      store.close()
    }
  } catch (thrown) {
    // It may not have finished, and a site that is gone cannot be brought back.
    return { finished: false, unread: toFailure(thrown).message }
  }
}
