/** The home page: what waits for a person, the plans and the recent runs. */
import { FailureView } from '../shared/components/failure-view.tsx'
import { Waiting } from '../shared/components/waiting.tsx'
import { useClient } from '../client/client-context.tsx'
import { useOverview } from '../shared/overview-store.ts'
import { AttentionStrip } from './attention-strip.tsx'
import { FirstRun } from './first-run.tsx'
import { HomeActs } from './home-acts.tsx'
import { PlansTable } from './plans-table.tsx'
import { PracticeCard } from './practice-card.tsx'
import { RunList } from './run-list.tsx'
import pageStyles from '../shared/styles/reading.module.css'
import { homeText } from './text.ts'
import styles from './home.module.css'

export function HomeView() {
  const client = useClient()
  const { home, failure, refresh } = useOverview()
  return (
    <main id="main" className={pageStyles.page} tabIndex={-1} data-region="main">
      {home ? (
        home.plans.length === 0 ? (
          <FirstRun />
        ) : (
          <Full home={home} />
        )
      ) : failure ? (
        <FailureView title={homeText.unreadable} failure={failure} onAgain={() => void refresh(client)} />
      ) : (
        <Waiting>{homeText.reading}</Waiting>
      )}
    </main>
  )
}

function Full({ home }: { readonly home: NonNullable<ReturnType<typeof useOverview.getState>['home']> }) {
  return (
    <div className={pageStyles.reading}>
      <div className={pageStyles.head}>
        <div>
          <h1 className={pageStyles.title}>{homeText.title}</h1>
          <p className={pageStyles.lead}>{homeText.lead}</p>
        </div>
        <HomeActs />
      </div>
      <AttentionStrip home={home} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <PlansTable home={home} />
          {home.runs.length > 0 && <RunList runs={home.runs.slice(0, 5)} home={home} />}
        </div>
        <PracticeCard />
      </div>
    </div>
  )
}
