/** Owns what is said to the operator when a connection to WinRM cannot be made, breaks, or does not let us in. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { inWords, lostCode, type Peer } from '../peer.ts'

/** Why there is no TCP connection. */
export function unreachable(peer: Peer, error: unknown): FailureError {
  const at = inWords(peer)
  const evidence = [textOf(error)]
  switch (codeOf(error)) {
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
        'Run winrm quickconfig on the host, or Enable-PSRemoting, and check the port in the plan (5986 with TLS, 5985 without).',
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

/** A connection that was there broke, or its answer is not HTTP. */
export function linkLost(peer: Peer, error: unknown): FailureError {
  const code = codeOf(error) ?? ''
  if (code === 'HPE_HEADER_OVERFLOW')
    return failed(
      'link',
      'bad-answer',
      `${inWords(peer)} answered with a header longer than any of WinRM's.`,
      notWinrmHint,
      'backoff',
      [textOf(error)],
    )
  if (code.startsWith('HPE_'))
    return failed(
      'link',
      'bad-answer',
      `${inWords(peer)} answered with something that is not HTTP.`,
      notWinrmHint,
      'backoff',
      [textOf(error)],
    )
  return failed(
    'link',
    lostCode,
    `The connection to ${inWords(peer)} was lost: ${textOf(error)}.`,
    'What was under way on the host is looked at once it can be reached again; check the network and whether the host restarts.',
    'backoff',
    [textOf(error)],
  )
}

/** No answer, or no end of it, in time. */
export function answerTimeout(peer: Peer, what: string): FailureError {
  return failed(
    'link',
    'answer-timeout',
    `${inWords(peer)} ${what}.`,
    'Check the load of the host and the network; what was under way is looked at once it answers again.',
    'backoff',
  )
}

/** An answer larger than anything we asked for. It would be no smaller the next time. */
export function answerTooLarge(peer: Peer, most: number): FailureError {
  return failed(
    'host',
    'answer-too-large',
    `${inWords(peer)} answered with more than ${most} bytes, which is more than it was asked for.`,
    'Look at what answers there: WinRM keeps to the size it is asked for, so a gateway between or another service on that port is likely.',
  )
}

/** An answer that is HTTP and otherwise not as agreed. */
export function badAnswer(peer: Peer, why: string): FailureError {
  return failed(
    'link',
    'bad-answer',
    `${inWords(peer)} answered with something WinRM does not say: ${why}.`,
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
    `${inWords(peer)} answered in clear on a connection where everything is sealed. The answer was thrown away: anybody on the way could have written it.`,
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
    `${inWords(peer)} did not accept ${how}.`,
    `Correct the user or the password in the vault (a domain user is written DOMAIN\\user, one of the host itself .\\user); it is not tried again by itself, so that the account is not locked.${bound}`,
  )
}

/** The client certificate was shown and not taken. */
export function certificateRefused(peer: Peer): FailureError {
  return failed(
    'credential',
    'certificate-refused',
    `${inWords(peer)} did not accept the client certificate.`,
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
      `${inWords(peer)} offers ${offers} and does not answer NTLM: a policy there forbids it. No password was shown to it.`,
      'Use Kerberos, or allow NTLM on the host (policy "Network security: Restrict NTLM: Incoming NTLM traffic").',
      'never',
      evidence,
    )
  const switches = { NTLM: 'Negotiate', Basic: 'Basic', Kerberos: 'Kerberos' }[way]
  return failed(
    'host',
    `${way.toLowerCase()}-not-offered`,
    `${inWords(peer)} does not let anybody in by ${way}; it offers ${offers}. No password was shown to it.`,
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
      `${inWords(peer)} answers, but its WinRM service is stopped or starting (HTTP 503).`,
      'Start the service WinRM on the host.',
      'backoff',
    )
  return failed(
    'host',
    'not-winrm',
    `${inWords(peer)} speaks HTTP, but it does not sign anybody in as WinRM does (HTTP ${status}).`,
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
    `${inWords(peer)} no longer knows this connection: it was signed out.`,
    'Nothing to do: a new connection is made.',
    'backoff',
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

const notWinrmHint =
  'Check the port in the plan (5986 with TLS, 5985 without) and that no proxy or gateway stands between this workstation and the host.'
