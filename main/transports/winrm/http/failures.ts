/** Owns what is said to the operator when a connection to WinRM cannot be made, breaks, or does not let us in. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { connectionLost, unreachable as notReachable } from '../../shared/failures.ts'
import { describePeer, type Peer } from '../../shared/peer.ts'
import { codeOf, textOf } from '../../shared/thrown.ts'

/** Why there is no TCP connection. */
export function unreachable(peer: Peer, error: unknown): FailureError {
  return notReachable(
    peer,
    error,
    'Run winrm quickconfig or Enable-PSRemoting on the host, and check the port in the plan (5986 with TLS, 5985 without).',
  )
}

/** A connection that was there broke, or its answer is not HTTP. */
export function linkLost(peer: Peer, error: unknown): FailureError {
  const code = codeOf(error) ?? ''
  if (code === 'HPE_HEADER_OVERFLOW')
    return failed(
      'link',
      'bad-answer',
      `${describePeer(peer)} answered with a header longer than any of WinRM's.`,
      notWinrmHint,
      'backoff',
      [textOf(error)],
    )
  if (code.startsWith('HPE_'))
    return failed(
      'link',
      'bad-answer',
      `${describePeer(peer)} answered with something that is not HTTP.`,
      notWinrmHint,
      'backoff',
      [textOf(error)],
    )
  return connectionLost(peer, textOf(error))
}

/** No answer, or no end of it, in time. */
export function answerTimeout(peer: Peer, what: string): FailureError {
  return failed(
    'link',
    'answer-timeout',
    `${describePeer(peer)} ${what}.`,
    'Check the load of the host and the network; what was under way is looked at once it answers again.',
    'backoff',
  )
}

/** An answer larger than anything we asked for. It would be no smaller the next time. */
export function answerTooLarge(peer: Peer, most: number): FailureError {
  return failed(
    'host',
    'answer-too-large',
    `${describePeer(peer)} answered with more than ${most} bytes, which is more than it was asked for.`,
    'Look at what answers there: WinRM keeps to the size it is asked for, so a gateway between or another service on that port is likely.',
  )
}

/** An answer that is HTTP and otherwise not as agreed. */
export function badAnswer(peer: Peer, why: string): FailureError {
  return failed(
    'link',
    'bad-answer',
    `${describePeer(peer)} answered with something WinRM does not say: ${why}.`,
    notWinrmHint,
    'backoff',
    [why],
  )
}

/** What came back in clear where everything is sealed. */
export function notSealed(peer: Peer): FailureError {
  return failed(
    'trust',
    'answer-not-sealed',
    `${describePeer(peer)} answered in clear on a connection where everything is sealed. The answer was thrown away: anybody on the way could have written it.`,
    'Look for a proxy between this workstation and the host, or give the host an HTTPS listener (port 5986); then retry.',
  )
}

/** The credential was shown once and not taken. */
export function refused(peer: Peer, how: string, tls: boolean): FailureError {
  const bound = tls
    ? ' Where the password is right, look for a gateway that ends TLS on the way: the host may demand that nobody does (CbtHardeningLevel).'
    : ''
  return failed(
    'credential',
    'refused',
    `${describePeer(peer)} did not accept ${how}.`,
    `Correct the user or the password in the vault (a domain user is written DOMAIN\\user, one of the host itself .\\user); it is not tried again by itself, so that the account is not locked.${bound}`,
  )
}

/** The client certificate was shown and not taken. */
export function certificateRefused(peer: Peer): FailureError {
  return failed(
    'credential',
    'certificate-refused',
    `${describePeer(peer)} did not accept the client certificate.`,
    'On the host, allow certificates (winrm set winrm/config/service/auth @{Certificate="true"}), map this one to an account (New-Item WSMan:\\localhost\\ClientCertificate) and trust its issuer.',
  )
}

/** The host does not know the way we were told to sign in. `offered` are the schemes of WWW-Authenticate. */
export function wayNotOffered(
  peer: Peer,
  way: 'NTLM' | 'Basic' | 'Kerberos',
  offered: readonly string[],
): FailureError {
  const offers = offered.length === 0 ? 'nothing' : offered.join(', ')
  const evidence = [`WWW-Authenticate: ${offers}`]
  if (way === 'NTLM' && offered.some((scheme) => scheme.toLowerCase() === 'negotiate'))
    return failed(
      'host',
      'ntlm-refused',
      `${describePeer(peer)} offers ${offers} and does not answer NTLM: a policy there forbids it. No password was shown to it.`,
      'Use Kerberos, or allow NTLM on the host (policy "Network security: Restrict NTLM: Incoming NTLM traffic").',
      'never',
      evidence,
    )
  const switches = { NTLM: 'Negotiate', Basic: 'Basic', Kerberos: 'Kerberos' }[way]
  return failed(
    'host',
    `${way.toLowerCase()}-not-offered`,
    `${describePeer(peer)} does not let anybody in by ${way}; it offers ${offers}. No password was shown to it.`,
    `Use one of the ways it offers, or allow this one on the host (winrm set winrm/config/service/auth @{${switches}="true"}).`,
    'never',
    evidence,
  )
}

/** A status that says the sign-in never began. */
export function notWinrm(peer: Peer, status: number): FailureError {
  if (status === 503)
    return failed(
      'link',
      'winrm-stopped',
      `${describePeer(peer)} answers, but its WinRM service is stopped or starting (HTTP 503).`,
      'Start the service WinRM on the host.',
      'backoff',
    )
  return failed(
    'host',
    'not-winrm',
    `${describePeer(peer)} speaks HTTP, but it does not sign anybody in as WinRM does (HTTP ${status}).`,
    notWinrmHint,
    'never',
    [`HTTP ${status}`],
  )
}

/** A 401 after the sign-in was good: the host has forgotten this connection. The request was not carried out. */
export function signedOut(peer: Peer): FailureError {
  return failed(
    'link',
    'signed-out',
    `${describePeer(peer)} no longer knows this connection: it was signed out.`,
    'Nothing to do: a new connection is made.',
    'backoff',
  )
}

const notWinrmHint =
  'Check the port in the plan (5986 with TLS, 5985 without) and that no proxy or gateway stands between this workstation and the host.'
