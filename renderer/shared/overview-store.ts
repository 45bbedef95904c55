/** All plans and runs, read again while the window is visible and after each act that changes them. */
import { create } from 'zustand'
import type { OutputOf } from '../../domain/contract/define.ts'
import type { Contract } from '../../domain/contract/api.ts'
import { type Failure, toFailure } from '../../domain/base/failure.ts'
import type { Client } from '../client/client.ts'

export type Overview = OutputOf<Contract, 'home'>
export type PlanEntry = Overview['plans'][number]
export type RunEntry = Overview['runs'][number]
export type Person = OutputOf<Contract, 'whoami'>

interface OverviewStore {
  readonly home: Overview | null
  readonly person: Person | null
  /** When `home` was read, in milliseconds since 1970. */
  readonly readAt: number
  /** Why the latest read failed; `home` is the last one that worked. */
  readonly failure: Failure | null
  readonly refresh: (client: Client) => Promise<void>
}

const everyMs = 4000
// `home` returns at most this many runs; with more, counting them would give a wrong number.
const mostRuns = 50

export const useOverview = create<OverviewStore>((set, get) => ({
  home: null,
  person: null,
  readAt: 0,
  failure: null,
  refresh: async (client) => {
    try {
      const person = get().person ?? (await client.call('whoami', {}))
      set({ home: await client.call('home', {}), person, readAt: Date.now(), failure: null })
    } catch (thrown) {
      set({ failure: toFailure(thrown) })
    }
  },
}))

/** Keeps the picture of home fresh until the returned function is called. */
export function keepOverviewFresh(client: Client): () => void {
  const refresh = (): void => {
    if (!document.hidden) void useOverview.getState().refresh(client)
  }
  refresh()
  const timer = setInterval(refresh, everyMs)
  document.addEventListener('visibilitychange', refresh)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', refresh)
  }
}

/** The newest run of a plan; undefined where it has none. */
export function newestRun(home: Overview | null, planId: string): RunEntry | undefined {
  return home?.runs.filter((run) => run.planId === planId).toSorted((a, b) => b.createdAt - a.createdAt)[0]
}

/** The number of a run among those of its plan, from 1; null where the list does not reach back that far. */
export function runNumber(home: Overview | null, { runId, planId }: Pick<RunEntry, 'runId' | 'planId'>): number | null {
  if (!home || home.runs.length >= mostRuns) return null
  const ofPlan = home.runs.filter((run) => run.planId === planId).toSorted((a, b) => a.createdAt - b.createdAt)
  const at = ofPlan.findIndex((run) => run.runId === runId)
  return at < 0 ? null : at + 1
}
