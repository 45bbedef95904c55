/** The recent runs on the home page. */
import { ChevronRight20Regular } from '@fluentui/react-icons'
import { runStatus, runWord } from '../shared/run-status.ts'
import { formatCount } from '../../domain/base/plural.ts'
import { formatElapsed, formatWhen } from '../shared/format.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { statusWords } from '../status/status.ts'
import type { Overview, RunEntry } from '../shared/overview-store.ts'
import { address } from '../shared/route.ts'
import pageStyles from '../shared/styles/reading.module.css'
import { homeText } from './text.ts'
import styles from './home.module.css'

export function RunList({ runs, home }: { readonly runs: readonly RunEntry[]; readonly home: Overview }) {
  return (
    <section aria-labelledby="runs">
      <div className={styles.sectionHead}>
        <h2 id="runs" className={pageStyles.section}>
          {homeText.runsTitle}
        </h2>
        <a href={address({ view: 'runs' })}>{homeText.runsAll}</a>
      </div>
      <ul className={styles.runs}>
        {runs.map((run) => (
          <li key={run.runId}>
            <a className={styles.run} href={address({ view: 'run', runId: run.runId })}>
              <StatusGlyph status={runStatus(run, home)} label={statusWords[runStatus(run, home)]} />
              <strong>{run.planName}</strong>
              <span className={styles.runWhat}>{whatOf(run, home)}</span>
              <span className={styles.runWhen}>{formatWhen(run.startedAt ?? run.createdAt, Date.now())}</span>
              <ChevronRight20Regular aria-hidden="true" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function whatOf(run: RunEntry, home: Overview): string {
  const waits = home.attention.find((entry) => entry.runId === run.runId)
  if (waits) return waits.title
  const took = run.startedAt !== null && run.endedAt !== null ? ` · ${formatElapsed(run.endedAt - run.startedAt)}` : ''
  const steps = run.progress
    ? ` · ${homeText.steps(formatCount(run.progress.settled), formatCount(run.progress.total))}`
    : ''
  return `${runWord(run, home)}${steps}${took}`
}
