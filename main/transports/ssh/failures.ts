/** Owns what the ssh transport says to the operator when something goes wrong. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { unreachable as notReachable } from '../shared/failures.ts'
import { describePeer, type Peer } from '../shared/peer.ts'
import { textOf } from '../shared/thrown.ts'

/** Why there is no TCP connection. */
export function unreachable(peer: Peer, error: unknown): FailureError {
  return notReachable(
    peer,
    error,
    'Start the OpenSSH Server service (sshd) on the host and check the port in the plan.',
  )
}

/** The connection was made, but no SSH conversation came of it. */
export function noConversation(peer: Peer, error: unknown): FailureError {
  const text = textOf(error)
  if (/no matching|no mutual/i.test(text))
    return failed(
      'host',
      'algorithms',
      `${describePeer(peer)} speaks only SSH algorithms that are no longer safe.`,
      'Update OpenSSH on the host (7.6 or newer, as every supported Windows can have).',
      'never',
      [text],
    )
  if (/timed out/i.test(text))
    return failed(
      'link',
      'handshake-timeout',
      `${describePeer(peer)} took the connection but did not finish the SSH handshake in time.`,
      'Check that the port is that of an SSH server and that the host is not overloaded.',
      'backoff',
      [text],
    )
  return failed(
    'link',
    'handshake-failed',
    `${describePeer(peer)} took the connection and ended it before a session was there.`,
    'Check that the port is that of an SSH server, and the log of sshd on the host (it drops connections beyond MaxStartups).',
    'backoff',
    [text],
  )
}

/** The session was closed by us while something was still asked of it. */
export function sessionClosed(peer: Peer): FailureError {
  return failed(
    'link',
    'session-closed',
    `The session with ${describePeer(peer)} was closed on this side.`,
    'Open a new session.',
    'backoff',
  )
}

/** The host would not open another channel. */
export function channelRefused(peer: Peer, error: unknown): FailureError {
  return failed(
    'host',
    'channel-refused',
    `${describePeer(peer)} refused to open another channel on the connection.`,
    'Check MaxSessions in sshd_config of the host (10 as it comes; 5 are needed), and that the subsystem sftp is enabled.',
    'backoff',
    [textOf(error)],
  )
}

/** The host opened a channel and then would not run what was asked in it. */
export function requestRefused(peer: Peer, error: unknown): FailureError {
  const sftp = /sftp/i.test(textOf(error))
  return failed(
    'host',
    sftp ? 'sftp-off' : 'command-refused',
    sftp
      ? `${describePeer(peer)} has no SFTP, so no file can be sent to it.`
      : `${describePeer(peer)} does not let this user run commands.`,
    sftp
      ? 'Enable the line Subsystem sftp in sshd_config of the host and restart sshd.'
      : 'Check ForceCommand and the shell of the user in sshd_config of the host.',
    'never',
    [textOf(error)],
  )
}
