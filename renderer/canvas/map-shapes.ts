/** Types and sizes of the map: zones, hosts and lines of flows, in pixels at zoom 1. */
import type { ComponentName } from '../../domain/base/ids.ts'
import type { Flow } from '../../domain/network/topology.ts'

export const size = {
  pad: 12,
  head: 36,
  gap: 16,
  cardGap: 8,
  card: { width: 156, height: 76 },
  server: { width: 220, height: 86, gap: 68 },
  tile: { width: 64, height: 42 },
  lane: 136,
  laneStep: 10,
  countRow: 22,
} as const
export const serverZone = 'servers'
export const workstationZone = 'workstation'
/** Room at the right of the server cards, where flows to the second card and the ones below pass. */
export const sideTracks = 40

export interface Point {
  readonly x: number
  readonly y: number
}

export interface MapEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  /** Protocol and port, and how many paths it stands for. */
  readonly label: string
  readonly count: number
  readonly flows: readonly Flow[]
  /** Every host at an end of it. */
  readonly hosts: ReadonlySet<string>
  readonly kind: 'product' | 'management'
  readonly points: readonly Point[]
  readonly labelAt: Point
}

export interface MapComponent {
  readonly component: ComponentName
  readonly title: string
  /** The port it is reached on, where the plan says one. */
  readonly port: number | null
}

/** A drawn host: a card, a tile in a large zone, or only counted in a huge one. `x` and `y` count from its zone. */
export interface MapHost {
  readonly name: string
  readonly label: string
  readonly address: string
  readonly zone: string
  readonly shape: 'card' | 'tile' | 'counted'
  readonly components: readonly MapComponent[]
  /** It exists already or is outside the plan: Rollout checks it and never installs it. */
  readonly existing: boolean
  readonly outside: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface MapZone {
  readonly id: string
  readonly title: string
  readonly network: string | null
  readonly hosts: readonly string[]
  /** `counts`: too many to draw one by one. */
  readonly shape: 'hosts' | 'counts'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface SiteMap {
  readonly zones: readonly MapZone[]
  readonly hosts: readonly MapHost[]
  readonly edges: readonly MapEdge[]
  /** Where it begins: left of 0 where flows pass there. */
  readonly left: number
  readonly width: number
  readonly height: number
}

export interface MapOptions {
  /** Shows how Rollout reaches the hosts as well. */
  readonly management: boolean
}
