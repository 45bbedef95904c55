/** Findings by the host they are about. */
import type { JudgedFinding } from '../../../domain/contract/shapes.ts'
import { worst, type Severity } from '../../../domain/base/finding.ts'
import { hostOf } from '../../../domain/base/subject.ts'

/** True where a host the finding is about has the text in its name, at either end of a path. True for an empty text. */
export function isAbout({ subject }: Pick<JudgedFinding, 'subject'>, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  const hosts = subject.kind === 'path' ? [subject.from, subject.to] : [hostOf(subject) ?? '']
  return wanted === '' || hosts.some((host) => host.toLowerCase().includes(wanted))
}

/** The worst severity by host, of hosts that have findings; an accepted finding counts as a pass. */
export function findingsByHost(findings: readonly JudgedFinding[]): ReadonlyMap<string, Severity> {
  const found = new Map<string, Severity>()
  for (const { subject, severity, waiver } of findings) {
    const host = hostOf(subject)
    if (host !== undefined)
      found.set(
        host,
        worst([{ severity: found.get(host) ?? 'pass' }, { severity: waiver === null ? severity : 'pass' }]),
      )
  }
  return found
}
