/** Owns whose lines are wanted in a list that holds those of all hosts. */
import { useMemo } from 'react'
import { useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'

/** All hosts, the chosen one, or those picked in the table. */
export type LinesOf = 'all' | 'chosen' | 'picked'

/** The names of the hosts that are wanted; null for all of them. `host` is the chosen one. */
export function useHostNames(hosts: LinesOf, host: string): ReadonlySet<string> | null {
  const index = useRun((picture) => picture.state.index)
  const picked = useViewState((place) => place.picked)
  return useMemo(
    () =>
      hosts === 'all'
        ? null
        : hosts === 'chosen'
          ? new Set([host])
          : new Set([...picked].map((n) => index.lanes[n]?.host ?? '')),
    [hosts, host, picked, index],
  )
}
