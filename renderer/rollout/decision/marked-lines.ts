/** Picks the most telling lines of evidence, at most two, by their words. */
import type { Failure } from '../../../domain/base/failure.ts'

const mostMarked = 2
// Words by which installers and Windows report an error, the surest first.
const signs: readonly (readonly [RegExp, number])[] = [
  [/\berror \d+/i, 5],
  [/return value 3\b/i, 5],
  [/\b(denied|insufficient|not enough|refused|corrupt|untrusted|expired)\b/i, 4],
  [/\b(error|failed|failure|fatal|exception)\b/i, 3],
  [/\b(cannot|could not|unable|missing|absent|not found)\b/i, 2],
]

/** Returns the numbers of the lines to mark, ascending; none where no line reports an error. */
export function markedLines(lines: readonly string[], failure: Pick<Failure, 'code'>): number[] {
  const number = /\d+/.exec(failure.code)?.[0]
  const scored = lines.map((line, i) => ({
    i,
    score:
      signs.reduce((most, [sign, worth]) => (sign.test(line) ? Math.max(most, worth) : most), 0) +
      (number !== undefined && line.includes(number) ? 1 : 0),
  }))
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .slice(0, mostMarked)
    .map(({ i }) => i)
    .sort((a, b) => a - b)
}
