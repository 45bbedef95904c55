/** The order of the survey's rows: as in the plan, by name, or by the values of a column. */
import type { Status } from '../status/status.ts'
import { surveyColumns, type SurveyColumnId } from '../../domain/checks/survey-columns.ts'
import { type Row } from './matrix.ts'

export interface RowSort {
  readonly by: 'plan' | 'name' | SurveyColumnId
  readonly down: boolean
}

export const rowSort = { plan: { by: 'plan', down: false } } as const satisfies Record<string, RowSort>

// The loudest first.
const loudness: readonly Status[] = [
  'block',
  'unreachable',
  'warn',
  'unknown',
  'excluded',
  'running',
  'planned',
  'pass',
  'skipped',
]

/** A sorted copy. By a column the loudest come first; equal rows stand by name. */
export function sortRows(rows: readonly Row[], { by, down }: RowSort): readonly Row[] {
  if (by === 'plan') return rows
  const column = surveyColumns.findIndex(({ id }) => id === by)
  const rank = (row: Row) => loudness.indexOf(row.cells[column] ?? 'skipped')
  const sorted = rows.toSorted(
    (a, b) => (by === 'name' ? 0 : rank(a) - rank(b)) || (a.host.name < b.host.name ? -1 : 1),
  )
  return down ? sorted.reverse() : sorted
}
