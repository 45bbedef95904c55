/** The survey of a plan: hosts against checks, filled while it runs, with the evidence of a cell beside it. */
import { useMemo, useState } from 'react'
import { FailureMain } from '../shared/components/failure-view.tsx'
import { WaitingMain } from '../shared/components/waiting.tsx'
import { FilterInput } from '../shared/components/filter-input.tsx'
import { FilterChip } from '../shared/components/filter-chip.tsx'
import { formatCount } from '../../domain/base/plural.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { type Status, statusWords } from '../status/status.ts'
import { useDraft } from '../plan/model/draft.ts'
import { refreshSurvey, useSurvey } from './survey-store.ts'
import { useFieldFocus } from '../navigation/field-focus.ts'
import { matrixText, surveyText } from './text.ts'
import { surveyColumns } from '../../domain/checks/survey-columns.ts'
import { cellWord, countCells, countedStatuses, hasFinding, matrixRows, type Row } from './matrix.ts'
import { seenPaths } from '../plan/model/finding-location.ts'
import { type CellPlace, SurveyGrid } from './survey-grid.tsx'
import { EvidencePanel } from './evidence-panel.tsx'
import { SurveyActs } from './survey-acts.tsx'
import { SurveyState } from './survey-state.tsx'
import pageStyles from '../shared/styles/page.module.css'
import styles from './survey.module.css'

// Above this a person wants to see what is wrong, not that the rest is right.
const manyHosts = 100

export function SurveySection() {
  const document = useDraft((draft) => draft.plan)
  const judged = useDraft((draft) => draft.findings)
  const { read, result, hosts, failure } = useSurvey()
  const rows = useMemo(
    () =>
      matrixRows(
        document,
        { hosts, visiting: new Set(result?.visiting), running: result?.status === 'running' },
        judged ?? [],
      ),
    [document, hosts, result, judged],
  )
  const [filter, setFilter] = useState<Status | null>(null)
  const [find, setFind] = useState('')
  const [withFindings, setWithFindings] = useState<boolean | null>(null)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  // A finding or a search may lead here, to the cell of a host.
  const want = useFieldFocus()
  const [heard, setHeard] = useState<typeof want | null>(null)
  const [place, setPlace] = useState<CellPlace | null>(null)
  const [open, setOpen] = useState(false)
  if (want !== heard) {
    setHeard(want)
    const cell = cellOf(want)
    if (cell) {
      setPlace(cell)
      setOpen(true)
    }
  }
  if (!read) return <WaitingMain>{surveyText.waiting}</WaitingMain>
  if (failure && !result)
    return <FailureMain title={surveyText.unread} failure={failure} onAgain={() => void refreshSurvey()} />
  if (!result) return <Empty hosts={rows.length} />
  const onlyFindings = withFindings ?? rows.length > manyHosts
  const wanted = find.trim().toLowerCase()
  const shown = rows.filter(
    (row) =>
      (filter === null || row.cells.includes(filter)) &&
      (!onlyFindings || hasFinding(row) || result.visiting.includes(row.host.name)) &&
      `${row.host.name} ${row.host.address} ${row.group}`.toLowerCase().includes(wanted),
  )
  const counts = countCells(rows)
  const chosen = place === null ? undefined : rows.find((row) => row.host.name === place.host)
  const panel = open && chosen !== undefined && place !== null
  return (
    <div className={panel ? pageStyles.withPanel : pageStyles.alone}>
      <main id="main" className={styles.main} tabIndex={-1} data-region="main">
        <SurveyState
          result={result}
          rows={rows}
          acts={
            <SurveyActs
              result={result}
              marked={marked}
              onBegun={() => {
                setMarked(new Set())
              }}
            />
          }
        />
        <div className={`${pageStyles.tools} ${styles.tools}`} role="group" aria-label={matrixText.filterByStatus}>
          <FilterChip
            pressed={filter === null}
            onPress={() => {
              setFilter(null)
            }}
          >
            {matrixText.all} <strong>{formatCount(rows.length * surveyColumns.length)}</strong>
          </FilterChip>
          {countedStatuses.map(
            (status) =>
              (counts.get(status) ?? 0) > 0 && (
                <FilterChip
                  key={status}
                  pressed={filter === status}
                  onPress={() => {
                    setFilter(filter === status ? null : status)
                  }}
                >
                  <StatusGlyph status={status} size={14} />
                  {cellWord(status, statusWords)} <strong>{formatCount(counts.get(status) ?? 0)}</strong>
                </FilterChip>
              ),
          )}
          <span className={pageStyles.space} />
          <FilterChip
            pressed={onlyFindings}
            onPress={() => {
              setWithFindings(!onlyFindings)
            }}
          >
            {matrixText.onlyFindings}
          </FilterChip>
          <FilterInput label={matrixText.filterHosts} className={styles.find} value={find} onFilter={setFind} />
        </div>
        {shown.length === 0 ? (
          <p className={pageStyles.none}>
            {rows.length === 0
              ? matrixText.noManaged
              : filter === null && wanted === ''
                ? matrixText.noFinding
                : matrixText.noMatch}
          </p>
        ) : (
          <SurveyGrid
            rows={shown}
            place={place}
            marked={marked}
            onMark={setMarked}
            onPlace={setPlace}
            onOpen={() => {
              setOpen(true)
            }}
            onClose={() => {
              setOpen(false)
            }}
          />
        )}
        <Legend rows={rows} />
      </main>
      {panel && (
        <EvidencePanel
          key={`${place.host} ${place.column}`}
          row={chosen}
          column={place.column}
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </div>
  )
}

function cellOf({ path, host }: { readonly path: string | null; readonly host: string | null }): CellPlace | null {
  const column = surveyColumns.find(({ id }) => seenPaths.cell(id) === path)
  return column && host !== null ? { host, column: column.id } : null
}

function Empty({ hosts }: { readonly hosts: number }) {
  return (
    <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
      <div className={pageStyles.empty}>
        <h2>{hosts === 0 ? surveyText.noHostTitle : surveyText.emptyTitle}</h2>
        <p>{hosts === 0 ? surveyText.noHost : surveyText.whatItDoes(hosts)}</p>
        {hosts > 0 && <SurveyActs result={null} marked={new Set()} onBegun={() => undefined} />}
      </div>
    </main>
  )
}

const always: readonly Status[] = ['pass', 'warn', 'block', 'running', 'unreachable', 'unknown', 'skipped']

function Legend({ rows }: { readonly rows: readonly Row[] }) {
  const accepted = rows.some((row) => row.cells.includes('excluded'))
  return (
    <ul className={styles.legend} aria-label={matrixText.legend}>
      {[...always, ...(accepted ? ['excluded' as const] : [])].map((status) => (
        <li key={status}>
          {status === 'pass' ? (
            <span className={styles.tick} aria-hidden="true">
              ✓
            </span>
          ) : (
            <StatusGlyph status={status} />
          )}
          {cellWord(status, statusWords)}
        </li>
      ))}
    </ul>
  )
}
