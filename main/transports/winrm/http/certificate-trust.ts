/**
 * Judges a host's TLS certificate: a pinned one is accepted, the system store decides, a new one is recorded, a changed
 * one refused.
 */
import { createHash, X509Certificate } from 'node:crypto'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import type { FailureError } from '../../../../domain/base/failure.ts'
import type { TrustStore } from '../../../engine/ports.ts'
import type { Peer } from '../../shared/peer.ts'
import {
  certificateChanged,
  certificateExpired,
  certificateName,
  certificateNotYetValid,
  certificateUntrusted,
  certificateUsage,
} from './failures.ts'
import { httpText } from './text.ts'

/**
 * Which certificate is acceptable. `authorities` are PEM texts of a company's own issuers, besides those of the system
 * store.
 */
export type TlsTrust =
  /** Chain, name and dates must be right. */
  | { readonly kind: 'system'; readonly authorities?: readonly string[] }
  /**
   * The plan names the certificate: SHA256: and base64, or 64 hexadecimal digits with or without colons. Nothing else
   * is checked.
   */
  | { readonly kind: 'fingerprint'; readonly fingerprint: string }
  /**
   * As `system`; if only chain or name are wrong, the certificate is recorded at first sight and is the only one from
   * then on.
   */
  | {
      readonly kind: 'first-sight'
      readonly store: TrustStore
      readonly authorities?: readonly string[]
      readonly onFirstSight?: (seen: SeenCertificate) => void
    }

/** The certificate that a host showed. `fingerprint` is SHA256: and base64 without padding, of the DER. */
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
  /** OpenSSL's problem with the chain; undefined if it ends at an issuer of the store. */
  readonly chainProblem: string | undefined
  readonly trust: TlsTrust
  readonly now: number
}

// serverAuth and anyExtendedKeyUsage.
const serverUses = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0']

// Problems of the chain that we judge more precisely ourselves.
const notOfTheChain = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
])

/** Reads a certificate in DER. */
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

/**
 * Returns if the certificate may be trusted, and records it at first sight. Otherwise throws FailureError of kind
 * `trust`.
 */
export function judgeCertificate(judging: Judging): void {
  const { trust, seen, peer } = judging
  switch (trust.kind) {
    case 'fingerprint':
      if (sameFingerprint(trust.fingerprint, seen.fingerprint)) return
      throw changed(judging, trust.fingerprint, 'plan')
    case 'system': {
      const problem = datesWrong(judging) ?? useWrong(judging) ?? chainWrong(judging) ?? nameWrong(judging)
      if (problem) throw problem
      return
    }
    case 'first-sight': {
      const recorded = trust.store.pinned(peer.address, peer.port)
      if (recorded !== undefined) {
        if (sameFingerprint(recorded, seen.fingerprint)) return
        throw changed(judging, recorded, 'record')
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
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
  if (now > seen.validTo) return certificateExpired(peer, day(seen.validTo), evidenceOf(seen))
  if (now < seen.validFrom) return certificateNotYetValid(peer, day(seen.validFrom), evidenceOf(seen))
  return undefined
}

// A certificate without an extended key usage may be used for everything (RFC 5280 4.2.1.12).
function useWrong({ peer, seen }: Judging): FailureError | undefined {
  // Undefined if the certificate has none, contrary to Node's types.
  const read: { readonly keyUsage?: readonly string[] } = new X509Certificate(seen.der)
  const uses = read.keyUsage
  if (uses === undefined || uses.some((use) => serverUses.includes(use))) return undefined
  return certificateUsage(peer, [httpText.keyUsage(uses), ...evidenceOf(seen)])
}

function chainWrong({ peer, seen, chainProblem }: Judging): FailureError | undefined {
  if (
    chainProblem === undefined ||
    (notOfTheChain.has(chainProblem) && chainProblem !== 'CERT_HAS_EXPIRED' && chainProblem !== 'CERT_NOT_YET_VALID')
  )
    return undefined
  // OpenSSL wants server authentication by name, and reports this instead of whatever else is wrong with the chain.
  if (chainProblem === 'INVALID_PURPOSE') return certificateUsage(peer, [chainProblem, ...evidenceOf(seen)])
  // The dates of the leaf have been checked, so the wrong ones are an issuer's.
  const why = notOfTheChain.has(chainProblem)
    ? httpText.issuerDates
    : chainProblem === 'DEPTH_ZERO_SELF_SIGNED_CERT'
      ? httpText.selfSigned
      : httpText.issuerUntrusted(seen.issuer)
  return certificateUntrusted(peer, why, seen.fingerprint, [chainProblem, ...evidenceOf(seen)])
}

function nameWrong({ peer, seen, name, certificate }: Judging): FailureError | undefined {
  const problem = checkServerIdentity(name, certificate)
  if (!problem) return undefined
  return certificateName(peer, name, seen.fingerprint, [problem.message, ...evidenceOf(seen)])
}

function changed({ peer, seen }: Judging, pinned: string, by: 'plan' | 'record'): FailureError {
  return certificateChanged(peer, pinned, by, seen.fingerprint, [`pinned ${pinned}`, ...evidenceOf(seen)])
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
