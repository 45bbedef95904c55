/** Failures of signing in to WinRM: NTLM, Kerberos and certificates. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { describePeer, type Peer } from '../../shared/peer.ts'
import { authText } from './text.ts'

const useHttps = 'Give the host an HTTPS listener (port 5986) and select TLS in the plan'

/** Bytes from the network cannot be decoded. They are not quoted: they may contain what a credential was made of. */
export function malformed(what: string, why: string): FailureError {
  return failed(
    'link',
    'bad-answer',
    `The host answered with ${what} that Rollout cannot read: ${why}.`,
    'Check that WinRM uses this port and that no proxy or gateway changes the traffic.',
    'backoff',
    [`${what}: ${why}`],
  )
}

/** A sealed message is not the one that the host sent. */
export function answerAltered(why: string): FailureError {
  return failed(
    'trust',
    'answer-altered',
    `An encrypted answer is not what the host sent: ${why}. Rollout discarded it.`,
    'Check for a proxy or another machine between this workstation and the host that changes or repeats messages, then retry.',
    'never',
    [why],
  )
}

/** The host accepts only weak NTLM. */
export function ntlmWeak(sealed: boolean, flags: number): FailureError {
  return failed(
    'host',
    'ntlm-weak',
    `The host requests NTLM without ${sealed ? '128-bit sealing' : '128-bit keys'}. That is not safe, so Rollout did not send the password.`,
    'On the host, set the policy "Network security: Minimum session security for NTLM SSP based servers" to 128-bit encryption and NTLMv2, or use HTTPS.',
    'never',
    [`flags 0x${flags.toString(16)}`],
  )
}

/** This workstation forbids MD5, which NTLM needs. */
export function noMd5(): FailureError {
  return failed(
    'workstation',
    'no-md5',
    'This workstation runs in FIPS mode, which forbids MD5, and NTLM needs MD5.',
    'Reach the host with Kerberos, with a client certificate, or by SSH.',
  )
}

/** Basic is not used without HTTPS. */
export function basicNeedsHttps(peer: Peer): FailureError {
  return failed(
    'plan',
    'basic-needs-https',
    `Basic without HTTPS would expose the password on the network, so Rollout does not use it for ${describePeer(peer)}.`,
    `${useHttps}, or use NTLM, which encrypts its traffic.`,
  )
}

/** A client certificate needs HTTPS. */
export function certificateNeedsHttps(peer: Peer): FailureError {
  return failed(
    'plan',
    'certificate-needs-https',
    `Signing in with a client certificate needs HTTPS, but the plan reaches ${describePeer(peer)} without it.`,
    `${useHttps}.`,
  )
}

/** Kerberos needs HTTPS. */
export function kerberosNeedsHttps(peer: Peer): FailureError {
  return failed(
    'plan',
    'kerberos-needs-https',
    `Kerberos to ${describePeer(peer)} needs HTTPS: Rollout cannot encrypt plain HTTP with the optional package kerberos.`,
    `${useHttps}, or use NTLM on port 5985.`,
  )
}

/** The optional package kerberos cannot be loaded. */
export function kerberosMissing(why: string): FailureError {
  return failed(
    'workstation',
    'kerberos-missing',
    'The plan uses Kerberos, but this workstation cannot load the optional package kerberos: it is not installed or not built.',
    'If Rollout runs from its folder, build the package there: npm pkg set allowScripts.kerberos=true --json, then npm rebuild kerberos (on Linux it needs a compiler and libkrb5-dev). Otherwise use NTLM, Basic over HTTPS or a client certificate.',
    'never',
    [why],
  )
}

/** The ticket belongs to another user than the vault names. */
export function ticketOfAnother(peer: Peer, owner: string, wanted: string): FailureError {
  return failed(
    'credential',
    'ticket-of-another',
    `The Kerberos ticket of this workstation belongs to ${owner}, but ${wanted} should sign in to ${describePeer(peer)}. Rollout ran nothing there.`,
    'Get a ticket for the right user (kinit, or sign in to Windows as that user), or store the user of the ticket in the vault.',
  )
}

