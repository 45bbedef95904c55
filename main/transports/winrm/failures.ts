/** Failures of WinRM that do not belong to one of its layers. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { lostCode } from '../shared/failures.ts'

/** An answer that was right as far as it came. It says nothing about the host: the rest was lost on the way. */
export function brokenOff(what: string): FailureError {
  return failed(
    'link',
    lostCode,
    `The host's answer is incomplete: ${what} ends in the middle.`,
    'Rollout checks first what the last request did. If this happens again, check for a proxy or gateway between this workstation and the host.',
    'backoff',
    [`${what} ends in the middle`],
  )
}
