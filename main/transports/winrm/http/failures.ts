/** Failures of connecting to WinRM over HTTP: TLS, certificates, sign-in, answers. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { plural } from '../../../../domain/base/plural.ts'
import { connectionLost, unreachable as notReachable } from '../../shared/failures.ts'
import { describePeer, type Peer } from '../../shared/peer.ts'
import { codeOf, textOf } from '../../shared/thrown.ts'

const notWinrmHint =
  'Check the port in the plan (5986 with TLS, 5985 without), and that no proxy or gateway answers instead of the host.'

/** There is no TCP connection, and why. */
export function unreachable(peer: Peer, error: unknown): FailureError {
  return notReachable(
    peer,
    error,
    'Run winrm quickconfig or Enable-PSRemoting on the host, and check the port in the plan (5986 with TLS, 5985 without).',
  )
}

/** An open connection broke, or its answer is not HTTP. */
export function linkLost(peer: Peer, error: unknown): FailureError {
  const code = codeOf(error) ?? ''
  const notHttp = (message: string) => failed('link', 'bad-answer', message, notWinrmHint, 'backoff', [textOf(error)])
  if (code === 'HPE_HEADER_OVERFLOW')
    return notHttp(`${describePeer(peer)} answered with a longer header than WinRM sends.`)
  if (code.startsWith('HPE_')) return notHttp(`${describePeer(peer)} does not answer in HTTP.`)
  return connectionLost(peer, textOf(error))
}

/** There was no answer, or no end of it, in time. `what` follows the name of the host. */
export function answerTimeout(peer: Peer, what: string): FailureError {
  return failed(
    'link',
    'answer-timeout',
    `${describePeer(peer)} ${what}.`,
    'Check the load of the host and the network. Rollout checks the host once it answers again.',
    'backoff',
  )
}

/** An answer is larger than anything we request. A retry would get the same. */
export function answerTooLarge(peer: Peer, most: number): FailureError {
  return failed(
    'host',
    'answer-too-large',
    `${describePeer(peer)} answered with more than the ${plural(most, 'byte')} that Rollout accepts.`,
    'Check which program answers on this port: WinRM keeps to the requested size, so a gateway or another service is likely.',
  )
}

/** An answer is HTTP, but not what WinRM sends. */
export function badAnswer(peer: Peer, why: string): FailureError {
  return failed(
    'link',
    'bad-answer',
    `${describePeer(peer)} does not answer as WinRM does: ${why}.`,
    notWinrmHint,
    'backoff',
    [why],
  )
}

/** An answer is not encrypted on a connection that encrypts everything. */
export function notSealed(peer: Peer): FailureError {
  return failed(
    'trust',
    'answer-not-sealed',
    `${describePeer(peer)} answered unencrypted on an encrypted connection. Rollout discarded the answer: any machine on the path could have written it.`,
    'Check for a proxy between this workstation and the host, or give the host an HTTPS listener (port 5986). Then retry.',
  )
}

/** The host refused the credential, described by `what`. */
export function refused(peer: Peer, what: string, tls: boolean): FailureError {
  const gateway = tls
    ? ' If the password is right, check for a gateway that ends TLS on the path: the host may forbid it (CbtHardeningLevel).'
    : ''
  return failed(
    'credential',
    'refused',
    `${describePeer(peer)} did not accept ${what}.`,
    `Correct the user or the password in the vault (write a domain user as DOMAIN\\user, a user of the host as .\\user). Rollout does not try it again by itself, so that the account is not locked.${gateway}`,
  )
}

/** The host refused the client certificate. */
export function certificateRefused(peer: Peer): FailureError {
  return failed(
    'credential',
    'certificate-refused',
    `${describePeer(peer)} did not accept the client certificate.`,
    'On the host, allow certificates (winrm set winrm/config/service/auth @{Certificate="true"}), map this one to an account (New-Item WSMan:\\localhost\\ClientCertificate) and trust its issuer.',
  )
}

/** The client certificate or its key cannot be read. */
export function certificateUnreadable(peer: Peer, code: string): FailureError {
  return failed(
    'credential',
    'certificate-unreadable',
    `Rollout cannot read the client certificate for ${describePeer(peer)} or its private key.`,
    'Store a certificate and its private key in PEM, with the passphrase of the key if it has one.',
    'never',
    [code],
  )
}

/** The host does not offer the sign-in of the plan. `offered` are the schemes of WWW-Authenticate. */
export function methodNotOffered(
  peer: Peer,
  method: 'NTLM' | 'Basic' | 'Kerberos',
  offered: readonly string[],
): FailureError {
  const offers = offered.length === 0 ? 'nothing' : offered.join(', ')
  const evidence = [`WWW-Authenticate: ${offers}`]
  if (method === 'NTLM' && offered.some((scheme) => scheme.toLowerCase() === 'negotiate'))
    return failed(
      'host',
      'ntlm-refused',
      `${describePeer(peer)} offers ${offers} but does not answer NTLM: a policy there forbids it. Rollout did not send the password.`,
      'Use Kerberos, or allow NTLM on the host (policy "Network security: Restrict NTLM: Incoming NTLM traffic").',
      'never',
      evidence,
    )
  const setting = { NTLM: 'Negotiate', Basic: 'Basic', Kerberos: 'Kerberos' }[method]
  return failed(
    'host',
    `${method.toLowerCase()}-not-offered`,
    `${describePeer(peer)} does not offer sign-in by ${method}. It offers ${offers}. Rollout did not send the password.`,
    `Choose a sign-in that the host offers, or allow this one on the host (winrm set winrm/config/service/auth @{${setting}="true"}).`,
    'never',
    evidence,
  )
}

