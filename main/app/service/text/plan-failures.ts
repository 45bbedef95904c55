/** What a window is answered about a plan where something cannot be done. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'

export function unknownPlan(planId: string, database: string): FailureError {
  return failed(
    'request',
    'unknown-plan',
    `The database ${database} has no plan ${planId}.`,
    'Choose a plan from the list.',
  )
}

/** Somebody else stored another draft since this one was read. */
export function draftChanged(by: string, at: number): FailureError {
  return failed(
    'request',
    'draft-changed',
    `${by} saved other changes to this plan at ${new Date(at).toISOString()} (UTC).`,
    'Reload the plan, or save your version as a new plan.',
  )
}

/** The revision that a person wants to lock or approve is not the one that was shown. */
export function revisionChanged(planId: string, revision: number, then: 'lock' | 'approve'): FailureError {
  return failed(
    'request',
    'draft-changed',
    `Revision ${revision} of ${planId} has changed since it was shown.`,
    `Reload the revision, check the changes, then ${then} it.`,
  )
}

export function unknownFinding(planId: string, revision: number): FailureError {
  return failed(
    'request',
    'no-such-finding',
    `Revision ${revision} of ${planId} no longer has this finding.`,
    'Check the findings again. It may have been fixed.',
  )
}

export function findingNotWaivable(check: string): FailureError {
  return failed(
    'request',
    'not-waivable',
    `The finding ${check} cannot be accepted: the rollout would fail.`,
    'Fix it as the finding describes.',
  )
}

export function notLocked(planId: string, revision: number): FailureError {
  return failed(
    'request',
    'not-locked',
    `Revision ${revision} of ${planId} is a draft, and a draft can still change after its approval.`,
    'Lock the revision, then record the approval.',
  )
}

export function unknownApproval(who: string, of: string, revision: number): FailureError {
  return failed(
    'request',
    'no-such-approval',
    `${who} has not approved the ${of} of revision ${revision}, or has withdrawn that approval.`,
    'Check the list of approvals.',
  )
}
