/** Owns the look for runs that still need a practice site: its hosts are all that they have. */
import { commandName } from '../../../domain/base/command-name.ts'
import { existsSync } from 'node:fs'
import { failed, type FailureError, toFailure } from '../../../domain/base/failure.ts'
import { pasteable } from '../../../domain/base/shell-quote.ts'
import { openStore } from '../../store/store.ts'
import { runsOf, type WorldRun } from '../../transports/simulated/world/world-runs.ts'

/** Why the practice site must stay as it is: a run on it that is not over, or of which that cannot be seen. Undefined where it may be replaced. */
export function neededByRun(dir: string, siteFile: string): FailureError | undefined {
  for (const run of runsOf(siteFile)) {
    // A database that somebody took away took its runs with it.
    if (!existsSync(run.database)) continue
    const stands = standing(run)
    if (stands === undefined) continue
    const { runId, database } = run
    const words = `${runId} --db ${pasteable(database, process.platform)}`
    return failed(
      'request',
      'practice-site-has-run',
      `The practice site in ${dir} belongs to run ${runId} of ${database}, ${stands}; nothing there was touched.`,
      `Name another folder; or finish that run with ${commandName} resume ${words}, or cancel it with ${commandName} cancel ${words} --reason "..." and then resume it to its end.`,
    )
  }
  return undefined
}

function standing({ runId, database }: WorldRun): string | undefined {
  try {
    const store = openStore(database, { readonly: true })
    try {
      const run = store.runs.list().find((one) => one.runId === runId)
      return run === undefined || run.status === 'finished' ? undefined : 'which is not over'
    } finally {
      store.close()
    }
  } catch (thrown) {
    // Not known to be over: a site that is gone cannot be given back.
    return `and whether that is over cannot be seen (${toFailure(thrown).message})`
  }
}