/** The host refused the ticket and gives no reason. */
export function ticketRefused(peer: Peer, evidence: string[] = []): FailureError {
  return failed(
    'credential',
    'ticket-refused',
    `${describePeer(peer)} did not accept the Kerberos ticket.`,
    'Check that the account may use WinRM on the host. If the host requires channel binding (CbtHardeningLevel is Strict, the default is Relaxed), use NTLM: the package kerberos does not support it.',
    'never',
    evidence,
  )
}

/** There is no ticket, and the implementation gives no reason that we know. */
export function noTicket(peer: Peer, service: string, evidence: string[]): FailureError {
  return failed(
    'credential',
    'no-ticket',
    `There is no Kerberos ticket for ${service} to sign in to ${describePeer(peer)}.`,
    'Check that you are signed in to the domain (klist), and that the plan uses the full domain name of the host instead of an address.',
    'never',
    evidence,
  )
}

type Saying = (
  peer: Peer,
  service: string,
) => readonly [kind: 'credential' | 'link', code: string, message: string, hint: string]

/**
 * The messages of Kerberos implementations and their failures. Words are MIT's; numbers and the other words are
 * Windows'. The first match counts.
 */
const sayings: readonly (readonly [RegExp, Saying])[] = [
  [
    /not found in Kerberos database|S_PRINCIPAL_UNKNOWN|80090303|target is unknown/i,
    (peer, service) => [
      'credential',
      'service-unknown',
      `The domain knows no service ${service} (SPN), so it issues no ticket to sign in to ${describePeer(peer)}.`,
      'Enter the full domain name of the host in the plan instead of an address or an alias, or register the name for the host.',
    ],
  ],
  [
    /Key version is not available|Message stream modified|Decrypt integrity|Wrong principal|80090322|target principal name is incorrect/i,
    (peer, service) => [
      'credential',
      'service-of-another',
      `${describePeer(peer)} cannot read the ticket for ${service}: the domain issued it for the key of another account.`,
      "Check which account owns the service name (setspn -Q): only the host's computer account may. If it does, the host's password in the domain is out of date, or the address leads to another machine.",
    ],
  ],
  [
    /Clock skew too great|Ticket not yet valid|80090324|clocks .* skewed/i,
    (peer) => [
      'credential',
      'clock-skew',
      `The clocks of ${describePeer(peer)} and the domain differ by more than Kerberos allows (5 minutes), so Kerberos refused the ticket.`,
      "Find out which clock is wrong (the host's, the domain controller's or this workstation's), set it, and repair its time source.",
    ],
  ],
  [
    /8009030c|logon attempt failed/i,
    (peer, service) => [
      'credential',
      'refused',
      `The domain did not accept the user or the password, so it issued no ticket for ${service} to sign in to ${describePeer(peer)}.`,
      authText.correctPassword,
    ],
  ],
  [
    /Ticket expired|credentials? (?:have |has )?expired/i,
    (peer) => [
      'credential',
      'ticket-expired',
      `The Kerberos ticket to sign in to ${describePeer(peer)} has expired.`,
      'Sign in to the domain again (kinit, or lock and unlock Windows), then retry.',
    ],
  ],
  [
    /Cannot (?:contact|find|locate|resolve)[^:]* KDC|80090311|No authority could be contacted/i,
    (peer, service) => [
      'link',
      'domain-unreachable',
      `No domain controller answers this workstation, so there is no ticket for ${service} to sign in to ${describePeer(peer)}.`,
      'Check the network or VPN of this workstation, its DNS, and the realm in krb5.conf.',
    ],
  ],
]

/** The failure that a message of a Kerberos implementation means; undefined if we do not know it. */
export function kerberosFailure(peer: Peer, service: string, message: string): FailureError | undefined {
  const known = sayings.find(([pattern]) => pattern.test(message))?.[1](peer, service)
  return known && failed(...known, known[0] === 'link' ? 'backoff' : 'never', [message])
}
