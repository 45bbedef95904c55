/** Owns the judgement over a host's TLS certificate: pinned ones hold, the system store decides, a first sight is recorded, a change is refused. */
import { createHash, X509Certificate } from 'node:crypto'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import type { TrustStore } from '../../../engine/ports.ts'
import { describePeer, type Peer } from '../../shared/peer.ts'

/** What makes a certificate acceptable. `authorities` are PEM texts of a company's own issuers, besides those of the system store. */
export type TlsTrust =
  /** Chain, name and dates must be right. */
  | { readonly kind: 'system'; readonly authorities?: readonly string[] }
  /** The plan says which certificate: SHA256: and base64, or 64 hexadecimal digits with or without colons. Nothing else is asked. */
  | { readonly kind: 'fingerprint'; readonly fingerprint: string }
  /** As `system`; where only chain or name are not right, the certificate is recorded at first sight and is the only one from then on. */
  | {
      readonly kind: 'first-sight'
      readonly store: TrustStore
      readonly authorities?: readonly string[]
      readonly onFirstSight?: (seen: SeenCertificate) => void
    }

/** A certificate as the host showed it. `fingerprint` is SHA256: and base64 without padding, of the DER. */
export interface SeenCertificate {
  readonly fingerprint: string
  readonly der: Buffer
  readonly subject: string
  readonly issuer: string
  /** Milliseconds since 1970. */
  readonly validFrom: number
  readonly validTo: number
}

export interface Judging {
  readonly peer: Peer
  /** The name the certificate must be for. */
  readonly name: string
  readonly seen: SeenCertificate
  /** As Node gives it, for the check of the name. */
  readonly certificate: PeerCertificate
  /** OpenSSL's word on the chain; undefined where it ends at an issuer of the store. */
  readonly chainProblem: string | undefined
  readonly trust: TlsTrust
  readonly now: number
}

// serverAuth and anyExtendedKeyUsage.
const serverUses = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0']

// Of the chain's problems those that we see more exactly ourselves.
const notOfTheChain = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
])

/** Names a certificate in DER. */
export function seenCertificate(der: Buffer): SeenCertificate {
  const read = new X509Certificate(der)
  const oneLine = (text: string) => text.replaceAll('\n', ', ')
  return {
    fingerprint: fingerprintOf(createHash('sha256').update(der).digest()),
    der,
    subject: oneLine(read.subject),
    issuer: oneLine(read.issuer),
    validFrom: Date.parse(read.validFrom),
    validTo: Date.parse(read.validTo),
  }
}

/** Ends well when the certificate may be trusted, having recorded it if this was its first sight; otherwise throws FailureError of kind `trust`. */
export function judgeCertificate(judging: Judging): void {
  const { trust, seen, peer } = judging
  switch (trust.kind) {
    case 'fingerprint':
      if (sameFingerprint(trust.fingerprint, seen.fingerprint)) return
      throw changed(peer, seen, trust.fingerprint, 'plan')
    case 'system': {
      const problem = datesWrong(judging) ?? useWrong(judging) ?? chainWrong(judging) ?? nameWrong(judging)
      if (problem) throw problem
      return
    }
    case 'first-sight': {
      const recorded = trust.store.pinned(peer.address, peer.port)
      if (recorded !== undefined) {
        if (sameFingerprint(recorded, seen.fingerprint)) return
        throw changed(peer, seen, recorded, 'record')
      }
      const unfit = datesWrong(judging) ?? useWrong(judging)
      if (unfit) throw unfit
      if (!chainWrong(judging) && !nameWrong(judging)) return
      trust.store.pin(peer.address, peer.port, seen.fingerprint)
      trust.onFirstSight?.(seen)
    }
  }
}

function datesWrong({ peer, seen, now }: Judging): FailureError | undefined {
  const at = describePeer(peer)
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
  if (now > seen.validTo)
    return failed(
      'trust',
      'certificate-expired',
      `The certificate of ${at} expired on ${day(seen.validTo)} UTC. Nothing was sent to it.`,
      'Renew the certificate on the host and give it to its WinRM listener; check the clock of this workstation too.',
      'never',
      evidenceOf(seen),
    )
  if (now < seen.validFrom)
    return failed(
      'trust',
      'certificate-not-yet-valid',
      `The certificate of ${at} is valid only from ${day(seen.validFrom)} UTC on. Nothing was sent to it.`,
      'Check the clocks of this workstation and of the machine that made the certificate.',
      'never',
      evidenceOf(seen),
    )
  return undefined
}

