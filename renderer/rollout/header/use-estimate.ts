/** The estimate of the run for components: updated every second, not at every event. */
import { useMemo } from 'react'
import { type Estimate, estimateOf } from './estimate.ts'
import { type Timings, timingsOf } from '../session/timings.ts'
import { useSession } from '../session/run-store.ts'
import { useRunNow } from '../session/use-site-now.ts'

export interface EstimateNow extends Estimate {
  /** The time at the site, milliseconds since 1970. */
  readonly now: number
  readonly timings: Timings
}

/** Returns the estimate as of this second. */
export function useEstimate(): EstimateNow {
  const { store } = useSession()
  const now = useRunNow()
  return useMemo(() => estimateAt(store.getState().state, now), [store, now])
}

function estimateAt(state: Parameters<typeof estimateOf>[0], now: number): EstimateNow {
  const timings = timingsOf(state)
  return { ...estimateOf(state, now, timings), now, timings }
}
