/** The lines of the flows: joined by zone, labelled, and bent at right angles on separate lanes. */
import type { Flow, Topology } from '../../domain/network/topology.ts'
import {
  type MapEdge,
  type MapHost,
  type MapOptions,
  type MapZone,
  type Point,
  serverZone,
  sideTracks,
  size,
  workstationZone,
} from './map-shapes.ts'

interface Bundle {
  readonly from: string
  readonly to: string
  readonly port: number
  readonly kind: Flow['kind']
  readonly words: string
  readonly flows: Flow[]
}

/**
 * The lines of a topology between the zones and hosts of a layout. Flows inside one machine and ports that must stay
 * closed have none.
 */
export function edgesOf(
  topology: Topology,
  zones: readonly MapZone[],
  hosts: readonly MapHost[],
  options: MapOptions,
): MapEdge[] {
  const zoneOf = new Map(zones.flatMap((zone) => zone.hosts.map((host) => [host, zone.id] as const)))
  const bundles = new Map<string, Bundle>()
  for (const flow of topology.flows) {
    if (flow.sameHost || flow.verdict !== 'allow' || (flow.kind === 'management' && !options.management)) continue
    // Clients go out as a zone; between servers each path is its own.
    const from =
      flow.kind === 'management'
        ? workstationZone
        : zoneOf.get(flow.from) === serverZone
          ? flow.from
          : zoneOf.get(flow.from)
    const to = flow.kind === 'management' ? zoneOf.get(flow.to) : flow.to
    if (from === undefined || to === undefined) continue
    const words = flow.kind === 'management' ? managementWords(flow) : flow.purpose === 'hub-https' ? 'HTTPS' : 'TCP'
    const key = `${from}>${to}:${flow.port}${words}`
    const bundle = bundles.get(key) ?? { from, to, port: flow.port, kind: flow.kind, words, flows: [] }
    bundle.flows.push(flow)
    bundles.set(key, bundle)
  }
  const drawn = [...bundles.entries()]
  const clients = drawn.filter(
    ([, bundle]) => bundle.kind === 'product' && zones.some((zone) => zone.id === bundle.from),
  )
  return drawn.flatMap(([id, bundle]) => {
    const path =
      bundle.kind === 'management'
        ? managementPath(bundle, zones)
        : zones.some((zone) => zone.id === bundle.from)
          ? clientPath(
              bundle,
              clients.map(([, other]) => other),
              zones,
              hosts,
            )
          : serverPath(
              bundle,
              drawn.map(([, other]) => other),
              zones,
              hosts,
            )
    if (!path) return []
    const { from, to, kind, flows, words, port } = bundle
    return [
      {
        id,
        from,
        to,
        kind,
        flows,
        label: `${words} ${port}`,
        count: flows.length,
        hosts: new Set(flows.flatMap((flow) => [flow.from, flow.to])),
        ...path,
      },
    ]
  })
}

function managementWords({ why }: Flow): string {
  return why.includes('WinRM') ? 'WinRM' : 'SSH'
}

type Path = Pick<MapEdge, 'points' | 'labelAt'>

// From the middle of the zone's right side to the left side of the card, each on its own lane; outer zones bend first.
function clientPath(
  bundle: Bundle,
  all: readonly Bundle[],
  zones: readonly MapZone[],
  hosts: readonly MapHost[],
): Path | undefined {
  const from = zones.find((zone) => zone.id === bundle.from)
  const to = placeOf(bundle.to, zones, hosts)
  if (!from || !to) return undefined
  const same = all
    .filter((other) => other.to === bundle.to)
    .map((other) => ({ other, y: middle(zones.find((zone) => zone.id === other.from)) }))
    .sort((a, b) => a.y - b.y)
  const n = same.findIndex(({ other }) => other === bundle)
  const startY = middle(from)
  const endY = to.y + ((n + 1) * to.height) / (same.length + 1)
  // Lanes do not cross: above the card the upper zone bends further right, below it the lower one further left.
  const above = same.filter(({ y }) => y <= to.y + to.height / 2).length
  const step = startY <= to.y + to.height / 2 ? above - 1 - n : n - above
  const startX = from.x + from.width
  const gate = zones.find((zone) => zone.id === serverZone)?.x ?? to.x
  const bendX = gate - 14 - Math.max(0, step) * size.laneStep
  const points =
    startY === endY
      ? [
          { x: startX, y: startY },
          { x: to.x, y: endY },
        ]
      : [
          { x: startX, y: startY },
          { x: bendX, y: startY },
          { x: bendX, y: endY },
          { x: to.x, y: endY },
        ]
  return { points, labelAt: { x: startX + 58, y: startY } }
}

