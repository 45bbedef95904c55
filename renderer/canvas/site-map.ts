/**
 * The layout of the site map: zones, hosts and flows, computed in the order of names, so that an added host moves as
 * little as possible.
 */
import { type ComponentName, componentNames } from '../../domain/base/ids.ts'
import type { Host } from '../../domain/plan/host.ts'
import { indexPlan } from '../../domain/plan/plan-index.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { Topology } from '../../domain/network/topology.ts'
import { componentTitles } from '../../domain/base/titles.ts'
import { sharedStart } from '../shared/host-label.ts'
import { edgesOf } from './map-edges.ts'
import { zoneText } from './text.ts'
import {
  type MapComponent,
  type MapHost,
  type MapOptions,
  type MapZone,
  serverZone,
  sideTracks,
  type SiteMap,
  size,
  workstationZone,
} from './map-shapes.ts'

const mostCards = 8
const mostTiles = 60
const countRows = 5

interface Group {
  readonly id: string
  readonly title: string
  readonly hosts: readonly Host[]
  readonly tiles: boolean
}

/** The map of a plan, in pixels at zoom 1. Without a topology it has no flows. */
export function siteMap(plan: Plan, topology: Topology | null, options: MapOptions = { management: false }): SiteMap {
  const index = indexPlan(plan)
  const componentsOf = (host: string): readonly ComponentName[] =>
    componentNames.filter(
      (component) => index.placementsOn.get(host)?.some((placement) => placement.component === component) ?? false,
    )
  const sorted = plan.hosts.toSorted((a, b) => compare(a.name, b.name))
  const groups = groupsOf(plan, sorted, componentsOf)
  const top = options.management ? size.card.height + 2 * size.gap : 0
  // Many tiles get longer rows, because a window is wider than it is high.
  const tiles = groups.filter((group) => group.tiles)
  const perRow =
    tiles.some((group) => group.hosts.length > 20) || tiles.reduce((sum, group) => sum + group.hosts.length, 0) > 40
      ? 8
      : 5
  const width = 2 * size.pad + perRow * size.tile.width + (perRow - 1) * size.cardGap
  const zones: MapZone[] = []
  const hosts: MapHost[] = []
  let y = top
  for (const group of groups) {
    const zone = clientZone(group, y, width, perRow)
    zones.push(zone)
    hosts.push(...clientHosts(group, width, perRow, plan, componentsOf))
    y += zone.height + size.gap
  }
  const clientsHeight = Math.max(0, y - size.gap - top)
  const servers = serverColumn(plan, sorted, topology, componentsOf)
  if (servers.length > 0) {
    const x = groups.length > 0 ? width + size.lane + groups.length * size.laneStep : 0
    const height =
      size.head +
      servers.reduce((sum, card) => sum + card.height, 0) +
      (servers.length - 1) * size.server.gap +
      size.pad
    // Every client goes to the Hub, so the servers are centred beside the clients.
    const zoneY = top + Math.max(0, Math.round((Math.min(clientsHeight, 900) - height) / 2))
    zones.push({
      id: serverZone,
      title: zoneText.servers,
      network: networkOf(sorted.filter((host) => servers.some((card) => card.name === host.name))),
      hosts: servers.map((card) => card.name),
      shape: 'hosts',
      x,
      y: zoneY,
      width: size.server.width + 2 * size.pad + sideTracks,
      height,
    })
    hosts.push(...servers)
  }
  if (options.management) {
    zones.push({
      id: workstationZone,
      title: zoneText.workstation,
      network: null,
      hosts: [],
      shape: 'hosts',
      x: 0,
      y: 0,
      width: size.card.width + 2 * size.pad,
      height: size.head + size.pad,
    })
  }
  return {
    zones,
    hosts,
    edges: topology ? edgesOf(topology, zones, hosts, options) : [],
    left: options.management ? -100 : 0,
    width: Math.max(0, ...zones.map((zone) => zone.x + zone.width)),
    height: Math.max(0, ...zones.map((zone) => zone.y + zone.height)),
  }
}

function groupsOf(
  plan: Plan,
  sorted: readonly Host[],
  componentsOf: (host: string) => readonly ComponentName[],
): Group[] {
  const rest = sorted.filter((host) => !isServer(componentsOf(host.name)))
  const environmentOf = new Map(
    plan.placements.flatMap((placement) =>
      placement.component === 'runner' ? [[placement.host, placement.environment ?? ''] as const] : [],
    ),
  )
  const runners = rest.filter((host) => componentsOf(host.name).includes('runner'))
  const studios = rest.filter((host) => componentsOf(host.name).includes('studio') && !runners.includes(host))
  const unplaced = rest.filter((host) => componentsOf(host.name).length === 0)
  const environments = [...plan.environments.map((environment) => environment.name), '']
  return [
    { id: 'studios', title: zoneText.studios, hosts: studios, tiles: studios.length > mostCards },
    ...environments.map((name) => ({
      id: `runners/${name}`,
      title: zoneText.runners(name),
      hosts: runners.filter((host) => environmentOf.get(host.name) === name),
      tiles: true,
    })),
    { id: 'unplaced', title: zoneText.unplaced, hosts: unplaced, tiles: unplaced.length > mostCards },
  ].filter((group) => group.hosts.length > 0)
}

