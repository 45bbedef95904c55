/** All runs of this database. */
import { FailureView } from '../shared/components/failure-view.tsx'
import { Waiting } from '../shared/components/waiting.tsx'
import { useOverview } from '../shared/overview-store.ts'
import { RunsTable } from './runs-table.tsx'
import { useQuery } from '../shared/use-query.ts'
import pageStyles from '../shared/styles/reading.module.css'
import { runsText } from './text.ts'

export function RunsView() {
  const home = useOverview((store) => store.home)
  // Read again whenever a run has changed.
  const { value, failure, again } = useQuery(
    'runs.list',
    {},
    JSON.stringify(home?.runs.map((run) => [run.runId, run.status, run.outcome])),
  )
  return (
    <main id="main" className={pageStyles.page} tabIndex={-1} data-region="main">
      <div className={pageStyles.reading}>
        <h1 className={pageStyles.title}>{runsText.title}</h1>
        {failure ? (
          <FailureView title={runsText.unreadable} failure={failure} onAgain={again} />
        ) : !home || !value ? (
          <Waiting>{runsText.reading}</Waiting>
        ) : value.runs.length === 0 ? (
          <p className={pageStyles.lead}>{runsText.none}</p>
        ) : (
          <RunsTable runs={value.runs} home={home} />
        )}
      </div>
    </main>
  )
}
