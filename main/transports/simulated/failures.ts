/** Failures of practice hosts and of the practice site itself. */
import { commandName } from '../../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { plural } from '../../../domain/base/plural.ts'
import type { FileToPut } from '../../engine/ports.ts'

/** The connection to a practice host broke. */
export function linkLost(host: string, why: string): FailureError {
  return failed(
    'link',
    'link-lost',
    `The connection to ${host} was lost: ${why}.`,
    'Nothing to do: Rollout checks the host once it is reachable again.',
    'backoff',
  )
}

/** Rollout closed the session while a request needed it. */
export function sessionClosed(host: string): FailureError {
  return failed(
    'link',
    'session-closed',
    `Rollout closed the session with ${host}.`,
    'Retry: Rollout opens a new session.',
    'backoff',
  )
}

/** The operator or the engine cancelled the work. */
export function cancelled(host: string): FailureError {
  return failed(
    'uncertain',
    'cancelled',
    `Rollout cancelled its work on ${host}.`,
    'Check the state of the host before you run the step again.',
  )
}

/** The operator or the engine cancelled the connection. */
export function connectCancelled(host: string): FailureError {
  return failed('uncertain', 'cancelled', `Rollout stopped connecting to ${host}.`, 'Nothing was done on the host.')
}

/** A script did not finish within its time limit. */
export function scriptTimeout(verb: string, host: string, seconds: number): FailureError {
  return failed(
    'host',
    'script-timeout',
    `${verb} did not finish on ${host} within ${plural(seconds, 'second')}, so Rollout stopped it.`,
    'Find out what keeps the host busy, then retry.',
    'backoff',
  )
}

/** Parameters or result of a verb have the wrong shape. The values stay out of it: they may contain secrets. */
export function wrongShape(verb: string, side: 'params' | 'result', issues: string[]): FailureError {
  const part = side === 'params' ? 'parameters' : 'result'
  return failed(
    'bug',
    side === 'params' ? 'bad-question' : 'bad-answer',
    `The ${part} of ${verb} ${side === 'params' ? 'have' : 'has'} the wrong shape.`,
    'Report it.',
    'never',
    issues,
  )
}

/** The plan names a host that the practice site does not have. */
export function notInPracticeSite(host: string, address: string): FailureError {
  return failed(
    'plan',
    'not-in-practice-site',
    `${host} (${address}) is not part of the practice site.`,
    'Make a new practice site for this plan, or reach the host by SSH or WinRM.',
  )
}

/** A practice host does not answer. */
export function unreachable(host: string, address: string): FailureError {
  return failed(
    'link',
    'unreachable',
    `${host} does not answer at ${address}.`,
    'Check that the host is switched on and that the network path is open. Rollout tries again by itself.',
    'backoff',
  )
}

/** A practice host refuses the credential. */
export function credentialRefused(host: string, credential: string | undefined): FailureError {
  return failed(
    'credential',
    'not-let-in',
    `${host} did not accept the credential ${credential ?? 'of the plan'}.`,
    'Correct the credential in the vault, then retry.',
  )
}

/** A practice host shows another key. */
export function hostKeyChanged(host: string): FailureError {
  return failed(
    'trust',
    'host-key-changed',
    `${host} shows another key than the pinned one.`,
    'Find out why before anything else. If the host was reinstalled on purpose, remove the old key and retry.',
  )
}

/** The text of a fault cannot be read. */
export function unknownFault(text: string, why: string, hint: string): FailureError {
  return failed('request', 'unknown-fault', `Rollout cannot inject the fault "${text}": ${why}.`, hint)
}

/** A fault names a host that does not exist; `hosts` are those that do. */
export function faultWithoutHost(host: string, kind: string, hosts: readonly string[]): FailureError {
  const more = hosts.length > 12 ? ` and ${hosts.length - 12} more` : ''
  return failed(
    'request',
    'unknown-host',
    `There is no host ${host} for the fault ${kind}.`,
    `The hosts are ${hosts.slice(0, 12).join(', ')}${more}.`,
  )
}

/** The practice site has no such host. */
export function unknownHost(host: string): FailureError {
  return failed('request', 'unknown-host', `There is no host ${host} in the practice site.`, 'Name one of its hosts.')
}

/** The practice site has no such installer; `installers` are those it has. */
export function unknownInstaller(installer: string, installers: readonly string[]): FailureError {
  return failed(
    'request',
    'unknown-installer',
    `The practice site has no installer ${installer}.`,
    `Its installers are ${installers.join(', ')}.`,
  )
}

/** There is no file of a practice site. */
export function noPracticeSite(file: string): FailureError {
  return failed(
    'workstation',
    'no-practice-site',
    `There is no practice site at ${file}.`,
    `Make one with \`${commandName} practice --out DIR\`, or correct the path.`,
  )
}

/** A newer version wrote the practice site. */
export function newerPracticeSite(file: string, format: string | undefined, known: number): FailureError {
  return failed(
    'workstation',
    'newer-practice-site',
    `The practice site at ${file} has format ${format}, but this version reads format ${known}.`,
    'Make a new practice site with this version.',
  )
}

/** The file is no practice site. */
export function notAPracticeSite(file: string, why: string): FailureError {
  return failed(
    'workstation',
    'not-a-practice-site',
    `${file} is not a practice site: ${why}.`,
    `Name the file that \`${commandName} practice\` wrote.`,
  )
}

/** The file to send cannot be read. */
export function localFileUnreadable(path: string): FailureError {
  return failed(
    'workstation',
    'local-file',
    `This workstation cannot read the file ${path}.`,
    'Put the file in the folder that the plan names.',
  )
}

/** The file that arrived has another hash. */
export function hashMismatch(host: string, file: FileToPut, sha256: string | null): FailureError {
  return failed(
    'host',
    'hash-mismatch',
    `${file.remotePath} arrived on ${host} with a wrong SHA-256 and was not published.`,
    'Compare the file on this workstation with its source. If it is right, send it again.',
    'never',
    [`expected ${file.sha256}`, `found ${sha256 ?? 'nothing'}`],
  )
}
