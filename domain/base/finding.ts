/** Owns Finding: a check's verdict on a subject, with why, where that is said, and what to do. */
import { z } from 'zod'

export const severities = ['pass', 'warn', 'block'] as const
export type Severity = (typeof severities)[number]

/**
 * subject: `plan`, `host HUB01`, `placement runner on RUN003`, `installer hub` or `path RUN003>HUB01:4545`.
 * source: a documentation page (see catalogue.ts `sources`), or `Rollout` for a rule of our own. remedy: empty for a pass.
 */
export const Finding = z.strictObject({
  check: z.string(),
  severity: z.enum(severities),
  subject: z.string(),
  message: z.string(),
  source: z.string(),
  remedy: z.string(),
})
export type Finding = z.infer<typeof Finding>

/** The source of rules that are ours and not Exekra's. */
export const rolloutSource = 'Rollout'

/** The most severe verdict among the findings; `pass` where there is none. */
export function worst(findings: readonly Pick<Finding, 'severity'>[]): Severity {
  return findings.reduce<Severity>((sofar, { severity }) => (rank[severity] > rank[sofar] ? severity : sofar), 'pass')
}

/** A sorted copy: blocks first, then warnings, then passes; inside each by check, subject and message, in code point order. */
export function sortFindings<F extends Finding>(findings: readonly F[]): F[] {
  return findings.toSorted(
    (a, b) =>
      rank[b.severity] - rank[a.severity] ||
      compare(a.check, b.check) ||
      compare(a.subject, b.subject) ||
      compare(a.message, b.message),
  )
}

const rank: Record<Severity, number> = { pass: 0, warn: 1, block: 2 }

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
