/** Failures of choosing a transport. */
import { commandName } from '../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../domain/base/failure.ts'

/** Rollout does not manage the host. */
export function noTransport(host: string, reach: string): FailureError {
  return failed(
    'plan',
    'no-transport',
    `${host} is ${reach}, so Rollout does not manage it.`,
    'Choose how Rollout reaches the host, or place no component on it.',
  )
}

/** The plan has practice hosts and no practice site. */
export function noPracticeSite(): FailureError {
  return failed(
    'plan',
    'no-practice-site',
    'The plan has simulated hosts but names no practice site.',
    `Make one with ${commandName} practice, or reach the hosts by SSH or WinRM.`,
  )
}
