/** A finding is a check's verdict on a subject: why, where that is documented, and what to do. */
import { z } from 'zod'
import { StoredSubject, subjectOfText, subjectText, type Subject } from './subject.ts'

export const severities = ['pass', 'warn', 'block'] as const
export type Severity = (typeof severities)[number]

/**
 * field: the path of the plan field that corrects it, such as `environments[1].separation`; absent where no field does,
 * and in findings of earlier versions.
 * source: a documentation page (`sources` of catalogue.ts), or `Rollout` for its own rules. remedy: empty for a pass.
 */
export const Finding = z.strictObject({
  check: z.string(),
  severity: z.enum(severities),
  subject: StoredSubject,
  field: z.string().optional(),
  message: z.string(),
  source: z.string(),
  remedy: z.string(),
})
export type Finding = z.infer<typeof Finding>

/** A finding as some version stored it: earlier ones wrote the subject as text. */
export type StoredFinding = Omit<Finding, 'subject'> & { readonly subject: Subject | string }

/** The stored finding as findings are today. */
export function currentFinding(stored: StoredFinding): Finding {
  const { subject } = stored
  return { ...stored, subject: typeof subject === 'string' ? subjectOfText(subject) : subject }
}

/** The finding for a JSON document that people read too: `about` is its subject in words. */
export function withAbout<F extends Finding>(finding: F): F & { readonly about: string } {
  return { ...finding, about: subjectText(finding.subject) }
}

/** The source of rules that are ours and not Exekra's. */
export const rolloutSource = 'Rollout'

/** The most severe verdict among the findings; `pass` where there is none. */
export function worst(findings: readonly Pick<Finding, 'severity'>[]): Severity {
  return findings.reduce<Severity>((sofar, { severity }) => (rank[severity] > rank[sofar] ? severity : sofar), 'pass')
}

/** A sorted copy: blocks, warnings, passes; inside each by check, subject and message, in code point order. */
export function sortFindings<F extends Finding>(findings: readonly F[]): F[] {
  return findings
    .map((finding) => ({ finding, about: subjectText(finding.subject) }))
    .sort(
      (a, b) =>
        rank[b.finding.severity] - rank[a.finding.severity] ||
        compare(a.finding.check, b.finding.check) ||
        compare(a.about, b.about) ||
        compare(a.finding.message, b.finding.message),
    )
    .map(({ finding }) => finding)
}

const rank: Record<Severity, number> = { pass: 0, warn: 1, block: 2 }

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
