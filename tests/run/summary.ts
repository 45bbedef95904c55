/**
 * The end of a test run: a table of the parts, what failed, what did not run and why, and the last line for scripts.
 */
import type { Ended, NotRun } from './part.ts'

/** The totals of a run. Under CI what did not run for want of something counts as failed: such a machine proves nothing. */
export function totals(ended: readonly Ended[], strict: boolean): { readonly passed: number; readonly failed: number } {
  const passed = ended.reduce((sum, part) => sum + part.passed, 0)
  const failed = ended.reduce(
    (sum, part) => sum + part.failed.length + (strict ? part.notRun.filter(({ lacking }) => lacking).length : 0),
    0,
  )
  return { passed, failed }
}

/** The whole summary, its last line exactly `N passed, N failed`. */
export function summary(ended: readonly Ended[], strict: boolean): string {
  const { passed, failed } = totals(ended, strict)
  return [
    ...table(ended),
    ...failures(ended),
    ...gaps(ended, strict),
    '',
    `${passed} passed, ${failed} failed`,
    '',
  ].join('\n')
}

function table(ended: readonly Ended[]): string[] {
  const rows = ended.map((part) => [
    part.name,
    String(part.passed),
    String(part.failed.length),
    String(part.notRun.length),
    part.seconds.toFixed(1),
  ])
  const lines = [['part', 'passed', 'failed', 'not run', 'seconds'], ...rows]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return [
    '',
    ...lines.map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    ),
  ]
}

function failures(ended: readonly Ended[]): string[] {
  const lines = ended.flatMap((part) =>
    part.failed.map(({ what, why }) => `  ${part.name}: ${what}${why === '' ? '' : `: ${firstLine(why)}`}`),
  )
  return lines.length === 0 ? [] : ['', 'Failed:', ...lines]
}

function gaps(ended: readonly Ended[], strict: boolean): string[] {
  return [
    ...reasons(ended, true, strict ? 'Not run, and counted as failed because CI is set:' : 'Not run here:'),
    ...reasons(ended, false, 'Nothing to run:'),
  ]
}

/** Groups what did not run by its reason: a missing program is one sentence, however many tests wanted it. */
function reasons(ended: readonly Ended[], lacking: boolean, title: string): string[] {
  const groups = new Map<string, { part: string; first: NotRun; count: number }>()
  for (const part of ended) {
    for (const gap of part.notRun.filter((one) => one.lacking === lacking)) {
      const key = `${part.name}\0${gap.why}`
      const known = groups.get(key)
      groups.set(key, { part: part.name, first: known?.first ?? gap, count: (known?.count ?? 0) + 1 })
    }
  }
  const lines = [...groups.values()].map(
    ({ part, first, count }) => `  ${part}: ${first.what}${count > 1 ? ` and ${count - 1} more` : ''}: ${first.why}`,
  )
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
