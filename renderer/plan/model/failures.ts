/** Failures of the open plan. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'

/** The document on screen has invalid fields, so it cannot become a plan. */
export function planIncomplete(): FailureError {
  return failed(
    'plan',
    'not-a-plan',
    'The plan cannot be saved: some fields are not valid.',
    'Correct the marked fields, then save again.',
  )
}
