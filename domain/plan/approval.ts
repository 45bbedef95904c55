/** Owns Approval: somebody's recorded word that a locked revision may be rolled out, or that it may no longer. */
import { z } from 'zod'

const said = z.string().trim().min(1)

/** What a reviewer was given to look at. */
export const approvable = ['plan', 'sign-off sheet', 'firewall matrix'] as const
export const approvableTitles: Readonly<Record<(typeof approvable)[number], string>> = {
  plan: 'The whole plan',
  'sign-off sheet': 'Sign-off sheet',
  'firewall matrix': 'Firewall matrix',
}

/**
 * `who` approves; reviewers do not open Rollout, so that `by` is who wrote it down. `hash` is that of the revision they saw; `at` is ISO 8601, UTC.
 * `why` is their word or where it is kept, such as the date of a letter.
 */
export const Approval = z.strictObject({
  verdict: z.enum(['approved', 'withdrawn']),
  who: said.max(120),
  of: z.enum(approvable),
  why: said.max(2000),
  hash: z.string(),
  by: said,
  at: z.iso.datetime(),
})
export type Approval = z.infer<typeof Approval>

/** The approvals that hold: the latest word of each person about each thing, where it is not taken back, in the order in which they were first given. */
export function standingApprovals(approvals: readonly Approval[]): Approval[] {
  const latest = new Map<string, Approval>()
  for (const approval of approvals) latest.set(JSON.stringify([approval.who.toLowerCase(), approval.of]), approval)
  return [...latest.values()].filter((approval) => approval.verdict === 'approved')
}
