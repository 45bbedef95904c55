/** Failures of SSH: connecting, host keys, signing in, channels and files. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import type { Credential } from '../../engine/ports.ts'
import { unreachable as notReachable } from '../shared/failures.ts'
import { describePeer, type Peer } from '../shared/peer.ts'
import { textOf } from '../shared/thrown.ts'
import { sshText } from './text.ts'

/** There is no TCP connection, and why. */
export function unreachable(peer: Peer, error: unknown): FailureError {
  return notReachable(
    peer,
    error,
    'Start the OpenSSH Server service (sshd) on the host and check the port in the plan.',
  )
}

/** The host accepted the connection, but no SSH session followed. */
export function noConversation(peer: Peer, error: unknown): FailureError {
  const text = textOf(error)
  if (/no matching|no mutual/i.test(text))
    return failed(
      'host',
      'algorithms',
      `${describePeer(peer)} offers only SSH algorithms that are no longer safe.`,
      'Update OpenSSH on the host to version 7.6 or newer. Every supported Windows can run it.',
      'never',
      [text],
    )
  if (/timed out/i.test(text))
    return failed(
      'link',
      'handshake-timeout',
      `${describePeer(peer)} accepted the connection but did not finish the SSH handshake in time.`,
      'Check that an SSH server uses this port and that the host is not overloaded.',
      'backoff',
      [text],
    )
  return failed(
    'link',
    'handshake-failed',
    `${describePeer(peer)} accepted the connection and closed it before the SSH session started.`,
    'Check that an SSH server uses this port, and check the log of sshd on the host. It drops connections beyond MaxStartups.',
    'backoff',
    [text],
  )
}

/** Rollout closed the session while a request needed it. */
export function sessionClosed(peer: Peer): FailureError {
  return failed(
    'link',
    'session-closed',
    `Rollout closed the session with ${describePeer(peer)}.`,
    'Retry: Rollout opens a new session.',
    'backoff',
  )
}

/** The host would not open another channel. */
export function channelRefused(peer: Peer, error: unknown): FailureError {
  return failed(
    'host',
    'channel-refused',
    `${describePeer(peer)} refused to open another channel on the connection.`,
    'In sshd_config of the host, check MaxSessions (the default is 10, Rollout needs 5) and that the subsystem sftp is enabled.',
    'backoff',
    [textOf(error)],
  )
}

/** The host opened a channel and refused the request in it. */
export function requestRefused(peer: Peer, error: unknown): FailureError {
  const sftp = /sftp/i.test(textOf(error))
  return failed(
    'host',
    sftp ? 'sftp-off' : 'command-refused',
    sftp
      ? `${describePeer(peer)} has no SFTP, so Rollout cannot send files to it.`
      : `${describePeer(peer)} does not let this user run commands.`,
    sftp
      ? 'Enable the line Subsystem sftp in sshd_config of the host and restart sshd.'
      : 'Check ForceCommand and the shell of the user in sshd_config of the host.',
    'never',
    [textOf(error)],
  )
}

/** None of the host's keys is the pinned one; `shown` are the keys it has, `by` says where the pin comes from. */
export function hostKeyChanged(
  peer: Peer,
  pinned: string,
  by: 'plan' | 'record',
  shown: readonly string[],
): FailureError {
  const source = by === 'plan' ? 'the plan names' : 'Rollout recorded'
  const replace = by === 'plan' ? 'enter the new fingerprint in the plan' : 'remove the recorded fingerprint'
  return failed(
    'trust',
    'host-key-changed',
    `The identity of ${describePeer(peer)} has changed: ${source} ${pinned}, but the host now shows ${shown.join(', ')}. Rollout sent it nothing.`,
    `Another machine may be answering instead of the host. Ask its administrator whether it was reinstalled (on the host: ssh-keygen -lf C:\\ProgramData\\ssh\\ssh_host_ed25519_key.pub). If so, ${replace}.`,
    'never',
    [`pinned ${pinned}`, ...shown.map((key) => `shown ${key}`)],
  )
}

/** The host shows a key that known_hosts marks as revoked. */
export function hostKeyRevoked(peer: Peer, fingerprint: string, keyType: string): FailureError {
  return failed(
    'trust',
    'host-key-revoked',
    `${describePeer(peer)} shows a key that known_hosts marks as revoked: ${fingerprint} (${keyType}). Rollout sent it nothing.`,
    'Generate new host keys on the host, then retry.',
    'never',
    [fingerprint],
  )
}

/** There is no agent for a credential that needs one. */
export function noAgent(peer: Peer): FailureError {
  return failed(
    'credential',
    'no-agent',
    `This workstation has no SSH agent to sign in to ${describePeer(peer)}.`,
    'Start an agent (ssh-agent; on Windows the service OpenSSH Authentication Agent) and add the key, or use a key or a password.',
  )
}

/** The agent could not be used. */
export function agentFailed(peer: Peer, user: string, why: string): FailureError {
  return failed(
    'credential',
    'agent-failed',
    `Rollout could not use the SSH agent of this workstation to sign in as ${user} on ${peer.name}: ${why}.`,
    'Check that the agent is running and has the key (ssh-add -l), or use a key or a password.',
  )
}

