/** The survey matrix: only rows in sight are mounted; one stop of Tab, and arrows move through it. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { narrowNames } from '../shared/host-label.ts'
import { plural } from '../../domain/base/plural.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { statusWords } from '../status/status.ts'
import { useNextProblem } from '../navigation/next-problem.ts'
import { matrixText } from './text.ts'
import { surveyColumns, type SurveyColumnId } from '../../domain/checks/survey-columns.ts'
import { cellWord, problemCells, type Row, systemOf } from './matrix.ts'
import { rowSort, type RowSort, sortRows } from './sort-rows.ts'
import styles from './survey.module.css'

export interface CellPlace {
  readonly host: string
  readonly column: SurveyColumnId
}

interface SurveyGridProps {
  readonly rows: readonly Row[]
  readonly place: CellPlace | null
  readonly marked: ReadonlySet<string>
  readonly onMark: (marked: ReadonlySet<string>) => void
  readonly onPlace: (place: CellPlace) => void
  readonly onOpen: () => void
  readonly onClose: () => void
}

type Line =
  | { readonly kind: 'group'; readonly title: string; readonly hosts: number }
  | { readonly kind: 'host'; readonly row: Row }

const rowHeight = 32
export function SurveyGrid({ rows, place, marked, onMark, onPlace, onOpen, onClose }: SurveyGridProps) {
  const box = useRef<HTMLDivElement>(null)
  const [sort, setSort] = useState<RowSort>(rowSort.plan)
  const sorted = useMemo(() => sortRows(rows, sort), [rows, sort])
  const lines = useMemo(
    (): Line[] =>
      sorted.flatMap((row, i) => [
        ...(sort.by === 'plan' && sorted[i - 1]?.group !== row.group
          ? [
              {
                kind: 'group' as const,
                title: row.group,
                hosts: sorted.filter((other) => other.group === row.group).length,
              },
            ]
          : []),
        { kind: 'host' as const, row },
      ]),
    [sorted, sort],
  )
  const label = useMemo(() => {
    const ofGroup = new Map(
      [...Map.groupBy(rows, (row) => row.group)].map(([group, members]) => [
        group,
        narrowNames(members.map((row) => row.host.name)),
      ]),
    )
    return ({ group, host }: Row): string => ofGroup.get(group)?.(host.name) ?? host.name
  }, [rows])
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  const here = sorted.findIndex((row) => row.host.name === place?.host)
  const columnAt = surveyColumns.findIndex((column) => column.id === place?.column)
  const move = (to: number, column: number): void => {
    const row = sorted[Math.max(0, Math.min(sorted.length - 1, to))]
    const at = surveyColumns[Math.max(0, Math.min(surveyColumns.length - 1, column))]
    if (!row || !at) return
    onPlace({ host: row.host.name, column: at.id })
    list.scrollToIndex(lines.findIndex((line) => line.kind === 'host' && line.row === row))
  }
  const goToProblem = (by: 1 | -1): boolean => {
    const problems = sorted.flatMap((row, i) =>
      row.cells.flatMap((status, at) => (problemCells.has(status) ? [i * surveyColumns.length + at] : [])),
    )
    // From where the person is, also where that cell is none.
    const at = Math.max(0, here) * surveyColumns.length + Math.max(0, columnAt)
    const next =
      here < 0 || columnAt < 0
        ? problems.at(by > 0 ? 0 : -1)
        : by > 0
          ? (problems.find((problem) => problem > at) ?? problems[0])
          : (problems.findLast((problem) => problem < at) ?? problems.at(-1))
    if (next === undefined) return false
    move(Math.floor(next / surveyColumns.length), next % surveyColumns.length)
    onOpen()
    return true
  }
  useNextProblem(goToProblem)
  const lineAt = lines.findIndex((line) => line.kind === 'host' && line.row.host.name === place?.host)
  useEffect(() => {
    if (lineAt >= 0) list.scrollToIndex(lineAt)
  }, [list, lineAt])
  const toggle = (host: string): void => {
    const next = new Set(marked)
    if (!next.delete(host)) next.add(host)
    onMark(next)
  }
  const keys = (event: KeyboardEvent): void => {
    const at = Math.max(0, columnAt)
    const acts: Record<string, () => void> = {
      ArrowDown: () => {
        move(here + 1, at)
      },
      ArrowUp: () => {
        move(here - 1, at)
      },
      PageDown: () => {
        move(here + 10, at)
      },
      PageUp: () => {
        move(here - 10, at)
      },
      ArrowRight: () => {
        move(here, columnAt + 1)
      },
      ArrowLeft: () => {
        move(here, at - 1)
      },
      Home: () => {
        if (event.ctrlKey) move(0, 0)
        else move(here, 0)
      },
      End: () => {
        if (event.ctrlKey) move(sorted.length - 1, surveyColumns.length - 1)
        else move(here, surveyColumns.length - 1)
      },
      Enter: onOpen,
      ' ': () => {
        if (place) toggle(place.host)
      },
      Escape: onClose,
    }
    const act = event.target === box.current ? acts[event.key] : undefined
    if (!act) return
    event.preventDefault()
    act()
  }
  const all = rows.length > 0 && rows.every((row) => marked.has(row.host.name))
  return (
    <div
      ref={box}
      className={styles.grid}
      role="grid"
      aria-label={matrixText.name}
      aria-rowcount={lines.length + 1}
      aria-colcount={surveyColumns.length + 3}
      aria-multiselectable="true"
      tabIndex={0}
      onKeyDown={keys}
      aria-activedescendant={place && here >= 0 ? `cell-${place.host}-${place.column}` : undefined}
    >
      <div className={`${styles.row} ${styles.head}`} role="row" aria-rowindex={1}>
        <span role="columnheader">
          <input
            type="checkbox"
            aria-label={matrixText.chooseAll}
            checked={all}
            onChange={() => {
              onMark(all ? new Set() : new Set(rows.map((row) => row.host.name)))
            }}
          />
        </span>
        <Sortable by="name" title={matrixText.host} sort={sort} onSort={setSort} />
        <span role="columnheader">{matrixText.system}</span>
        {surveyColumns.map((column) => (
          <Sortable
            key={column.id}
            by={column.id}
            title={column.head}
            about={column.title}
            sort={sort}
            onSort={setSort}
            centred
            marked={column.id === place?.column}
          />
        ))}
      </div>
      <div style={{ height: list.getTotalSize() }} className={styles.body} role="rowgroup">
        {list.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (!line) return null
          const top = { transform: `translateY(${item.start}px)` }
          if (line.kind === 'group')
            return (
              <div key={line.title} className={styles.group} role="row" aria-rowindex={item.index + 2} style={top}>
                <span role="gridcell">
                  <strong>{line.title}</strong> {plural(line.hosts, 'host')}
                </span>
              </div>
            )
          const { row } = line
          const { name } = row.host
          const current = name === place?.host
          return (
            <div
              key={name}
              className={`${styles.row} ${current ? styles.current : ''}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={marked.has(name)}
              style={top}
            >
              <span role="gridcell">
                <input
                  type="checkbox"
                  tabIndex={-1}
                  aria-label={matrixText.choose(name)}
                  checked={marked.has(name)}
                  onChange={() => {
                    toggle(name)
                  }}
                />
              </span>
              <strong role="gridcell" className={styles.name} aria-label={name} title={name}>
                {label(line.row)}
              </strong>
              <span role="gridcell" className={styles.system} title={systemOf(row)}>
                {systemOf(row)}
              </span>
              {row.cells.map((status, i) => {
                const column = surveyColumns[i]
                if (!column) return null
                const chosen = current && column.id === place.column
                const label = `${name}, ${column.title}, ${cellWord(status, statusWords).toLowerCase()}`
                return (
                  <span
                    key={column.id}
                    id={`cell-${name}-${column.id}`}
                    role="gridcell"
                    aria-label={label}
                    title={chosen ? label : undefined}
                    className={`${styles.cell} ${styles[status] ?? ''} ${chosen ? styles.chosen : ''}`}
                    onClick={() => {
                      onPlace({ host: name, column: column.id })
                      onOpen()
                    }}
                  >
                    {status === 'pass' ? (
                      <span className={styles.tick} aria-hidden="true">
                        ✓
                      </span>
                    ) : (
                      <StatusGlyph status={status} />
                    )}
                  </span>
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}

interface SortableProps {
  readonly by: RowSort['by']
  readonly title: string
  readonly about?: string
  readonly sort: RowSort
  readonly centred?: boolean
  readonly marked?: boolean
  readonly onSort: (sort: RowSort) => void
}

function Sortable({ by, title, about, sort, centred = false, marked = false, onSort }: SortableProps) {
  const isSorted = sort.by === by
  // Third press: back to the order of the plan.
  const next: RowSort = !isSorted ? { by, down: false } : sort.down ? rowSort.plan : { by, down: true }
  return (
    <span
      role="columnheader"
      aria-sort={isSorted ? (sort.down ? 'descending' : 'ascending') : undefined}
      className={centred ? styles.centred : undefined}
    >
      <button
        type="button"
        className={`${styles.sort} ${marked ? styles.markedHead : ''}`}
        tabIndex={-1}
        title={about ?? title}
        onClick={() => {
          onSort(next)
        }}
      >
        {title}
        {isSorted ? (sort.down ? ' ↓' : ' ↑') : ''}
      </button>
    </span>
  )
}
