/** Owns the survey as a matrix: which checks are a column, what stands in each cell, which rows are shown. */
import type { JudgedFinding, SeenHost } from '../../domain/contract/shapes.ts'
import { worst, type Finding } from '../../domain/base/finding.ts'
import { isManaged, type Host } from '../../domain/plan/host.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { surveyChecks } from '../../domain/checks/survey.ts'
import { componentTitles } from '../../domain/base/titles.ts'
import type { Status } from '../status/status.ts'

export interface Column {
  readonly id: string
  readonly head: string
  readonly title: string
  readonly checks: readonly string[]
}

export const columns = [
  { id: 'reach', head: 'Reach', title: 'Reach', checks: [surveyChecks.reached] },
  { id: 'rights', head: 'Rights', title: 'Administrator rights', checks: ['administrator'] },
  { id: 'edition', head: 'Edition', title: 'Edition of Windows', checks: ['os-matches', 'hub-os-seen'] },
  { id: 'shell', head: 'Shell', title: 'PowerShell', checks: ['powershell-version'] },
  { id: 'bits', head: '64-bit', title: 'Architecture', checks: ['architecture'] },
  { id: 'restart', head: 'Restart', title: 'Restart due', checks: ['pending-reboot'] },
  { id: 'disk', head: 'Disk', title: 'Free disk', checks: ['free-disk'] },
  { id: 'clock', head: 'Clock', title: 'Clock', checks: ['clock'] },
  { id: 'name', head: 'Name', title: 'Name of the machine', checks: ['host-name'] },
  { id: 'ports', head: 'Ports', title: 'Ports in use', checks: ['port-in-use'] },
  { id: 'services', head: 'Services', title: 'Services', checks: ['service-exists'] },
  { id: 'paths', head: 'Paths', title: 'Network paths from this host', checks: [surveyChecks.flow] },
] as const satisfies readonly Column[]
export type ColumnId = (typeof columns)[number]['id']

export interface Row {
  readonly host: Host
  readonly group: string
  readonly seen: SeenHost | undefined
  /** In the order of `columns`. */
  readonly cells: readonly Status[]
}

/** What is seen so far: `running` is false once nobody visits hosts any more. */
export interface Seen {
  readonly hosts: ReadonlyMap<string, SeenHost>
  readonly visiting: ReadonlySet<string>
  readonly running: boolean
}

/** Every managed host of the plan with its cells, in the plan's order inside its group. `judged` are the findings with their waivers. */
export function matrixRows(plan: Plan, seen: Seen, judged: readonly JudgedFinding[]): Row[] {
  const waived = new Set(
    judged.filter((finding) => finding.waiver !== null).map(({ check, subject }) => `${check} ${subject}`),
  )
  const groups = groupsOf(plan)
  const rows = plan.hosts.filter(isManaged).map((host): Row => {
    const answer = seen.hosts.get(host.name)
    const visited = seen.visiting.has(host.name)
    const group = groups.get(host.name) ?? 'Other'
    if (!answer || visited)
      return {
        host,
        group,
        seen: answer,
        cells: columns.map(() => (visited ? 'running' : seen.running && !answer ? 'planned' : 'unknown')),
      }
    return { host, group, seen: answer, cells: columns.map((column) => cellOf(answer, column, waived)) }
  })
  const order = [...new Set(rows.map((row) => row.group))].sort((a, b) => rank(a) - rank(b))
  return order.flatMap((group) => rows.filter((row) => row.group === group))
}

/** The findings of a cell. */
export function findingsOf(seen: SeenHost, column: Column): Finding[] {
  return seen.findings.filter((finding) => column.checks.includes(finding.check))
}

function cellOf(answer: SeenHost, column: Column, waived: ReadonlySet<string>): Status {
  if (column.id === 'reach')
    return answer.unreached === null
      ? 'pass'
      : waived.has(`${surveyChecks.reached} host ${answer.host}`)
        ? 'excluded'
        : 'unreachable'
  const findings = findingsOf(answer, column)
  // A host that stopped answering half-way has said nothing about what was not asked yet.
  if (findings.length === 0) return answer.unreached === null ? 'skipped' : 'unknown'
  const severity = worst(findings)
  const open = findings.filter(
    (finding) => finding.severity !== 'pass' && !waived.has(`${finding.check} ${finding.subject}`),
  )
  return severity !== 'pass' && open.length === 0 ? 'excluded' : worst(open)
}

/** The statuses that are counted and filtered by, the loudest first. */
export const countedStatuses = ['block', 'warn', 'unreachable', 'unknown', 'excluded'] as const

/** How many cells stand in each status. */
export function countCells(rows: readonly Row[]): ReadonlyMap<Status, number> {
  const counts = new Map<Status, number>()
  for (const cell of rows.flatMap((row) => row.cells)) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return counts
}

/** True where the row has anything but passes. */
export function hasFinding(row: Row): boolean {
  return row.cells.some((cell) => (countedStatuses as readonly Status[]).includes(cell))
}

/** A word for a cell; the closed list of statuses has no name of its own for what does not apply here and what a person accepted. */
export function cellWord(status: Status, words: Readonly<Record<Status, string>>): string {
  return status === 'skipped' ? 'Does not apply' : status === 'excluded' ? 'Accepted' : words[status]
}

/** The system in few words: what the host said, else what the plan says. */
export function systemOf({ host, seen }: Row): string {
  const { facts } = seen ?? {}
  if (!facts)
    return host.os === undefined
      ? 'Not stated'
      : host.os
          .split('-')
          .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
          .join(' ')
  return `${facts.os.caption.replace(/^Microsoft /, '')} · ${facts.os.build}`
}

function groupsOf(plan: Plan): ReadonlyMap<string, string> {
  const groups = new Map<string, string>()
  for (const { component, host, environment } of plan.placements) {
    const group =
      component === 'runner'
        ? `Runner${environment === undefined ? '' : ` · ${environment}`}`
        : component === 'studio'
          ? componentTitles.studio
          : 'Servers'
    const before = groups.get(host)
    if (before === undefined || rank(group) < rank(before)) groups.set(host, group)
  }
  return groups
}

function rank(group: string): number {
  return group === 'Servers' ? 0 : group === 'Studio' ? 1 : group === 'Other' ? 3 : 2
}