/** The private key is encrypted, and the passphrase is missing or wrong. */
export function keyPassphrase(peer: Peer, user: string, hasPassphrase: boolean): FailureError {
  const problem = hasPassphrase ? 'the passphrase does not open it' : 'the vault entry has no passphrase'
  return failed(
    'credential',
    'key-passphrase',
    `The private key of ${user} for ${describePeer(peer)} is encrypted, and ${problem}.`,
    'Store the key in the vault again with its passphrase.',
  )
}

/** The private key cannot be read. */
export function keyUnreadable(peer: Peer, user: string): FailureError {
  return failed(
    'credential',
    'key-unreadable',
    `Rollout cannot read the private key of ${user} for ${describePeer(peer)}.`,
    'Store a private key in OpenSSH or PEM format (the file without .pub). Convert a .ppk file with puttygen first.',
  )
}

/** The stored key is a public one. */
export function keyPublic(peer: Peer, user: string): FailureError {
  return failed(
    'credential',
    'key-public',
    `The vault entry of ${user} for ${describePeer(peer)} contains a public key instead of a private key.`,
    'Store the private key (the file without .pub).',
  )
}

/** The host asks for more than a password. */
export function interactiveQuestion(peer: Peer, user: string, prompts: readonly string[]): FailureError {
  return failed(
    'credential',
    'interactive-question',
    `${describePeer(peer)} asks ${user} for more than a password: "${prompts.join('", "')}".`,
    'Use an account without a second factor whose password has not expired, or use a key.',
  )
}

/** The host accepted the credential and asks for a second one. */
export function secondFactor(peer: Peer, credential: Credential, methods: readonly string[]): FailureError {
  return failed(
    'credential',
    'second-factor',
    `${describePeer(peer)} accepted the ${sshText.credential[credential.kind]} of ${credential.user} and asks for a second factor (${methods.join(', ')}).`,
    'Use an account without a second factor: Rollout cannot answer one.',
  )
}

/** The host does not offer the sign-in that the credential needs. */
export function methodNotOffered(peer: Peer, credential: Credential, methods: readonly string[]): FailureError {
  return failed(
    'credential',
    'way-not-offered',
    `${describePeer(peer)} does not let ${credential.user} sign in by ${sshText.credential[credential.kind]}. It offers ${methods.join(', ') || 'nothing'}.`,
    credential.kind === 'password'
      ? 'Use a key instead, or allow PasswordAuthentication in sshd_config of the host.'
      : 'Use a password instead, or allow PubkeyAuthentication in sshd_config of the host.',
  )
}

/** The code of a credential that was sent and refused. */
export const notLetInCode = 'not-let-in'

const administratorsKeys = 'C:\\ProgramData\\ssh\\administrators_authorized_keys'

/** The host refused the credential. */
export function credentialRefused(peer: Peer, credential: Credential): FailureError {
  const hint =
    credential.kind === 'password'
      ? 'Correct the user or the password in the vault (write a domain user as DOMAIN\\user). Rollout does not try it again by itself, so that the account is not locked.'
      : `Add the public key to .ssh\\authorized_keys of the user, or, for an administrator on Windows, to ${administratorsKeys}.`
  return failed(
    'credential',
    notLetInCode,
    `${describePeer(peer)} did not accept the ${sshText.credential[credential.kind]} of ${credential.user}.`,
    hint,
  )
}

/** The password has expired. */
export function passwordExpired(peer: Peer, user: string): FailureError {
  return failed(
    'credential',
    'password-expired',
    `The password of ${user} on ${peer.name} has expired.`,
    'Set a new password on the host and store it in the vault.',
  )
}

/** The folder of a file does not exist and could not be created. */
export function noFolder(peer: Peer, remotePath: string): FailureError {
  return failed(
    'host',
    'no-folder',
    `Rollout could not create the folder of ${remotePath} on ${describePeer(peer)}.`,
    'Check the work folder of the host in the plan.',
  )
}

/** The user may not read or write a file. */
export function fileAccessDenied(peer: Peer, hostPath: string, error: unknown): FailureError {
  return failed(
    'host',
    'access-denied',
    `${describePeer(peer)} does not let this user read or write ${hostPath}.`,
    'Use an account that is an administrator of the host, or another work folder.',
    'never',
    [textOf(error)],
  )
}

/** A file could not be read or written. */
export function fileFailed(peer: Peer, hostPath: string, error: unknown): FailureError {
  return failed(
    'host',
    'file-failed',
    `${describePeer(peer)} could not read or write ${hostPath}: ${textOf(error)}.`,
    'Check that the disk of the host has free space and that no other program uses the file.',
    'backoff',
    [textOf(error)],
  )
}

/** The host has no PowerShell. */
export function noPowerShell(peer: Peer, executable: string, evidence: string[]): FailureError {
  return failed(
    'host',
    'no-powershell',
    `Rollout signed in to ${describePeer(peer)}, but the host has no ${executable}.`,
    'Use a Windows host whose PATH contains Windows PowerShell 5.1 (System32\\WindowsPowerShell\\v1.0).',
    'never',
    evidence,
  )
}

/** The host's PowerShell ended before it was ready. */
export function powershellNotStarted(peer: Peer, reason: string, evidence: string[]): FailureError {
  return failed(
    'host',
    'powershell-not-started',
    `PowerShell could not start on ${describePeer(peer)}: ${reason}`,
    'Start powershell.exe by hand on the host as the same user and correct what it reports.',
    'never',
    evidence,
  )
}
