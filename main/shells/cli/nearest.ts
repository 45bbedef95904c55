/** The known word that a mistyped one most likely means. */

/**
 * The nearest of `known`, or undefined where none is near: more than two letters, and more than a third of them,
 * differ.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((word) => ({ word, distance: word.startsWith(typed) ? 0 : editDistance(typed.toLowerCase(), word) }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best && typed !== '' && best.distance <= Math.max(2, best.word.length / 3) ? best.word : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[b.length] ?? 0
}
