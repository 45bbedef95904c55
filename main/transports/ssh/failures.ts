/** Owns what the ssh transport says to the operator when something goes wrong. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'

/** Where a host is, as it stands in every sentence: name (address:port). */
export interface Peer {
  readonly name: string
  readonly address: string
  readonly port: number
}

/** A peer in words, for example RUN001 (10.20.20.1:22). */
export function inWords(peer: Peer): string {
  return `${peer.name} (${peer.address.includes(':') ? `[${peer.address}]` : peer.address}:${peer.port})`
}

/** Why there is no TCP connection. */
export function unreachable(peer: Peer, error: unknown): FailureError {
  const code = codeOf(error)
  const evidence = [textOf(error)]
  const at = inWords(peer)
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return failed(
        'link',
        'name-unresolved',
        `The name ${peer.address} of host ${peer.name} cannot be resolved from this workstation.`,
        'Check the spelling and the DNS server, or write the IP address into the plan.',
        'backoff',
        evidence,
      )
    case 'ECONNREFUSED':
      return failed(
        'link',
        'connection-refused',
        `${at} is there, but nothing listens on port ${peer.port}.`,
        'Start the OpenSSH Server service (sshd) on the host and check the port in the plan.',
        'backoff',
        evidence,
      )
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return failed(
        'link',
        'unreachable',
        `There is no route from this workstation to ${at}.`,
        'Check that the host is switched on, its address, and the network or VPN of this workstation.',
        'backoff',
        evidence,
      )
    case 'ETIMEDOUT':
      return failed(
        'link',
        'connect-timeout',
        `${at} did not answer.`,
        `Check that the host is switched on and that the firewalls let TCP port ${peer.port} through from this workstation.`,
        'backoff',
        evidence,
      )
    default:
      return failed(
        'link',
        'connect-failed',
        `The connection to ${at} could not be made: ${textOf(error)}.`,
        'Check the network between this workstation and the host.',
        'backoff',
        evidence,
      )
  }
}

/** The connection was made, but no SSH conversation came of it. */
export function noConversation(peer: Peer, error: unknown): FailureError {
  const text = textOf(error)
  if (/no matching|no mutual/i.test(text))
    return failed(
      'host',
      'algorithms',
      `${inWords(peer)} speaks only SSH algorithms that are no longer safe.`,
      'Update OpenSSH on the host (7.6 or newer, as every supported Windows can have).',
      'never',
      [text],
    )
  if (/timed out/i.test(text))
    return failed(
      'link',
      'handshake-timeout',
      `${inWords(peer)} took the connection but did not finish the SSH handshake in time.`,
      'Check that the port is that of an SSH server and that the host is not overloaded.',
      'backoff',
      [text],
    )
  return failed(
    'link',
    'handshake-failed',
    `${inWords(peer)} took the connection and ended it before a session was there.`,
    'Check that the port is that of an SSH server, and the log of sshd on the host (it drops connections beyond MaxStartups).',
    'backoff',
    [text],
  )
}

/** A conversation that was there is gone. */
export function linkLost(peer: Peer, why: string): FailureError {
  return failed(
    'link',
    'link-lost',
    `The connection to ${inWords(peer)} was lost: ${why}.`,
    'What was under way on the host is looked at once it can be reached again; check the network and whether the host restarts.',
    'backoff',
    [why],
  )
}

/** The session was closed by us while something was still asked of it. */
export function sessionClosed(peer: Peer): FailureError {
  return failed(
    'link',
    'session-closed',
    `The session with ${inWords(peer)} was closed on this side.`,
    'Open a new session.',
    'backoff',
  )
}

/** The operator or the engine called it off. */
export function calledOff(peer: Peer): FailureError {
  return failed(
    'uncertain',
    'cancelled',
    `The work on ${inWords(peer)} was called off on this side.`,
    'Look at the host before it is run again.',
  )
}

/** The host would not open another channel. */
export function channelRefused(peer: Peer, error: unknown): FailureError {
  return failed(
    'host',
    'channel-refused',
    `${inWords(peer)} refused to open another channel on the connection.`,
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
      ? `${inWords(peer)} has no SFTP, so no file can be sent to it.`
      : `${inWords(peer)} does not let this user run commands.`,
    sftp
      ? 'Enable the line Subsystem sftp in sshd_config of the host and restart sshd.'
      : 'Check ForceCommand and the shell of the user in sshd_config of the host.',
    'never',
    [textOf(error)],
  )
}

/** The code Node gave an error, of the first of several if there were several addresses. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}

/** The words of anything thrown. */
export function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(textOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