/** A status that shows that the sign-in never began. */
export function notWinrm(peer: Peer, status: number): FailureError {
  if (status === 503) return winrmStopped(describePeer(peer))
  return failed(
    'host',
    'not-winrm',
    `${describePeer(peer)} speaks HTTP, but does not offer a WinRM sign-in (HTTP ${status}).`,
    notWinrmHint,
    'never',
    [`HTTP ${status}`],
  )
}

/** The WinRM service of the host is stopped. */
export function winrmStopped(host: string): FailureError {
  return failed(
    'link',
    'winrm-stopped',
    `${host} answers, but its WinRM service is stopped or starting (HTTP 503).`,
    'Start the service WinRM on the host.',
    'backoff',
  )
}

/** A 401 after a successful sign-in: the host has forgotten this connection and did not carry out the request. */
export function signedOut(peer: Peer): FailureError {
  return failed(
    'link',
    'signed-out',
    `${describePeer(peer)} has signed out this connection.`,
    'Nothing to do: Rollout opens a new connection.',
    'backoff',
  )
}

/** Two requests used one connection at the same time. */
export function exchangeBusy(peer: Peer): FailureError {
  return failed(
    'bug',
    'exchange-busy',
    `Rollout sent two requests to ${describePeer(peer)} over one connection at the same time.`,
    'Report it with the evidence.',
  )
}

/** The port does not speak TLS. */
export function notTls(peer: Peer, error: Error): FailureError {
  return failed(
    'link',
    'not-tls',
    `${describePeer(peer)} is reachable, but it does not speak TLS.`,
    'Check the port in the plan: WinRM uses TLS on 5986 and none on 5985.',
    'never',
    [textOf(error)],
  )
}

/** Host and workstation have no safe TLS version in common. */
export function tlsTooOld(peer: Peer, error: Error): FailureError {
  return failed(
    'host',
    'tls-too-old',
    `${describePeer(peer)} and this workstation have no safe version of TLS in common.`,
    'Enable TLS 1.2 or newer on the host (every supported Windows can), and give its listener a certificate with an RSA key of at least 2048 bits.',
    'never',
    [textOf(error)],
  )
}

/** The host ended the connection during the TLS handshake. */
export function tlsFailed(peer: Peer, error: Error): FailureError {
  return failed(
    'link',
    'tls-failed',
    `${describePeer(peer)} accepted the connection and closed it before TLS was established.`,
    'Check that the WinRM listener on the host has a certificate (winrm enumerate winrm/config/listener) and that the port is its HTTPS port.',
    'backoff',
    [textOf(error)],
  )
}

const nothingSent = 'Rollout sent it nothing.'

/** The host's certificate has expired at `validTo`, a UTC time in words. */
export function certificateExpired(peer: Peer, validTo: string, evidence: string[]): FailureError {
  return failed(
    'trust',
    'certificate-expired',
    `The certificate of ${describePeer(peer)} expired on ${validTo} UTC. ${nothingSent}`,
    'Renew the certificate on the host and assign it to its WinRM listener. Check the clock of this workstation too.',
    'never',
    evidence,
  )
}

/** The host's certificate is not valid before `validFrom`, a UTC time in words. */
export function certificateNotYetValid(peer: Peer, validFrom: string, evidence: string[]): FailureError {
  return failed(
    'trust',
    'certificate-not-yet-valid',
    `The certificate of ${describePeer(peer)} is not valid before ${validFrom} UTC. ${nothingSent}`,
    'Check the clocks of this workstation and of the machine that issued the certificate.',
    'never',
    evidence,
  )
}

/** The host's certificate is not for servers. */
export function certificateUsage(peer: Peer, evidence: string[]): FailureError {
  return failed(
    'trust',
    'certificate-usage',
    `The certificate of ${describePeer(peer)} is not for servers: its extended key usage lacks server authentication. ${nothingSent}`,
    'Give the WinRM listener of the host a certificate for server authentication (1.3.6.1.5.5.7.3.1).',
    'never',
    evidence,
  )
}

/** This workstation does not trust the host's certificate. */
export function certificateUntrusted(peer: Peer, why: string, fingerprint: string, evidence: string[]): FailureError {
  return failed(
    'trust',
    'certificate-untrusted',
    `This workstation does not trust the certificate of ${describePeer(peer)}: ${why}. ${nothingSent}`,
    `Add the issuer to the trusted roots of this workstation. Or compare the fingerprint on the host and enter it in the plan: ${fingerprint}.`,
    'never',
    evidence,
  )
}

/** The host's certificate is for another name. */
export function certificateName(peer: Peer, name: string, fingerprint: string, evidence: string[]): FailureError {
  return failed(
    'trust',
    'certificate-name',
    `The certificate of ${describePeer(peer)} is not for the name ${name}. ${nothingSent}`,
    `Enter the name of the certificate in the plan, give the host a certificate for ${name}, or enter its fingerprint in the plan: ${fingerprint}.`,
    'never',
    evidence,
  )
}

/** The host's certificate is not the pinned one; `by` says where the pin comes from. */
export function certificateChanged(
  peer: Peer,
  pinned: string,
  by: 'plan' | 'record',
  shown: string,
  evidence: string[],
): FailureError {
  const source = by === 'plan' ? 'the plan names' : 'Rollout recorded'
  const replace = by === 'plan' ? 'enter the new fingerprint in the plan' : 'remove the recorded fingerprint'
  return failed(
    'trust',
    'certificate-changed',
    `The identity of ${describePeer(peer)} has changed: ${source} ${pinned}, but the host now shows ${shown}. ${nothingSent}`,
    `Another machine may be answering instead of the host. Ask its administrator whether the certificate was renewed (on the host: winrm enumerate winrm/config/listener). If so, ${replace}.`,
    'never',
    evidence,
  )
}