// Straight down to the card below; to those further down along the right side.
function serverPath(
  bundle: Bundle,
  all: readonly Bundle[],
  zones: readonly MapZone[],
  hosts: readonly MapHost[],
): Path | undefined {
  const from = placeOf(bundle.from, zones, hosts)
  const to = placeOf(bundle.to, zones, hosts)
  if (!from || !to) return undefined
  const down = to.y > from.y
  const next = Math.abs(to.y - from.y) <= size.server.height + size.server.gap + 1
  if (next) {
    const x = from.x + Math.round(from.width / 3)
    const start = down ? from.y + from.height : from.y
    const end = down ? to.y : to.y + to.height
    return {
      points: [
        { x, y: start },
        { x, y: end },
      ],
      labelAt: { x, y: (start + end) / 2 },
    }
  }
  const long = all.filter(
    (other) => other.kind === 'product' && other !== bundle && other.from === bundle.from && other.to < bundle.to,
  ).length
  const rightX = from.x + from.width + Math.min(sideTracks - 8, 14 + long * size.laneStep)
  const exitX = from.x + from.width - 44
  const x = to.x + Math.round(to.width / 3)
  const exitY = from.y + from.height + 18
  const enterY = to.y - 24
  return {
    points: [
      { x: exitX, y: from.y + from.height },
      { x: exitX, y: exitY },
      { x: rightX, y: exitY },
      { x: rightX, y: enterY },
      { x, y: enterY },
      { x, y: to.y },
    ],
    labelAt: { x: (x + rightX) / 2 + 12, y: enterY },
  }
}

// Along the left edge for clients; over the top for servers.
function managementPath(bundle: Bundle, zones: readonly MapZone[]): Path | undefined {
  const from = zones.find((zone) => zone.id === workstationZone)
  const to = zones.find((zone) => zone.id === bundle.to)
  if (!from || !to) return undefined
  const fromY = middle(from)
  if (to.id === serverZone) {
    const x = to.x + to.width / 2
    return {
      points: [
        { x: from.x + from.width, y: fromY },
        { x, y: fromY },
        { x, y: to.y },
      ],
      labelAt: { x: from.x + from.width + 58, y: fromY },
    }
  }
  const y = middle(to)
  const left = -28
  return {
    points: [
      { x: from.x, y: fromY },
      { x: left, y: fromY },
      { x: left, y },
      { x: to.x, y },
    ],
    labelAt: { x: left - 34, y },
  }
}

function placeOf(
  name: string,
  zones: readonly MapZone[],
  hosts: readonly MapHost[],
): { x: number; y: number; width: number; height: number } | undefined {
  const host = hosts.find((candidate) => candidate.name === name)
  const zone = zones.find((candidate) => candidate.id === (host ? host.zone : name))
  if (!zone) return undefined
  return host ? { x: zone.x + host.x, y: zone.y + host.y, width: host.width, height: host.height } : zone
}

function middle(zone: MapZone | undefined): number {
  return zone ? zone.y + zone.height / 2 : 0
}

/** The path as SVG draws it, with rounded corners; points in pixels. */
export function pathOf(points: readonly Point[], radius = 6): string {
  const [first, ...rest] = points
  if (!first) return ''
  let path = `M${first.x},${first.y}`
  let before = first
  rest.forEach((point, i) => {
    const after = rest[i + 1]
    if (!after) path += `L${point.x},${point.y}`
    else {
      const into = toward(point, before, radius)
      const out = toward(point, after, radius)
      path += `L${into.x},${into.y}Q${point.x},${point.y} ${out.x},${out.y}`
    }
    before = point
  })
  return path
}

function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
