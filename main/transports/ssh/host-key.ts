/** Owns the judgement over a host's key: pinned keys hold, a first sight is recorded, a change is refused. */
import { createHash } from 'node:crypto'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { describePeer, type Peer } from '../shared/peer.ts'

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

/** Judges a key; `other-key` may still be right, if the host has keys of several types and another of them is the pinned one. */
export function judgeKey(seen: SeenKey, expectation: Expectation): KeyVerdict {
  if (expectation.revoked.has(seen.fingerprint)) return 'revoked'
  if (!expectation.pinned) return 'first-sight'
  return expectation.pinned.fingerprint === seen.fingerprint ? 'expected' : 'other-key'
}

/** The refusal of a host none of whose keys is the pinned one. */
export function hostKeyChanged(
  peer: Peer,
  pinned: NonNullable<Expectation['pinned']>,
  seen: readonly SeenKey[],
): FailureError {
  const shown = seen.map((key) => `${key.fingerprint} (${key.keyType})`)
  const where = pinned.by === 'plan' ? 'the plan says' : 'it was recorded as'
  return failed(
    'trust',
    'host-key-changed',
    `The identity of ${describePeer(peer)} has changed: ${where} ${pinned.fingerprint}, the host now shows ${shown.join(', ')}. Nothing was sent to it.`,
    `Ask whoever runs the host whether it was reinstalled (on the host: ssh-keygen -lf C:\\ProgramData\\ssh\\ssh_host_ed25519_key.pub). Only then ${
      pinned.by === 'plan' ? 'write the new fingerprint into the plan' : 'remove the recorded fingerprint'
    }; otherwise another machine may be answering in its place.`,
    'never',
    [`pinned ${pinned.fingerprint}`, ...shown.map((key) => `shown ${key}`)],
  )
}

/** The refusal of a host that shows a key somebody has revoked. */
export function hostKeyRevoked(peer: Peer, seen: SeenKey): FailureError {
  return failed(
    'trust',
    'host-key-revoked',
    `${describePeer(peer)} shows a key that known_hosts marks as revoked: ${seen.fingerprint} (${seen.keyType}). Nothing was sent to it.`,
    'Have the host given new keys before anything is sent to it.',
    'never',
    [seen.fingerprint],
  )
}