// A certificate that does not say what it is for is for everything (RFC 5280 4.2.1.12).
function useWrong({ peer, seen }: Judging): FailureError | undefined {
  // Node gives none where the certificate has none, whatever its types say.
  const read: { readonly keyUsage?: readonly string[] } = new X509Certificate(seen.der)
  const uses = read.keyUsage
  if (uses === undefined || uses.some((one) => serverUses.includes(one))) return undefined
  return failed(
    'trust',
    'certificate-usage',
    `The certificate of ${describePeer(peer)} is not for servers: its extended key usage does not hold server authentication. Nothing was sent to it.`,
    'Give the WinRM listener of the host a certificate for server authentication (1.3.6.1.5.5.7.3.1).',
    'never',
    [`extended key usage ${uses.join(', ')}`, ...evidenceOf(seen)],
  )
}

function chainWrong({ peer, seen, chainProblem }: Judging): FailureError | undefined {
  if (
    chainProblem === undefined ||
    (notOfTheChain.has(chainProblem) && chainProblem !== 'CERT_HAS_EXPIRED' && chainProblem !== 'CERT_NOT_YET_VALID')
  )
    return undefined
  // The leaf's dates are right when we come here, so it is an issuer's that are not.
  const why = notOfTheChain.has(chainProblem)
    ? 'one of its issuers is expired or not yet valid'
    : chainProblem === 'DEPTH_ZERO_SELF_SIGNED_CERT'
      ? 'it is signed by itself'
      : `its issuer (${seen.issuer}) is not trusted here`
  return failed(
    'trust',
    'certificate-untrusted',
    `The certificate of ${describePeer(peer)} is not trusted by this workstation: ${why}. Nothing was sent to it.`,
    `Add the issuer to the trusted roots of this workstation, or compare the fingerprint with the host's and write it into the plan: ${seen.fingerprint}.`,
    'never',
    [chainProblem, ...evidenceOf(seen)],
  )
}

function nameWrong({ peer, seen, name, certificate }: Judging): FailureError | undefined {
  const problem = checkServerIdentity(name, certificate)
  if (!problem) return undefined
  return failed(
    'trust',
    'certificate-name',
    `The certificate of ${describePeer(peer)} is not for the name ${name}. Nothing was sent to it.`,
    `Write the name that stands in the certificate into the plan, give the host a certificate for ${name}, or write its fingerprint into the plan: ${seen.fingerprint}.`,
    'never',
    [problem.message, ...evidenceOf(seen)],
  )
}

function changed(peer: Peer, seen: SeenCertificate, pinned: string, by: 'plan' | 'record'): FailureError {
  return failed(
    'trust',
    'certificate-changed',
    `The identity of ${describePeer(peer)} has changed: ${by === 'plan' ? 'the plan says' : 'it was recorded as'} ${pinned}, the host now shows ${seen.fingerprint}. Nothing was sent to it.`,
    `Ask whoever runs the host whether its certificate was renewed (on the host: winrm enumerate winrm/config/listener). Only then ${
      by === 'plan' ? 'write the new fingerprint into the plan' : 'remove the recorded fingerprint'
    }; otherwise another machine may be answering in its place.`,
    'never',
    [`pinned ${pinned}`, ...evidenceOf(seen)],
  )
}

function evidenceOf(seen: SeenCertificate): string[] {
  const hex = createHash('sha256').update(seen.der).digest('hex').toUpperCase()
  return [`shown ${seen.fingerprint}`, `SHA-256 ${hex}`, `subject ${seen.subject}`, `issuer ${seen.issuer}`]
}

function fingerprintOf(sha256: Buffer): string {
  return `SHA256:${sha256.toString('base64').replace(/=+$/, '')}`
}

function sameFingerprint(written: string, seen: string): boolean {
  const hex = written.replace(/^SHA-?256:/i, '').replaceAll(/[:\s]/g, '')
  return (/^[0-9A-Fa-f]{64}$/.test(hex) ? fingerprintOf(Buffer.from(hex, 'hex')) : written.replace(/=+$/, '')) === seen
}
