/** What a map shows of its hosts besides their place: a plan shows findings, a run shows lanes. */
import { createContext, useContext } from 'react'
import type { Status } from '../status/status.ts'

/** The state of one host. Compared by value, so that a node renders again only when it changes. */
export interface HostAppearance {
  readonly status: Status | null
  /** The line under the name of a card. */
  readonly line: string
  /** How far its lane is, 0 to 1; null where there is nothing under way. */
  readonly part: number | null
  /** Number of the step under way, from 1; null where none is. */
  readonly step: number | null
  /** What a screen reader says after the name. */
  readonly spokenText: string
}

/** What a zone of too many hosts shows: how many there are of each status, in the order to show them. */
export type ZoneCounts = readonly { readonly status: Status; readonly count: number }[]

export interface MapHostState {
  /** A hook: the look of a host, and a subscription to it. */
  readonly useHost: (host: string, address: string) => HostAppearance
  /** A hook: the counts of a zone. */
  readonly useZone: (hosts: readonly string[]) => ZoneCounts
  /** What is done with a zone that is too large to draw. */
  readonly openZone: { readonly label: (count: number) => string; readonly act: (hosts: readonly string[]) => void }
  readonly chosen: string | null
  readonly choose: (host: string | null) => void
  /** What may be dropped or placed on a host; null where nothing may be changed. */
  readonly placing: Placing | null
}

export interface Placing {
  /** The component in hand, chosen by key or click; null while nothing is. */
  readonly inHand: string | null
  readonly drop: (data: string, host: string) => void
}

const MapHostStateContext = createContext<MapHostState | null>(null)
export const MapHostStateProvider = MapHostStateContext.Provider

/** What the map around this node shows. */
export function useMapHostState(): MapHostState {
  const state = useContext(MapHostStateContext)
  if (!state) throw new Error('no map around this node')
  return state
}
