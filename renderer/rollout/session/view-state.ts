/** Where the person is inside a run: what is selected, filtered and open. Nothing of it belongs to the run itself. */
import { create } from 'zustand'
import type { StepPlace } from '../../../domain/graph/graph-index.ts'
import type { Status } from '../../status/status.ts'

export type RunPage = 'live' | 'decision' | 'gate'
/** `host` and `output` are tabs of their own in a narrow window; elsewhere both are beside the hosts. */
export type HostsAs = 'map' | 'farm' | 'table' | 'timeline' | 'host' | 'output'

interface ViewState {
  readonly page: RunPage
  readonly hostsAs: HostsAs
  readonly filter: Status | null
  /** Number of the selected lane. */
  readonly lane: number | null
  /** Index of the selected step in its lane; null follows the current step. */
  readonly step: number | null
  readonly outputOpen: boolean
  /** The cause on the decision page; null for the largest. */
  readonly cause: string | null
  /** Numbers of the lanes selected in the table. */
  readonly picked: ReadonlySet<number>
  /** True while the log shows the selected hosts only. */
  readonly logOfPicked: boolean
}

const lowWindow = 860

const manyHosts = 60
const initial: ViewState = {
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

/** Returns a fresh view state. In a low window or with many hosts, the output is closed to leave room for hosts. */
export function initialViewState(height: number, hosts = 0): ViewState {
  return {
    ...initial,
    hostsAs: hosts > 0 && hosts <= manyHosts ? 'map' : 'farm',
    outputOpen: height >= lowWindow && hosts <= manyHosts,
  }
}

export const useViewState = create<ViewState>(() => initialViewState(innerHeight))

/** Shows another page of the run. */
export function showPage(page: RunPage): void {
  useViewState.setState({ page })
}

/** Shows a host on the live page. */
export function showLane(lane: number): void {
  useViewState.setState({ page: 'live', lane, step: null })
}

/** Shows one step in its lane on the live page. */
export function showStep({ lane, index }: StepPlace): void {
  useViewState.setState({ page: 'live', lane, step: index })
}

/** Selects a host, and follows its current step until one is selected. */
export function chooseLane(lane: number): void {
  useViewState.setState({ lane, step: null })
}
