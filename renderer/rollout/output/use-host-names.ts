/** Which hosts' lines to show in a list that contains those of all hosts. */
import { useMemo } from 'react'
import { useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'

/** All hosts, the selected one, or those selected in the table. */
export type LinesOf = 'all' | 'chosen' | 'picked'

/** Returns the names of the hosts to show; null for all. `host` is the selected one. */
export function useHostNames(hosts: LinesOf, host: string): ReadonlySet<string> | null {
  const index = useRun((picture) => picture.state.index)
  const picked = useViewState((view) => view.picked)
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
