/** Owns where F8 leads: each view says what its next problem is while it is on screen. */
import { useEffect } from 'react'

/** Goes to the next problem, or the previous one; false where there is none. */
export type GoToProblem = (by: 1 | -1) => boolean

let current: GoToProblem | null = null

/** Takes F8 for as long as the component stands; one view at a time has problems to go through. */
export function useNextProblem(go: GoToProblem): void {
  useEffect(() => {
    current = go
    return () => {
      if (current === go) current = null
    }
  }, [go])
}

/** Goes on in the view that is on screen; false where it has no problems. */
export function nextProblem(by: 1 | -1): boolean {
  return current?.(by) ?? false
}

/** The one that comes `by` places after `here` in a list that goes round; the first or last where `here` is not in it. */
export function stepThrough<T>(list: readonly T[], here: T | undefined, by: 1 | -1): T | undefined {
  const at = here === undefined ? -1 : list.indexOf(here)
  return list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length]
}
