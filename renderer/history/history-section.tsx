/** The history of a plan: its revisions, the differences between any two, and its runs. */
import { FailureMain, FailureView } from '../shared/components/failure-view.tsx'
import { Waiting, WaitingMain } from '../shared/components/waiting.tsx'
import { useDraft } from '../plan/model/draft.ts'
import { useOverview } from '../shared/overview-store.ts'
import { RevisionDiff } from './revision-diff.tsx'
import { RunsTable } from './runs-table.tsx'
import pageStyles from '../shared/styles/page.module.css'
import styles from './history.module.css'
import { useQuery } from '../shared/use-query.ts'
import { revisionsText, runsText } from './text.ts'

export function HistorySection() {
  const planId = useDraft((draft) => draft.planId)
  const hash = useDraft((draft) => draft.revision.hash)
  const home = useOverview((store) => store.home)
  const revisions = useQuery('plan.revisions', { planId }, hash)
  const runs = useQuery('runs.list', { planId }, home?.runs.find((run) => run.planId === planId)?.status ?? '')
  if (revisions.failure)
    return <FailureMain title={revisionsText.unreadable} failure={revisions.failure} onAgain={revisions.again} />
  if (!revisions.value) return <WaitingMain>{revisionsText.reading}</WaitingMain>
  return (
    <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
      <section className={styles.part} aria-labelledby="revisions">
        <h2 id="revisions">{revisionsText.title}</h2>
        <RevisionDiff planId={planId} revisions={revisions.value.revisions} />
      </section>
      <section className={styles.part} aria-labelledby="runs-of-plan">
        <h2 id="runs-of-plan">{runsText.title}</h2>
        {runs.failure ? (
          <FailureView title={runsText.unreadable} failure={runs.failure} onAgain={runs.again} />
        ) : !runs.value || !home ? (
          <Waiting rows={3}>{runsText.reading}</Waiting>
        ) : runs.value.runs.length === 0 ? (
          <p className={styles.none}>{runsText.none}</p>
        ) : (
          <RunsTable runs={runs.value.runs} home={home} ofPlan />
        )}
      </section>
    </main>
  )
}
