/** Owns where the person is inside a run: what is chosen, filtered, open. None of it is about the run itself. */
import { create } from 'zustand'
import type { Status } from '../status/status.ts'

export type RunPage = 'live' | 'decision' | 'gate'
export type HostsAs = 'farm' | 'table'

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

const lowWindow = 860

const freshPlace: RunPlace = { page: 'live', hostsAs: 'farm', filter: null, lane: null, step: null, outputOpen: true }

/** A fresh place: on a low window the hosts have the room, and the output is one key away. */
export function placeFor(height: number): RunPlace {
  return { ...freshPlace, outputOpen: height >= lowWindow }
}

export const useRunPlace = create<RunPlace>(() => placeFor(innerHeight))

/** Shows another page of the run. */
export function showPage(page: RunPage): void {
  useRunPlace.setState({ page })
}

/** Chooses a host, and follows its current step until one is chosen. */
export function chooseLane(lane: number): void {
  useRunPlace.setState({ lane, step: null })
}
