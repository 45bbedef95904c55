/**
 * The firewall matrix as people read it: filtered, folded into rows or a grid, and as a table for the firewall team.
 */
import { componentNames, type ComponentName } from '../base/ids.ts'
import { proofStates, proofTitles, type ProofState, type ProvenFlow } from './flow-proof.ts'
import type { Plan } from '../plan/plan.ts'
import { anywhere, type Flow, workstation } from '../network/topology.ts'
import { componentTitles } from '../base/titles.ts'
import { flowText } from './text/paths.ts'

/** What an end of a path is: a component on that host, this workstation, or anything else. */
export type Role = ComponentName | 'workstation' | 'other'
export const roleTitles: Readonly<Record<Role, string>> = {
  ...componentTitles,
  workstation: flowText.workstation,
  other: flowText.others,
}
const roleOrder: readonly Role[] = [...componentNames, 'workstation', 'other']

/** A part that is null filters nothing. */
export interface FlowFilter {
  readonly role: Role | null
  readonly port: number | null
  readonly state: ProofState | null
}

/** What a path is counted by. */
export interface Facets {
  readonly roles: ReadonlyMap<Role, number>
  readonly ports: ReadonlyMap<number, number>
  readonly states: ReadonlyMap<ProofState, number>
}

/** The flows that a firewall may block: a path inside one machine crosses none. */
export function crossing(proven: readonly ProvenFlow[]): ProvenFlow[] {
  return proven.filter(({ flow }) => !flow.sameHost)
}

/** The flows that fit every part of the filter. A role fits where either end has it. */
export function filterFlows(
  plan: Plan,
  proven: readonly ProvenFlow[],
  { role, port, state }: FlowFilter,
): ProvenFlow[] {
  const roles = rolesOf(plan)
  return proven.filter(
    ({ flow, proof }) =>
      (role === null || endsOf(flow, roles).has(role)) &&
      (port === null || flow.port === port) &&
      (state === null || proof.state === state),
  )
}

/**
 * How many flows each choice of a filter would leave while its other parts stay. Choices that leave none are missing
 * unless chosen.
 */
export function facetsOf(plan: Plan, proven: readonly ProvenFlow[], filter: FlowFilter): Facets {
  const roles = rolesOf(plan)
  const ofRoles = filterFlows(plan, proven, { ...filter, role: null }).flatMap(({ flow }) => [...endsOf(flow, roles)])
  const ofPorts = filterFlows(plan, proven, { ...filter, port: null }).map(({ flow }) => flow.port)
  const ofStates = filterFlows(plan, proven, { ...filter, state: null }).map(({ proof }) => proof.state)
  return {
    roles: counted(roleOrder, ofRoles, filter.role),
    ports: counted(
      [...new Set(proven.map(({ flow }) => flow.port))].sort((a, b) => a - b),
      ofPorts,
      filter.port,
    ),
    states: counted(proofStates, ofStates, filter.state),
  }
}

function counted<T>(order: readonly T[], found: readonly T[], chosen: T | null): ReadonlyMap<T, number> {
  const counts = new Map<T, number>()
  for (const mark of found) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  return new Map(
    order.flatMap((mark) => (counts.has(mark) || mark === chosen ? [[mark, counts.get(mark) ?? 0] as const] : [])),
  )
}

function rolesOf(plan: Plan): ReadonlyMap<string, ReadonlySet<Role>> {
  const roles = new Map<string, Set<Role>>([[workstation, new Set(['workstation'])]])
  for (const { host, component } of plan.placements) roles.set(host, (roles.get(host) ?? new Set()).add(component))
  return roles
}

const others: ReadonlySet<Role> = new Set(['other'])

function endsOf(flow: Flow, roles: ReadonlyMap<string, ReadonlySet<Role>>): ReadonlySet<Role> {
  return new Set([flow.from, flow.to].flatMap((end) => [...(roles.get(end) ?? others)]))
}

export interface FlowRow {
  readonly key: string
  readonly to: string
  readonly toAddress: string
  readonly first: ProvenFlow
  readonly flows: readonly ProvenFlow[]
}

export interface FlowGroup {
  readonly title: string
  readonly rows: readonly FlowRow[]
}

const order: readonly Flow['purpose'][] = ['hub-https', 'database', 'redis', 'management', 'hub-backend']

/**
 * Groups by purpose. Inside a group, one row for each end, port, reason and result, the worst first: equal paths are
 * one row until one differs. Every flow is in exactly one row.
 */
