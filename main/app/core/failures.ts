/** What the application says where it cannot do what was asked. */
import { commandName } from '../../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../../domain/base/failure.ts'

/** Another run of the plan has not finished. `words` names it on a command line: its id and its database. */
export function runUnfinished(runId: string, words: string): FailureError {
  return failed(
    'request',
    'run-unfinished',
    `Run ${runId} of this plan has not finished.`,
    `Resume it with ${commandName} resume ${words}. Or cancel it with ${commandName} cancel ${words} --reason "...", then resume it so that it ends.`,
  )
}

/** `message` and `hint` come from the rules of the run. */
export function requestRefused({ message, hint }: { readonly message: string; readonly hint: string }): FailureError {
  return failed('request', 'refused', message, hint)
}

export function credentialNeeded(host: string): FailureError {
  return failed(
    'request',
    'no-credential',
    `The plan names no credential for ${host}, and SSH cannot be checked without one.`,
    'Choose a credential for the host, or a default credential for the plan.',
  )
}

/** The host is not reached over the network, so there is no connection to examine. */
export function noConnection(host: string, reach: string): FailureError {
  return failed(
    'request',
    'no-door',
    `The reach of ${host} is ${reach}, which uses no network connection.`,
    'Choose a host whose reach is ssh, winrm or auto.',
  )
}

/** `note`: what is wrong with the first line that was passed over. */
export function noKnownHosts(note: string | undefined): FailureError {
  return failed(
    'request',
    'no-known-hosts',
    'This file contains no usable host key. No key was recorded.',
    `A known_hosts file has lines such as "hub01.example ssh-ed25519 AAAA...".${note === undefined ? '' : ` In this file, ${note}.`}`,
  )
}
