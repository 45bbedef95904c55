/** Where F8 leads: the view on screen knows its next problem. */
import { useEffect } from 'react'

/** Goes to the next problem, or the previous one; false where there is none. */
export type GoToProblem = (by: 1 | -1) => boolean

let current: GoToProblem | null = null

/** Handles F8 while the component is mounted; only one view at a time does. */
export function useNextProblem(go: GoToProblem): void {
  useEffect(() => {
    current = go
    return () => {
      if (current === go) current = null
    }
  }, [go])
}

/** Goes to the next or previous problem of the view on screen; false where it has none. */
export function nextProblem(by: 1 | -1): boolean {
  return current?.(by) ?? false
}

/**
 * The entry `by` places after `here`, from the end to the beginning; the first or last where `here` is not in the
 * list.
 */
export function stepThrough<T>(list: readonly T[], here: T | undefined, by: 1 | -1): T | undefined {
  const at = here === undefined ? -1 : list.indexOf(here)
  return list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length]
}