function isServer(components: readonly ComponentName[]): boolean {
  return components.some((component) => component === 'hub' || component === 'postgresql' || component === 'redis')
}

function clientZone(group: Group, y: number, width: number, perRow: number): MapZone {
  const many = group.hosts.length > mostTiles
  const rows = group.tiles ? Math.ceil(group.hosts.length / perRow) : Math.ceil(group.hosts.length / cardsPerRow(width))
  const inner = many
    ? countRows * size.countRow
    : group.tiles
      ? rows * (size.tile.height + size.cardGap) - size.cardGap
      : rows * (size.card.height + size.cardGap) - size.cardGap
  return {
    id: group.id,
    title: group.title,
    network: networkOf(group.hosts),
    hosts: group.hosts.map((host) => host.name),
    shape: many ? 'counts' : 'hosts',
    x: 0,
    y,
    width,
    height: size.head + inner + size.pad,
  }
}

function clientHosts(
  group: Group,
  width: number,
  perRow: number,
  plan: Plan,
  componentsOf: (host: string) => readonly ComponentName[],
): MapHost[] {
  const label = shortNames(group.hosts.map((host) => host.name))
  const columns = group.tiles ? perRow : cardsPerRow(width)
  const box = group.tiles
    ? size.tile
    : { width: (width - 2 * size.pad - (columns - 1) * size.cardGap) / columns, height: size.card.height }
  return group.hosts.map((host, i) => ({
    name: host.name,
    label: group.tiles ? label(host.name) : host.name,
    address: host.address,
    zone: group.id,
    shape: group.hosts.length > mostTiles ? 'counted' : group.tiles ? 'tile' : 'card',
    components: mapComponents(plan, componentsOf(host.name)),
    existing: onlyExisting(plan, host.name),
    outside: false,
    x: size.pad + (i % columns) * (box.width + size.cardGap),
    y: size.head + Math.floor(i / columns) * (box.height + size.cardGap),
    width: box.width,
    height: box.height,
  }))
}

function cardsPerRow(width: number): number {
  return Math.max(1, Math.floor((width - 2 * size.pad + size.cardGap) / (size.card.width + size.cardGap)))
}

/** Hubs first, then databases, then Redis, including servers that the plan only connects to. */
function serverColumn(
  plan: Plan,
  sorted: readonly Host[],
  topology: Topology | null,
  componentsOf: (host: string) => readonly ComponentName[],
): MapHost[] {
  const order: readonly ComponentName[] = ['hub', 'postgresql', 'redis']
  const first = (components: readonly ComponentName[]): number =>
    order.findIndex((component) => components.includes(component))
  const placed = sorted
    .filter((host) => isServer(componentsOf(host.name)))
    .map((host) => ({
      name: host.name,
      label: host.name,
      address: host.address,
      components: componentsOf(host.name),
      existing: onlyExisting(plan, host.name),
      outside: false,
    }))
  const managed = (topology?.flows ?? []).flatMap((flow) => {
    if (flow.kind !== 'product' || flow.verdict !== 'allow' || plan.hosts.some((host) => host.name === flow.to))
      return []
    const component = (
      { 'hub-https': 'hub', database: 'postgresql', redis: 'redis' } as const satisfies Partial<
        Record<typeof flow.purpose, ComponentName>
      > as Partial<Record<typeof flow.purpose, ComponentName>>
    )[flow.purpose]
    return component
      ? [
          {
            name: flow.to,
            label: flow.to,
            address: flow.toAddress,
            components: [component],
            existing: true,
            outside: true,
          },
        ]
      : []
  })
  const outside = [...new Map(managed.map((server) => [server.name, server])).values()].sort((a, b) =>
    compare(a.name, b.name),
  )
  return [...placed, ...outside]
    .sort((a, b) => first(a.components) - first(b.components) || compare(a.name, b.name))
    .map((server, i) => ({
      ...server,
      zone: serverZone,
      shape: 'card',
      components: mapComponents(plan, server.components),
      x: size.pad,
      y: size.head + i * (size.server.height + size.server.gap),
      width: size.server.width,
      height: size.server.height,
    }))
}

function mapComponents(plan: Plan, components: readonly ComponentName[]): MapComponent[] {
  const port: Partial<Record<ComponentName, number>> = {
    hub: plan.hub.httpsPort,
    postgresql: plan.database.port,
    ...(plan.redis.kind === 'bundled' ? {} : { redis: plan.redis.port }),
  }
  const version = plan.database.version
  return components.map((component) => ({
    component,
    title: component === 'postgresql' && version !== undefined ? `PostgreSQL ${version}` : componentTitles[component],
    port: port[component] ?? null,
  }))
}

function onlyExisting(plan: Plan, host: string): boolean {
  const there = indexPlan(plan).placementsOn.get(host) ?? []
  return there.length > 0 && there.every((placement) => placement.provision === 'existing')
}

function networkOf(hosts: readonly Host[]): string | null {
  const [first] = hosts
  return first?.network !== undefined && hosts.every((host) => host.network === first.network) ? first.network : null
}

/** Short labels of the hosts of a zone: names without their common beginning, seven letters at most. */
export function shortNames(names: readonly string[]): (name: string) => string {
  const shared = sharedStart(names)
  return (name) => {
    const short = names.length > 1 ? name.slice(shared) : name
    return short.length > 7 ? `…${short.slice(-6)}` : short
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
