/** The survey as a matrix: which checks are columns, what each cell shows, which rows are shown. */
import type { JudgedFinding, SeenHost } from '../../domain/contract/shapes.ts'
import { worst, type Finding } from '../../domain/base/finding.ts'
import { isManaged, type Host } from '../../domain/plan/host.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { onHost, subjectText } from '../../domain/base/subject.ts'
import { columnOf, surveyChecks } from '../../domain/checks/survey.ts'
import { surveyColumns, type SurveyColumn } from '../../domain/checks/survey-columns.ts'
import { componentTitles } from '../../domain/base/titles.ts'
import { matrixText } from './text.ts'
import type { Status } from '../status/status.ts'

export interface Row {
  readonly host: Host
  readonly group: string
  readonly seen: SeenHost | undefined
  /** In the order of `surveyColumns`. */
  readonly cells: readonly Status[]
}

/** What is seen so far: `running` is false once nobody visits hosts any more. */
export interface Seen {
  readonly hosts: ReadonlyMap<string, SeenHost>
  readonly visiting: ReadonlySet<string>
  readonly running: boolean
}

/**
 * Every managed host of the plan with its cells, in the plan's order inside its group. `judged` are the findings with
 * their waivers.
 */
export function matrixRows(plan: Plan, seen: Seen, judged: readonly JudgedFinding[]): Row[] {
  const waived = new Set(judged.filter((finding) => finding.waiver !== null).map(keyOf))
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
        cells: surveyColumns.map(() => (visited ? 'running' : seen.running && !answer ? 'planned' : 'unknown')),
      }
    return { host, group, seen: answer, cells: surveyColumns.map((column) => cellOf(answer, column, waived)) }
  })
  const order = [...new Set(rows.map((row) => row.group))].sort((a, b) => rank(a) - rank(b))
  return order.flatMap((group) => rows.filter((row) => row.group === group))
}

/** The findings of a cell. */
export function findingsOf(seen: SeenHost, column: SurveyColumn): Finding[] {
  return seen.findings.filter((finding) => columnOf(finding.check)?.id === column.id)
}

function cellOf(answer: SeenHost, column: SurveyColumn, waived: ReadonlySet<string>): Status {
  if (column.id === 'reach')
    return answer.unreached === null
      ? 'pass'
      : waived.has(keyOf({ check: surveyChecks.reached, subject: onHost(answer.host) }))
        ? 'excluded'
        : 'unreachable'
  const findings = findingsOf(answer, column)
  // A host that stopped answering half-way has said nothing about what was not asked yet.
  if (findings.length === 0) return answer.unreached === null ? 'skipped' : 'unknown'
  const severity = worst(findings)
  const open = findings.filter((finding) => finding.severity !== 'pass' && !waived.has(keyOf(finding)))
  return severity !== 'pass' && open.length === 0 ? 'excluded' : worst(open)
}

function keyOf({ check, subject }: Pick<Finding, 'check' | 'subject'>): string {
  return `${check} ${subjectText(subject)}`
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

/**
 * A word for a cell; the closed list of statuses has no name of its own for what does not apply here and what a person
 * accepted.
 */
export function cellWord(status: Status, words: Readonly<Record<Status, string>>): string {
  return status === 'skipped' ? matrixText.skipped : status === 'excluded' ? matrixText.accepted : words[status]
}

/** The system in few words: what the host said, else what the plan says. */
export function systemOf({ host, seen }: Row): string {
  const { facts } = seen ?? {}
  if (!facts)
    return host.os === undefined
      ? matrixText.unstated
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

/** The statuses that are a problem; what a person accepted is none any more. */
export const problemCells: ReadonlySet<Status> = new Set<Status>(['block', 'warn', 'unreachable', 'unknown'])
