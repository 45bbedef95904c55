/** Judges a host key: a pinned key is accepted, a new one recorded, a changed one refused. */
import { createHash } from 'node:crypto'

/** A host key as the host showed it. `fingerprint` is OpenSSH's: SHA256: and base64 without padding. */
export interface SeenKey {
  readonly fingerprint: string
  readonly keyType: string
}

/** What is expected of a host before it is asked. `pinned` is absent at first sight. */
export interface Expectation {
  readonly pinned?: { readonly fingerprint: string; readonly by: 'plan' | 'record' }
  /** Fingerprints that must never be accepted. */
  readonly revoked: ReadonlySet<string>
}

export type KeyVerdict = 'expected' | 'first-sight' | 'other-key' | 'revoked'

/** Names a public key blob (RFC 4253 section 6.6: its first string is the type). */
export function seenKey(blob: Uint8Array): SeenKey {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
  const length = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0
  return {
    fingerprint: `SHA256:${createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '')}`,
    keyType: bytes.subarray(4, 4 + length).toString('latin1'),
  }
}

/**
 * Judges a key; `other-key` may still be right, if the host has keys of several types and another of them is the pinned
 * one.
 */
export function judgeKey(seen: SeenKey, expectation: Expectation): KeyVerdict {
  if (expectation.revoked.has(seen.fingerprint)) return 'revoked'
  if (!expectation.pinned) return 'first-sight'
  return expectation.pinned.fingerprint === seen.fingerprint ? 'expected' : 'other-key'
}

/** A key in sentences: fingerprint and type. */
export function describeKey({ fingerprint, keyType }: SeenKey): string {
  return `${fingerprint} (${keyType})`
}
