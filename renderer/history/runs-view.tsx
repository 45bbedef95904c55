/** Owns the page of all runs. */
import { FailureView } from '../shared/components/failure-view.tsx'
import { Waiting } from '../shared/components/waiting.tsx'
import { useOverview } from '../shared/overview-store.ts'
import { RunsTable } from './runs-table.tsx'
import { useQuery } from '../shared/use-query.ts'
import pageStyles from '../shared/styles/reading.module.css'

export function RunsView() {
  const home = useOverview((store) => store.home)
  // Asked again whenever a run of home has moved on.
  const { value, failure, again } = useQuery(
    'runs.list',
    {},
    JSON.stringify(home?.runs.map((run) => [run.runId, run.status, run.outcome])),
  )
  return (
    <main id="main" className={pageStyles.page} tabIndex={-1} data-region="main">
      <div className={pageStyles.reading}>
        <h1 className={pageStyles.title}>Runs</h1>
        {failure ? (
          <FailureView title="The runs cannot be read" failure={failure} onAgain={again} />
        ) : !home || !value ? (
          <Waiting>Reading runs</Waiting>
        ) : value.runs.length === 0 ? (
          <p className={pageStyles.lead}>No run yet. A run begins from the Rollout page of a locked plan.</p>
        ) : (
          <RunsTable runs={value.runs} home={home} />
        )}
      </div>
    </main>
  )
}
