/** Failures of WinRM that do not belong to one of its layers: sessions, shells, credentials, SMB. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import type { Credential } from '../../engine/ports.ts'
import { lostCode } from '../shared/failures.ts'
import { describePeer, type Peer } from '../shared/peer.ts'
import { winrmText } from './text.ts'

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

/** Output was lost because an answer was. */
export function outputLost(peer: Peer, evidence: string[]): FailureError {
  return failed(
    'link',
    'output-lost',
    `An answer of ${describePeer(peer)} was lost on the network, and output with it.`,
    'Retry. Rollout checks first what the last request did.',
    'backoff',
    evidence,
  )
}

/** The connection broke while a command was starting: it may have started. */
export function lostWhileStarting(peer: Peer, evidence: string[]): FailureError {
  return failed(
    'link',
    lostCode,
    `The connection to ${describePeer(peer)} was lost while a command was starting.`,
    'Retry. Rollout ends the shell and checks the host first.',
    'backoff',
    evidence,
  )
}

/** The credential cannot be used for the sign-in that the plan names. */
export function wrongKind(peer: Peer, credential: Credential, method: string, wanted: string): FailureError {
  return failed(
    'credential',
    'wrong-kind',
    `The plan signs in to ${describePeer(peer)} with ${method}, but the vault entry contains ${winrmText.credential[credential.kind]}.`,
    `Store ${wanted}, or change the sign-in of the host in the plan.`,
  )
}

/** The vault entry is not a certificate with its private key. */
export function certificateIncomplete(peer: Peer): FailureError {
  return failed(
    'credential',
    'certificate-incomplete',
    `The vault entry for ${describePeer(peer)} is not a client certificate with its private key.`,
    'Store both in PEM, one after the other, as the private key of the entry.',
  )
}

/** Copying over SMB works on Windows only. */
export function smbNeedsWindows(peer: Peer): FailureError {
  return failed(
    'workstation',
    'smb-needs-windows',
    `The plan copies large files to ${describePeer(peer)} over SMB, but this workstation does not run Windows.`,
    'Run Rollout on a Windows workstation, signed in as an administrator of the host. Or set large files to "pull" (the host fetches them) or "session" (through WinRM) in the plan.',
  )
}

/** The path has no drive, so there is no administrative share for it. */
export function smbNeedsDrive(peer: Peer, path: string): FailureError {
  return failed(
    'plan',
    'smb-needs-drive',
    `${path} on ${describePeer(peer)} has no drive letter, so no administrative share leads to it.`,
    'Set a work folder on a drive for this host.',
  )
}

/** The administrative share cannot be written. */
export function smbUnreachable(peer: Peer, path: string, code: string): FailureError {
  const refused = code === 'EACCES' || code === 'EPERM'
  return failed(
    refused ? 'credential' : 'link',
    refused ? 'smb-refused' : 'smb-unreachable',
    `This workstation cannot write ${path} (${code}).`,
    `SMB signs in as the Windows user who runs Rollout. Sign in as an administrator of ${peer.name} and allow TCP port 445, or set large files to "pull" in the plan.`,
    refused ? 'never' : 'backoff',
    [code],
  )
}

/** The copy over SMB was interrupted. */
export function smbLost(peer: Peer, code: string): FailureError {
  return failed(
    'link',
    'smb-lost',
    `The copy to ${describePeer(peer)} was interrupted (${code}).`,
    'Retry. The copy continues where it stopped.',
    'backoff',
    [code],
  )
}
