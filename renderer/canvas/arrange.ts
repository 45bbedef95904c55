/** Graph layout by ELK in a worker, for plans with several Hubs, which the column layout cannot draw well. */
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import { type MapEdge, type MapHost, type MapZone, serverZone, type SiteMap, size } from './map-shapes.ts'

/** The map with zones and servers placed by ELK. Rejects when the worker cannot be started. */
export async function arranged(map: SiteMap): Promise<SiteMap> {
  const [
    {
      default: { default: Elk },
    },
    { default: workerUrl },
  ] = await Promise.all([import('elkjs/lib/elk-api.js'), import('elkjs/lib/elk-worker.min.js?url')])
  const elk = new Elk({ workerUrl })
  try {
    return withPlaces(freed(map), await elk.layout(graphOf(freed(map))))
  } finally {
    elk.terminateWorker()
  }
}

/** Gives every server its own zone, so that ELK places each of them separately. */
export function freed(map: SiteMap): SiteMap {
  const servers = map.hosts.filter((host) => host.zone === serverZone)
  const own = servers.map((host): MapZone => ({
    id: `server/${host.name}`,
    title: host.components[0]?.title ?? 'Server',
    network: null,
    hosts: [host.name],
    shape: 'hosts',
    x: 0,
    y: 0,
    width: size.server.width + 2 * size.pad,
    height: size.head + size.server.height + size.pad,
  }))
  const moved = (host: MapHost): MapHost =>
    host.zone === serverZone ? { ...host, zone: `server/${host.name}`, x: size.pad, y: size.head } : host
  return { ...map, zones: [...map.zones.filter((zone) => zone.id !== serverZone), ...own], hosts: map.hosts.map(moved) }
}

function graphOf(map: SiteMap): ElkNode {
  return {
    id: 'site',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': '140',
      'elk.spacing.nodeNode': '24',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: map.zones.map(({ id, width, height }) => ({ id, width, height })),
    edges: map.edges.map((edge): ElkExtendedEdge => ({
      id: edge.id,
      sources: [zoneOf(map, edge.from)],
      targets: [zoneOf(map, edge.to)],
    })),
  }
}

/** The map with the places and bends of a finished layout. */
export function withPlaces(map: SiteMap, laid: ElkNode): SiteMap {
  const places = new Map((laid.children ?? []).map((node) => [node.id, node]))
  const bends = new Map((laid.edges ?? []).map((edge) => [edge.id, edge.sections?.[0]]))
  const zones = map.zones.map((zone) => ({
    ...zone,
    x: places.get(zone.id)?.x ?? zone.x,
    y: places.get(zone.id)?.y ?? zone.y,
  }))
  const edges = map.edges.flatMap((edge): MapEdge[] => {
    const section = bends.get(edge.id)
    if (!section) return []
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]
    return [{ ...edge, points, labelAt: { x: section.startPoint.x + 58, y: section.startPoint.y } }]
  })
  return {
    ...map,
    zones,
    edges,
    left: 0,
    width: Math.max(0, ...zones.map((zone) => zone.x + zone.width)),
    height: Math.max(0, ...zones.map((zone) => zone.y + zone.height)),
  }
}

function zoneOf(map: SiteMap, id: string): string {
  return map.hosts.find((host) => host.name === id)?.zone ?? id
}
