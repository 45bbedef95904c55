/** Owns where the person is inside a run: what is chosen, filtered, open. None of it is about the run itself. */
import { create } from 'zustand'
import type { Status } from '../status/status.ts'

export type RunPage = 'live' | 'decision' | 'gate'
export type HostsAs = 'map' | 'farm' | 'table'

interface RunPlace {
  readonly page: RunPage
  readonly hostsAs: HostsAs
  readonly filter: Status | null
  /** Number of the chosen lane. */
  readonly lane: number | null
  /** Place of the chosen step in its lane; null follows the current one. */
  readonly step: number | null
  readonly outputOpen: boolean
}

export const freshPlace: RunPlace = { page: 'live', hostsAs: 'farm', filter: null, lane: null, step: null, outputOpen: true }

export const useRunPlace = create<RunPlace>(() => freshPlace)

/** Shows another page of the run. */
export function showPage(page: RunPage): void {
  useRunPlace.setState({ page })
}

/** Chooses a host, and follows its current step until one is chosen. */
export function chooseLane(lane: number): void {
  useRunPlace.setState({ lane, step: null })
}
