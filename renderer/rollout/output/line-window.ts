/** Which part of a very long list the scroll box contains: a window that moves by half its size at its edges. */

/** Returns the first line of the window; `from` is its set position, null follows the end. */
export function windowStart(from: number | null, total: number, most: number): number {
  const last = Math.max(0, total - most)
  return from === null ? last : Math.max(0, Math.min(from, last))
}

/**
 * Returns where the window must start for a scroll position in lines; the same start where it may stay.
 * `sight` is how many lines are visible at once.
 */
export function movedWindow(start: number, topLine: number, sight: number, total: number, most: number): number {
  const half = Math.floor(most / 2)
  if (start > 0 && topLine < sight) return Math.max(0, start - half)
  if (start + most < total && topLine > most - 2 * sight) return Math.min(total - most, start + half)
  return start
}
