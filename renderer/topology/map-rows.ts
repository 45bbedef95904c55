/** The rows of the list beside the map: filtered and sorted. Pure. */
import type { MapHost, SiteMap } from '../canvas/map-shapes.ts'
import type { Severity } from '../../domain/base/finding.ts'
import { compareNames, rankOf } from '../plan/hosts/host-rows.ts'

export type MapColumn = 'zone' | 'name' | 'components' | 'flows' | 'findings'
export interface MapSort {
  /** `zone` is the map's own order. */
  readonly by: MapColumn
  readonly descending: boolean
}

export interface MapRow {
  readonly name: string
  readonly host: MapHost | undefined
  readonly zone: string
  readonly components: string
  /** Destinations of its flows as host:port. */
  readonly flows: readonly string[]
  readonly severity: Severity
}

/** The hosts with the filter text in any column, sorted; equal ones in the order of the map. */
export function mapRows(
  map: SiteMap,
  worst: ReadonlyMap<string, Severity>,
  { by, descending }: MapSort,
  filter = '',
): MapRow[] {
  const hosts = new Map(map.hosts.map((host) => [host.name, host]))
  const flows = Map.groupBy(
    map.edges.flatMap((edge) => edge.flows),
    (flow) => flow.from,
  )
  const wanted = filter.trim().toLowerCase()
  const rows = map.zones
    .flatMap((zone) =>
      zone.hosts.map((name): MapRow => {
        const host = hosts.get(name)
        return {
          name,
          host,
          zone: [zone.title, zone.network ?? ''].filter(Boolean).join(' · '),
          severity: worst.get(name) ?? 'pass',
          components:
            host?.components.map(({ title, port }) => title + (port === null ? '' : ` ${port}`)).join(', ') ?? '',
          flows: (flows.get(name) ?? []).map((flow) => `${flow.to}:${flow.port}`),
        }
      }),
    )
    .filter((row) =>
      `${row.name} ${row.host?.address ?? ''} ${row.zone} ${row.components} ${row.flows.join(' ')}`
        .toLowerCase()
        .includes(wanted),
    )
  const way = descending ? -1 : 1
  return by === 'zone' ? (descending ? rows.reverse() : rows) : rows.sort((a, b) => way * compareBy(a, b, by))
}

function compareBy(a: MapRow, b: MapRow, by: Exclude<MapColumn, 'zone'>): number {
  switch (by) {
    case 'findings':
      return rankOf(a.severity) - rankOf(b.severity)
    case 'flows':
      return b.flows.length - a.flows.length
    default:
      return compareNames(a[by], b[by])
  }
}
