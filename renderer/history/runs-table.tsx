/** A table of runs that can be filtered and sorted. */
import { useState } from 'react'
import { runStatus, runWord } from '../shared/run-status.ts'
import { formatDateTime, formatElapsed } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import type { Overview, RunEntry } from '../shared/overview-store.ts'
import { address } from '../shared/route.ts'
import { FilterInput } from '../shared/components/filter-input.tsx'
import tableStyles from '../shared/styles/plain-table.module.css'
import { runsText } from './text.ts'
import styles from './history.module.css'

const sorts = {
  when: (a: RunEntry, b: RunEntry) => b.createdAt - a.createdAt,
  plan: (a: RunEntry, b: RunEntry) => a.planName.localeCompare(b.planName),
  outcome: (a: RunEntry, b: RunEntry, home: Overview) => runWord(a, home).localeCompare(runWord(b, home)),
  who: (a: RunEntry, b: RunEntry) => a.createdBy.localeCompare(b.createdBy),
  duration: (a: RunEntry, b: RunEntry) => durationOf(b) - durationOf(a),
} as const
type SortBy = keyof typeof sorts

export function RunsTable({
  runs,
  home,
  ofPlan = false,
}: {
  readonly runs: readonly RunEntry[]
  readonly home: Overview
  readonly ofPlan?: boolean
}) {
  const [find, setFind] = useState('')
  const [sort, setSort] = useState<{ readonly by: SortBy; readonly up: boolean }>({ by: 'when', up: false })
  const wanted = find.trim().toLowerCase()
  const found = runs
    .filter((run) =>
      `${run.runId} ${run.planName} ${runWord(run, home)} ${run.createdBy}`.toLowerCase().includes(wanted),
    )
    .toSorted((a, b) => sorts[sort.by](a, b, home))
  const shown = sort.up ? found.reverse() : found
  const head = (by: SortBy, title: string) => (
    <th scope="col" aria-sort={sort.by === by ? (sort.up ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => {
          setSort({ by, up: sort.by === by && !sort.up })
        }}
      >
        {title}
        {sort.by === by ? (sort.up ? ' ↑' : ' ↓') : ''}
      </button>
    </th>
  )
  return (
    <>
      {runs.length > 5 && (
        <FilterInput label={runsText.filter} className={styles.find} value={find} onFilter={setFind} />
      )}
      {shown.length === 0 ? (
        <p className={styles.none}>{runsText.noMatch(find)}</p>
      ) : (
        <table className={tableStyles.table}>
          <thead>
            <tr>
              {head('outcome', runsText.columns.outcome)}
              {!ofPlan && head('plan', runsText.columns.plan)}
              <th scope="col">{runsText.columns.run}</th>
              <th scope="col">{runsText.columns.revision}</th>
              {head('who', runsText.columns.by)}
              {head('when', runsText.columns.began)}
              {head('duration', runsText.columns.took)}
              <th scope="col">{runsText.columns.summary}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((run) => (
              <tr key={run.runId}>
                <td>
                  <StatusText status={runStatus(run, home)}>{runWord(run, home)}</StatusText>
                </td>
                {!ofPlan && (
                  <td>
                    <a href={address({ view: 'plan', planId: run.planId, section: 'history' })}>{run.planName}</a>
                  </td>
                )}
                <td>
                  <a href={address({ view: 'run', runId: run.runId })}>
                    <code>{run.runId}</code>
                  </a>
                </td>
                <td>{`r${run.revision}`}</td>
                <td>{run.createdBy}</td>
                <td>{formatDateTime(run.startedAt ?? run.createdAt)}</td>
                <td className={tableStyles.number}>{run.endedAt === null ? '' : formatElapsed(durationOf(run))}</td>
                <td>
                  {run.status === 'finished' ? (
                    <a href={address({ view: 'plan', planId: run.planId, section: 'dossier' })}>{runsText.summary}</a>
                  ) : (
                    ''
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function durationOf(run: RunEntry): number {
  return (run.endedAt ?? run.lastAt) - (run.startedAt ?? run.createdAt)
}
