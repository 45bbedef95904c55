/** Findings that are alike as one row: many of one check with the same message for one host after another. */
import { findingsText } from './text.ts'
import type { JudgedFinding } from '../../../domain/contract/shapes.ts'
import { hostOf } from '../../../domain/base/subject.ts'

export interface FindingGroup {
  readonly kind: 'group'
  /** Check, severity, whether accepted, and what is said: what makes findings alike. */
  readonly key: string
  readonly findings: readonly [JudgedFinding, ...JudgedFinding[]]
  readonly isOpen: boolean
}

export interface FindingRow {
  readonly kind: 'finding'
  readonly finding: JudgedFinding
  /** True where it stands below the row of its group. */
  readonly inGroup: boolean
}

/** So many of one kind stand each for itself; more of them are one row until it is opened. */
export const mostUngrouped = 5

/**
 * The rows of a list of findings: groups stand where their first finding stood; each finding is in exactly one row, or
 * below one that `isOpen`.
 */
export function rowsOf(
  findings: readonly JudgedFinding[],
  isOpen: (group: string, findings: readonly JudgedFinding[]) => boolean,
): (FindingRow | FindingGroup)[] {
  const alike = Map.groupBy(findings, groupOf)
  const rows: (FindingRow | FindingGroup)[] = []
  for (const [key, members] of alike) {
    const [first, ...others] = members
    if (!first) continue
    const grouped = members.length > mostUngrouped
    const open = !grouped || isOpen(key, members)
    if (grouped) rows.push({ kind: 'group', key, findings: [first, ...others], isOpen: open })
    if (open) rows.push(...members.map((finding): FindingRow => ({ kind: 'finding', finding, inGroup: grouped })))
  }
  return rows
}

/** What a group is about: 199 hosts, or 12 places where not each is a host of its own. */
export function aboutGroup({ findings }: Pick<FindingGroup, 'findings'>): string {
  const hosts = new Set(findings.map(({ subject }) => hostOf(subject)))
  return hosts.size === findings.length && !hosts.has(undefined)
    ? findingsText.hosts(findings.length)
    : findingsText.places(findings.length)
}

// The same is said where only the host and numbers differ: an address, minutes, gigabytes. Of ports each is another
// matter.
function groupOf({ check, severity, waiver, message, subject }: JudgedFinding): string {
  const host = hostOf(subject)
  const lowered = message.toLowerCase()
  const hostless = host === undefined ? lowered : lowered.replaceAll(host.toLowerCase(), '*')
  return `${severity} ${check}${waiver === null ? '' : ' accepted'}: ${hostless.replaceAll(/(?<![:\d]|\bport )\d+/g, '#')}`
}
