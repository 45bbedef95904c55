/** Owns what a survey says about paths of the firewall matrix: each was tried from the host that will use it. */
import type { SeenHost } from '../../domain/contract/shapes.ts'
import type { Flow } from '../../domain/topology.ts'
import type { Status } from '../status/status.ts'

export interface FlowResult {
  readonly status: Status
  readonly word: string
}

const words = { open: 'Open', refused: 'Gets through', filtered: 'No answer', unreachable: 'No way there', unresolved: 'Name not known' } as const
const statuses = { open: 'pass', refused: 'pass', filtered: 'warn', unreachable: 'block', unresolved: 'block' } as const satisfies Record<keyof typeof words, Status>
const loudest = ['block', 'warn', 'unknown', 'pass'] as const

/** The result of one path; undefined where no survey has tried it. */
function resultOf(flow: Flow, hosts: ReadonlyMap<string, SeenHost>): FlowResult | undefined {
  const seen = hosts.get(flow.from)
  const probe = seen?.probes.find((one) => one.flow.id === flow.id)
  if (probe) return { status: statuses[probe.outcome], word: words[probe.outcome] }
  return seen?.unreached ? { status: 'unknown', word: 'Not tried: the host gave no answer' } : undefined
}

/** The result of several paths in one row: the loudest, with how many it holds for where they differ. */
export function resultOfAll(flows: readonly Flow[], hosts: ReadonlyMap<string, SeenHost>): FlowResult {
  const results = flows.flatMap((flow) => resultOf(flow, hosts) ?? [])
  const status = loudest.find((one) => results.some((result) => result.status === one))
  const worst = results.filter((result) => result.status === status)
  const [first] = worst
  if (!status || !first) return { status: 'planned', word: 'Planned' }
  return { status, word: worst.length === flows.length ? first.word : `${first.word} on ${worst.length} of ${flows.length}` }
}
