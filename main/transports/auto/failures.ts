/** Failures of choosing how to reach a host. */
import { commandName } from '../../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import type { Host } from '../../../domain/plan/host.ts'

/** The operator or the engine cancelled the choice. */
export function cancelled(host: string): FailureError {
  return failed('uncertain', 'cancelled', `Rollout stopped looking for a way to reach ${host}.`, 'Retry.')
}

/** The port by which the host was reached before does not answer now. `reach` is that way in words. */
export function knownPortSilent({ name, address }: Host, reach: string, evidence: string[]): FailureError {
  return failed(
    'link',
    'known-door-shut',
    `Rollout reached ${name} (${address}) by ${reach} before, but that port does not answer now. Rollout does not switch to another way by itself.`,
    `Make ${reach} answer again, choose another way in the plan, or remove the recorded identity of the host (${commandName} trust remove).`,
    'backoff',
    evidence,
  )
}

/** The name of the host cannot be resolved. */
export function nameUnresolved({ name, address }: Host): FailureError {
  return failed(
    'link',
    'name-unresolved',
    `This workstation cannot resolve the name ${address} of host ${name}.`,
    'Check the spelling and the DNS server, or enter the IP address in the plan.',
    'backoff',
  )
}

/** None of the ports answers. `ways` are the ways in words. */
export function noPortAnswers(
  { name, address }: Host,
  ports: readonly number[],
  ways: readonly string[],
  evidence: string[],
): FailureError {
  return failed(
    'link',
    'no-door-answers',
    `${name} (${address}) answers on none of the ports ${ports.join(', ')}.`,
    `Check that the host is switched on and that every firewall on the path allows one of these: ${ways.join('; ')}.`,
    'backoff',
    evidence,
  )
}

/** What was found at the ports of a host. */
export const portText = {
  answers: (port: number) => `Port ${port} answers.`,
  refused: (port: number) => `Nothing listens on port ${port}.`,
  silent: (port: number) => `Port ${port} does not answer.`,
  unresolved: 'The name cannot be resolved.',
  unreachable: (port: number) => `There is no route to port ${port}.`,
  winrmNeedsPassword: 'Rollout skips WinRM: it needs a password, and the vault entry contains a key.',
} as const
