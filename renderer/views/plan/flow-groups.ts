/** Owns the folding of flows into the rows of the matrix: equal ones are one row. */
import type { Flow } from '../../../domain/topology.ts'

export interface FlowRow {
  readonly key: string
  readonly to: string
  readonly toAddress: string
  readonly first: Flow
  readonly flows: readonly Flow[]
}

export interface FlowGroup {
  readonly title: string
  readonly rows: readonly FlowRow[]
}

const titles: Record<Flow['purpose'], string> = { 'hub-https': 'To the Hub', 'database': 'To the database', 'redis': 'To Redis', 'hub-backend': 'Must stay closed', 'management': 'Rollout itself' }
const order: readonly Flow['purpose'][] = ['hub-https', 'database', 'redis', 'management', 'hub-backend']

/** Groups by purpose; inside one row for each end, port and reason. For management the many ends are the targets. Every flow is in exactly one row; a way inside one machine needs no firewall and is left out. */
export function flowGroups(flows: readonly Flow[]): FlowGroup[] {
  return order.flatMap((purpose) => {
    const rows = new Map<string, Flow[]>()
    for (const flow of flows) {
      if (flow.purpose !== purpose || flow.sameHost) continue
      const key = [flow.to, flow.port, flow.why, flow.verdict].join(' ')
      const row = rows.get(key)
      if (row) row.push(flow)
      else rows.set(key, [flow])
    }
    const made = [...rows].flatMap(([key, members]): FlowRow[] => (members[0] ? [{ key, to: members[0].to, toAddress: members[0].toAddress, first: members[0], flows: members }] : []))
    return made.length === 0 ? [] : [{ title: titles[purpose], rows: made }]
  })
}
