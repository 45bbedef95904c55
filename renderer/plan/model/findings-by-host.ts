/** Owns which host a finding is about, and the worst one of each. */
import type { JudgedFinding } from '../../../domain/contract/shapes.ts'
import { worst, type Severity } from '../../../domain/base/finding.ts'

/** The host that a subject such as `host HUB01`, `placement runner on RUN003` or `path RUN003>HUB01:4545` (its source) names; undefined for others. */
export function hostOf(subject: string): string | undefined {
  return /^(?:host|placement \w+ on) (.+)$/.exec(subject)?.[1] ?? /^path ([^>]+)>/.exec(subject)?.[1]
}

/** True where the finding is about a host whose name holds the text, at either end of a path; for an empty text always. */
export function isAbout({ subject }: Pick<JudgedFinding, 'subject'>, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  const ends = /^path ([^>]+)>(.+):\d+$/.exec(subject)?.slice(1) ?? [hostOf(subject) ?? '']
  return wanted === '' || ends.some((end) => end.toLowerCase().includes(wanted))
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
