/** Rows of the hosts table: filtered and sorted. Pure. */
import type { Severity } from '../../../domain/base/finding.ts'
import type { Host } from '../../../domain/plan/host.ts'
import type { Placement, Plan } from '../../../domain/plan/plan.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { reachTitle } from '../forms/reach-title.ts'
import { hostsText } from './text.ts'

export type HostColumn = 'name' | 'address' | 'os' | 'reach' | 'network' | 'components' | 'environment' | 'findings'
export interface HostSort {
  readonly by: HostColumn
  readonly descending: boolean
}

export interface HostRow {
  readonly host: Host
  readonly components: string
  readonly environment: string
  readonly reach: string
  readonly severity: Severity
}

const rank: Readonly<Record<Severity, number>> = { block: 0, warn: 1, pass: 2 }
// Numbers in names and addresses sort as numbers: RUN2 before RUN10.
const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Compares two names: below 0 when `a` comes first. */
export function compareNames(a: string, b: string): number {
  return compare(a, b)
}

/** The rank of a severity; the worst has the lowest. */
export function rankOf(severity: Severity): number {
  return rank[severity]
}

/** The hosts with `filter` in any column, sorted; ties by name. `worst` is the worst severity of each host. */
export function hostRows(
  plan: Plan,
  worst: ReadonlyMap<string, Severity>,
  { by, descending }: HostSort,
  filter = '',
): HostRow[] {
  const placed = new Map<string, Placement[]>()
  for (const placement of plan.placements)
    placed.set(placement.host, [...(placed.get(placement.host) ?? []), placement])
  const wanted = filter.trim().toLowerCase()
  const way = descending ? -1 : 1
  return plan.hosts
    .map((host): HostRow => {
      const placements = placed.get(host.name) ?? []
      return {
        host,
        components: placements
          .map(({ component, provision }) =>
            provision === 'existing' ? hostsText.existing(component) : componentTitles[component],
          )
          .join(', '),
        environment: [...new Set(placements.flatMap((placement) => placement.environment ?? []))].join(', '),
        reach: reachTitle(host.reach),
        severity: worst.get(host.name) ?? 'pass',
      }
    })
    .filter(
      (row) =>
        wanted === '' ||
        [
          row.host.name,
          row.host.address,
          row.host.os ?? '',
          row.host.network ?? '',
          row.host.credential ?? '',
          row.components,
          row.environment,
          row.reach,
        ]
          .join(' ')
          .toLowerCase()
          .includes(wanted),
    )
    .sort((a, b) => way * compareBy(a, b, by) || compare(a.host.name, b.host.name))
}

function compareBy(a: HostRow, b: HostRow, by: HostColumn): number {
  switch (by) {
    case 'findings':
      return rank[a.severity] - rank[b.severity]
    case 'components':
    case 'environment':
    case 'reach':
      return compare(a[by], b[by])
    default:
      return compare(a.host[by] ?? '', b.host[by] ?? '')
  }
}
