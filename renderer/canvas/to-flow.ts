/** The site map as nodes and edges of React Flow, with fixed sizes and points, so that nothing is measured. */
import { type NodeHandle, Position } from '@xyflow/react'
import type { Status } from '../status/status.ts'
import type { FlowEdge } from './map-edge.tsx'
import type { HostNode, ZoneNode } from './map-nodes.tsx'
import type { SiteMap } from './map-shapes.ts'

/** Zones below, hosts above them; a host's place counts from its zone. */
export function nodesOf(map: SiteMap): (ZoneNode | HostNode)[] {
  const fixed = { draggable: false, selectable: false, connectable: false, deletable: false, focusable: false }
  return [
    ...map.zones.map((zone): ZoneNode => ({
      ...fixed,
      id: zone.id,
      type: 'zone',
      position: { x: zone.x, y: zone.y },
      width: zone.width,
      height: zone.height,
      zIndex: 0,
      handles: handlesOf(zone.width, zone.height),
      data: { zone },
    })),
    ...map.hosts.flatMap((host): HostNode[] =>
      host.shape === 'counted'
        ? []
        : [
            {
              ...fixed,
              id: host.name,
              type: host.shape,
              parentId: host.zone,
              position: { x: host.x, y: host.y },
              width: host.width,
              height: host.height,
              zIndex: 2,
              style: { pointerEvents: 'all' },
              handles: handlesOf(host.width, host.height),
              data: { host },
            },
          ],
    ),
  ]
}

/** The flows, highlighted at the chosen host. `resultOf` returns their survey result, null where none was tested. */
export function flowEdgesOf(
  map: SiteMap,
  chosen: string | null,
  resultOf: (flows: readonly string[]) => Status | null,
): FlowEdge[] {
  return map.edges.map((edge) => ({
    id: edge.id,
    type: 'flow',
    source: edge.from,
    target: edge.to,
    zIndex: 1,
    selectable: false,
    focusable: false,
    deletable: false,
    data: { edge, lit: chosen !== null && edge.hosts.has(chosen), result: resultOf(edge.flows.map((flow) => flow.id)) },
  }))
}

function handlesOf(width: number, height: number): NodeHandle[] {
  return [
    { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
    { type: 'source', position: Position.Right, x: width, y: height / 2, width: 1, height: 1 },
  ]
}
