/** What a window is answered about a rollout, a survey or their control where something cannot be done. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { plural } from '../../../../domain/base/plural.ts'

/** Another process has the lease. `holder` is user@machine, where that is known. */
export function leaseHeld(holder: string | undefined): FailureError {
  return failed(
    'workstation',
    'lease-held',
    `${holder ?? 'Another process'} is running a rollout on this database.`,
    'Wait until it has finished, or use another database.',
  )
}

/** `findings`: each blocking finding in a sentence. */
export function blockedByFindings(findings: readonly string[]): FailureError {
  const one = findings.length === 1
  return failed(
    'finding',
    'blocked',
    one ? 'One finding blocks the start.' : `${plural(findings.length, 'finding')} block the start.`,
    one ? 'Fix it or accept it, then start again.' : 'Fix or accept each of them, then start again.',
    'never',
    [...findings],
  )
}

export function closing(): FailureError {
  return failed('workstation', 'ending', 'Rollout is closing.', 'Start Rollout again, then resume the rollout.')
}

export function engineBusy(runId: string): FailureError {
  return failed(
    'workstation',
    'engine-busy',
    `Another rollout is running here: ${runId}.`,
    'Pause it, or wait until it has finished. A database runs one rollout at a time.',
  )
}

export function hostNotInRun(name: string): FailureError {
  return failed('request', 'unknown-host', `This rollout has no host ${name}.`, 'Choose one of its hosts.')
}

export function nothingToTakeOver(): FailureError {
  return failed('request', 'nobody-drives', 'No other process is running this rollout.', 'Resume the rollout here.')
}

export function noControlRequest(): FailureError {
  return failed('request', 'nobody-asks', 'No control request is pending.', 'No action is needed.')
}

export function notInControl(): FailureError {
  return failed(
    'request',
    'nobody-asks',
    'This process no longer runs a rollout, so there is no control to hand over.',
    'No action is needed.',
  )
}

/** `names`: hosts that the plan does not have, or that Rollout does not manage. */
export function hostsNotSurveyed(names: readonly string[]): FailureError {
  const shown = names.slice(0, 3).join(', ')
  const more = names.length > 3 ? ` and ${plural(names.length - 3, 'other')}` : ''
  return failed(
    'request',
    'unknown-host',
    `This revision has no managed ${names.length === 1 ? 'host' : 'hosts'} ${shown}${more}.`,
    'Choose managed hosts of the plan.',
  )
}

export function surveyRunning(): FailureError {
  return failed(
    'workstation',
    'survey-running',
    'A survey of this revision is already running.',
    'Wait until it has finished, or stop it first.',
  )
}

export function unknownSurvey(): FailureError {
  return failed(
    'request',
    'unknown-survey',
    'This survey is not running in this process.',
    'Reload the survey. It may have finished.',
  )
}