export function flowGroups(proven: readonly ProvenFlow[]): FlowGroup[] {
  return order.flatMap((purpose) => {
    const rows = Map.groupBy(
      proven.filter(({ flow }) => flow.purpose === purpose),
      ({ flow, proof }) => [flow.to, flow.port, flow.why, flow.verdict, proof.state].join(' '),
    )
    const made = [...rows].flatMap(([key, flows]): FlowRow[] =>
      flows[0] ? [{ key, to: flows[0].flow.to, toAddress: flows[0].flow.toAddress, first: flows[0], flows }] : [],
    )
    made.sort((a, b) => loudness(a.first) - loudness(b.first))
    return made.length === 0 ? [] : [{ title: flowText.purposes[purpose], rows: made }]
  })
}

/** Ends that have the same paths, as one line of the grid. */
export interface GridEnd {
  readonly key: string
  readonly ends: readonly string[]
}

export interface FlowGrid {
  readonly from: readonly GridEnd[]
  readonly to: readonly GridEnd[]
  /** The flows from a line of `from` to one of `to`, by port; empty where there are none. */
  readonly cell: (from: GridEnd, to: GridEnd) => ReadonlyMap<number, readonly ProvenFlow[]>
}

/**
 * The flows as sources by destinations. Sources that reach the same ports of the same ends are one line, and so are
 * destinations that are reached alike.
 */
export function flowGrid(proven: readonly ProvenFlow[]): FlowGrid {
  const from = foldedBy(
    proven,
    ({ flow }) => flow.from,
    ({ flow }) => `${flow.to} ${flow.port}`,
  )
  const lineOf = new Map(from.flatMap((line) => line.ends.map((end) => [end, line.key] as const)))
  const to = foldedBy(
    proven,
    ({ flow }) => flow.to,
    ({ flow }) => `${lineOf.get(flow.from) ?? ''} ${flow.port}`,
  )
  const columnOf = new Map(to.flatMap((column) => column.ends.map((end) => [end, column.key] as const)))
  const cells = Map.groupBy(proven, ({ flow }) => `${lineOf.get(flow.from) ?? ''}>${columnOf.get(flow.to) ?? ''}`)
  return {
    from,
    to,
    cell: (line, column) => Map.groupBy(cells.get(`${line.key}>${column.key}`) ?? [], ({ flow }) => flow.port),
  }
}

function foldedBy(
  proven: readonly ProvenFlow[],
  endOf: (flow: ProvenFlow) => string,
  markOf: (flow: ProvenFlow) => string,
): GridEnd[] {
  const marks = new Map<string, Set<string>>()
  for (const flow of proven) marks.set(endOf(flow), (marks.get(endOf(flow)) ?? new Set()).add(markOf(flow)))
  const alike = Map.groupBy(marks.keys(), (end) => [...(marks.get(end) ?? [])].sort().join('|'))
  return [...alike.values()].map((ends) => ({ key: ends[0] ?? '', ends }))
}

/** The worst state among some flows; undefined where there are none. */
export function loudest(proven: readonly ProvenFlow[]): ProofState | undefined {
  return proofStates.find((state) => proven.some(({ proof }) => proof.state === state))
}

function loudness({ proof }: ProvenFlow): number {
  return proofStates.indexOf(proof.state)
}

/** The name of an end as people read it. */
export function endTitle(end: string): string {
  return end === workstation ? flowText.workstation : end === anywhere ? flowText.anywhere : end
}

/** Head and one line for each path, for a spreadsheet or a text: nothing is folded. Times are ISO 8601, UTC. */
export function matrixTable(plan: Plan, proven: readonly ProvenFlow[]): string[][] {
  const addresses = new Map(plan.hosts.map((host) => [host.name, host.address]))
  return [
    [...flowText.head],
    ...proven.map(({ flow, proof }) => [
      endTitle(flow.from),
      addresses.get(flow.from) ?? '',
      endTitle(flow.to),
      flow.to === workstation ? '' : flow.toAddress,
      'TCP',
      String(flow.port),
      flowText.inbound,
      flow.verdict === 'allow' ? flowText.allow : flowText.keepClosed,
      flow.why,
      flow.source,
      proofTitles[proof.state],
      proof.at === null ? '' : new Date(proof.at).toISOString(),
      proof.how,
    ]),
  ]
}

/** The matrix as plain text, one block for each path with what was tested, headed by the plan and its revision. */
export function matrixText(plan: Plan, revision: number, proven: readonly ProvenFlow[]): string {
  const [head = [], ...lines] = matrixTable(plan, proven)
  const width = Math.max(...head.map((title) => title.length))
  const blocks = lines.map((cells) =>
    head.flatMap((title, i) => (cells[i] ? [`${title.padEnd(width)}  ${cells[i]}`] : [])).join('\n'),
  )
  return [flowText.title(plan.name, revision, proven.length), ...blocks].join('\n\n') + '\n'
}
