/** The change window of a rollout: when it should be over, as a person set it, and whether it will be. */

/**
 * The moment (milliseconds since 1970) at which a window such as 18:00 closes: the first such time after `from`, local
 * time; null for no time.
 */
export function closesAt(time: string, from: number): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time)
  if (!found) return null
  const closes = new Date(from)
  closes.setHours(Number(found[1]), Number(found[2]), 0, 0)
  if (closes.getTime() <= from) closes.setDate(closes.getDate() + 1)
  return closes.getTime()
}

export interface WindowVerdict {
  readonly status: 'pass' | 'warn'
  readonly word: string
}

/** Whether what is left fits into the window; null while that is not known. `left` in milliseconds. */
export function fits(closes: number, now: number, left: number | null): WindowVerdict | null {
  if (now > closes) return { status: 'warn', word: 'over' }
  if (left === null) return null
  return now + left <= closes ? { status: 'pass', word: 'fits' } : { status: 'warn', word: 'too short' }
}
