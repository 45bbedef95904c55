/** Failures that every way to a host shares: connections, local files and files on the host. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { plural } from '../../../domain/base/plural.ts'
import type { FileToPut } from '../../engine/ports.ts'
import { describePeer, type Peer } from './peer.ts'
import { codeOf, textOf } from './thrown.ts'

/** The code of a connection that broke, or of an answer that broke off. */
export const lostCode = 'link-lost'

/** There is no TCP connection, and why. `startService` is the hint where nothing listens on the port. */
export function unreachable(peer: Peer, error: unknown, startService: string): FailureError {
  const at = describePeer(peer)
  const link = (code: string, message: string, hint: string) =>
    failed('link', code, message, hint, 'backoff', [textOf(error)])
  switch (codeOf(error)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return link(
        'name-unresolved',
        `This workstation cannot resolve the name ${peer.address} of host ${peer.name}.`,
        'Check the spelling and the DNS server, or enter the IP address in the plan.',
      )
    case 'ECONNREFUSED':
      return link('connection-refused', `${at} is reachable, but nothing listens on port ${peer.port}.`, startService)
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return link(
        'unreachable',
        `There is no route from this workstation to ${at}.`,
        'Check that the host is switched on, its address, and the network or VPN of this workstation.',
      )
    case 'ETIMEDOUT':
      return link(
        'connect-timeout',
        `${at} did not answer.`,
        `Check that the host is switched on and that every firewall on the path allows TCP port ${peer.port}.`,
      )
    default:
      return link(
        'connect-failed',
        `This workstation could not connect to ${at}: ${textOf(error)}.`,
        'Check the network between this workstation and the host.',
      )
  }
}

/** An open connection broke. */
export function connectionLost(peer: Peer, why: string): FailureError {
  return failed(
    'link',
    lostCode,
    `The connection to ${describePeer(peer)} was lost: ${why}.`,
    'Check the network and whether the host is restarting. Rollout checks the host once it is reachable again.',
    'backoff',
    [why],
  )
}

/** The operator or the engine cancelled the work. */
export function cancelled(peer: Peer): FailureError {
  return failed(
    'uncertain',
    'cancelled',
    `Rollout cancelled its work on ${describePeer(peer)}.`,
    'Check the state of the host before you run the step again.',
  )
}

/** Neither the host nor the plan names a credential. */
export function noCredential(host: string): FailureError {
  return failed(
    'credential',
    'no-credential',
    `The plan names no credential for host ${host}.`,
    'Choose a credential for the host or a default credential in the plan, and store it in the vault.',
  )
}

/** The file to send cannot be opened on this workstation. */
export function localFileUnreadable(path: string, error: unknown): FailureError {
  return failed(
    'workstation',
    'local-file',
    `This workstation cannot read the file ${path}: ${textOf(error)}.`,
    'Put the file in the folder that the plan names.',
  )
}

/** The file to send has another size than the checked file. */
export function localFileChanged(path: string, size: number, expected: number): FailureError {
  return failed(
    'workstation',
    'local-file-changed',
    `The file ${path} on this workstation changed after it was checked: it has ${plural(size, 'byte')} instead of ${plural(expected, 'byte')}.`,
    restoreLocalFile,
  )
}

/** The file to send lost bytes while it was being sent. `path` may be unknown. */
export function localFileShrank(path?: string): FailureError {
  const file = path === undefined ? 'The file' : `The file ${path}`
  return failed(
    'workstation',
    'local-file-changed',
    `${file} on this workstation became shorter while Rollout was sending it.`,
    restoreLocalFile,
  )
}

const restoreLocalFile = 'Restore the checked file, or check and lock the plan again.'

/** The bytes that arrived on the host have another hash than the plan expects. */
export function hashMismatch(peer: Peer, file: FileToPut, sha256: string | null): FailureError {
  const received = sha256 ?? 'unknown'
  return failed(
    'host',
    'hash-mismatch',
    `${file.remotePath} on ${describePeer(peer)} was not published: its SHA-256 is ${received} instead of ${file.sha256}.`,
    `Check the SHA-256 of ${file.localPath} on this workstation. If it is right, a device on the network path changes files. If it is wrong, restore the file.`,
    'never',
    [`expected ${file.sha256}`, `on the host ${received}`],
  )
}

/** The file to fetch does not exist. */
export function fileMissing(peer: Peer, path: string): FailureError {
  return failed(
    'host',
    'file-missing',
    `${describePeer(peer)} has no file ${path}.`,
    'Check the path. The step that writes the file may not have run.',
  )
}

/** The file to fetch is larger than Rollout fetches. */
export function fileTooLarge(peer: Peer, path: string, size: number, maxBytes: number): FailureError {
  return failed(
    'host',
    'file-too-large',
    `${path} on ${describePeer(peer)} has ${plural(size, 'byte')}, but Rollout fetches at most ${plural(maxBytes, 'byte')}.`,
    'Open the file on the host itself.',
  )
}

/** The file to fetch lost bytes meanwhile. */
export function remoteFileShrank(peer: Peer, path: string): FailureError {
  return failed(
    'host',
    'file-changed',
    `${path} on ${describePeer(peer)} became shorter while Rollout was fetching it.`,
    'Fetch it again.',
    'backoff',
  )
}

/** The disk of the host is full. */
export function diskFull(peer: Peer): FailureError {
  return failed(
    'host',
    'disk-full',
    `The disk of ${describePeer(peer)} is full.`,
    'Free space on the host, then retry.',
  )
}

/**
 * One host refused the password, so no other gets it. The sentence is the same for every waiting host: it is one
 * problem, and one decision.
 */
export function passwordHeld(user: string, entry: string | undefined, refusedBy: string): FailureError {
  const password = entry === undefined ? `the password of ${user}` : `the password of ${user} (vault entry ${entry})`
  return failed(
    'credential',
    'password-held',
    `${refusedBy} refused ${password}, so Rollout sends it to no other host: more wrong attempts could lock the account.`,
    `Correct it in the vault, then retry. If it is right and only ${refusedBy} refuses it (a local account, or one that may not sign in there), retry on this host. If this host accepts it, retry on the others too.`,
  )
}
