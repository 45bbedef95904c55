/** A recorded approval of a locked revision, or its withdrawal. */
import { z } from 'zod'
import { approvableText } from './text.ts'

const statement = z.string().trim().min(1)

/** The documents that a reviewer can approve. */
export const approvable = ['plan', 'sign-off sheet', 'firewall matrix'] as const
export const approvableTitles: Readonly<Record<(typeof approvable)[number], string>> = approvableText

/**
 * `who` approves and `by` records it, because reviewers do not open Rollout. `hash` is that of the revision they saw.
 * `at` is ISO 8601, UTC. `why` is their statement or where it is filed, such as the date of a letter.
 */
export const Approval = z.strictObject({
  verdict: z.enum(['approved', 'withdrawn']),
  who: statement.max(120),
  of: z.enum(approvable),
  why: statement.max(2000),
  hash: z.string(),
  by: statement,
  at: z.iso.datetime(),
})
export type Approval = z.infer<typeof Approval>

/** The approvals in force: the latest of each person for each document, unless withdrawn, in the order of the first. */
export function standingApprovals(approvals: readonly Approval[]): Approval[] {
  const latest = new Map<string, Approval>()
  for (const approval of approvals) latest.set(JSON.stringify([approval.who.toLowerCase(), approval.of]), approval)
  return [...latest.values()].filter((approval) => approval.verdict === 'approved')
}
