/** Owns where the person is inside a run: what is chosen, filtered, open. None of it is about the run itself. */
import { create } from 'zustand'
import type { StepPlace } from '../../../domain/graph/graph-index.ts'
import type { Status } from '../../status/status.ts'

export type RunPage = 'live' | 'decision' | 'gate'
/** `host` and `output` are tabs of their own where the window is narrow; elsewhere both stand beside the hosts. */
export type HostsAs = 'map' | 'farm' | 'table' | 'timeline' | 'host' | 'output'

interface ViewState {
  readonly page: RunPage
  readonly hostsAs: HostsAs
  readonly filter: Status | null
  /** Number of the chosen lane. */
  readonly lane: number | null
  /** Place of the chosen step in its lane; null follows the current one. */
  readonly step: number | null
  readonly outputOpen: boolean
  /** The cause that is decided about; null for the largest. */
  readonly cause: string | null
  /** Numbers of the lanes picked in the table. */
  readonly picked: ReadonlySet<number>
  /** True while the log shows the picked hosts only. */
  readonly logOfPicked: boolean
}

const lowWindow = 860

const manyHosts = 60
const freshPlace: ViewState = {
  page: 'live',
  hostsAs: 'farm',
  filter: null,
  lane: null,
  step: null,
  outputOpen: true,
  cause: null,
  picked: new Set(),
  logOfPicked: false,
}

/** A fresh place: on a low window, or with many hosts, these have the room, and the output is one key away. */
export function initialViewState(height: number, hosts = 0): ViewState {
  return {
    ...freshPlace,
    hostsAs: hosts > 0 && hosts <= manyHosts ? 'map' : 'farm',
    outputOpen: height >= lowWindow && hosts <= manyHosts,
  }
}

export const useViewState = create<ViewState>(() => initialViewState(innerHeight))

/** Shows another page of the run. */
export function showPage(page: RunPage): void {
  useViewState.setState({ page })
}

/** Shows a host among the others, whatever page was open. */
export function showLane(lane: number): void {
  useViewState.setState({ page: 'live', lane, step: null })
}

/** Shows one step in its lane. */
export function showStep({ lane, index }: StepPlace): void {
  useViewState.setState({ page: 'live', lane, step: index })
}

/** Chooses a host, and follows its current step until one is chosen. */
export function chooseLane(lane: number): void {
  useViewState.setState({ lane, step: null })
}
