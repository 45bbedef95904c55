/** The arithmetic of NTLMv2: from a password to proofs and session keys (MS-NLMP 3.3.2 and 3.4.5). */
import { createHash, createHmac } from 'node:crypto'
import { encodeAvPairs, type AvPair } from './av-pairs.ts'
import { md4 } from './md4.ts'
import { rc4 } from './rc4.ts'

const utf16 = (text: string) => Buffer.from(text, 'utf16le')

/** HMAC-MD5 over the parts one after the other. */
export function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  return parts.reduce((mac, part) => mac.update(part), createHmac('md5', key)).digest()
}

/** NTOWFv2: what a password, a user and a domain become. The domain goes in as it is written, the user in capitals. */
export function responseKey(user: string, domain: string, password: string): Buffer {
  return hmacMd5(md4(utf16(password)), utf16(capitals(user) + domain))
}

// Windows maps one UTF-16 unit to one; String.toUpperCase makes SS of a German sharp s, and the password would look
// wrong.
function capitals(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charAt(index))
    .map((unit) => (unit.toUpperCase().length === 1 ? unit.toUpperCase() : unit))
    .join('')
}

export interface ProofInput {
  readonly responseKey: Buffer
  readonly serverChallenge: Buffer
  readonly clientChallenge: Buffer
  /** Eight bytes: 100 ns since 1601, little-endian. */
  readonly time: Buffer
  readonly attributes: readonly AvPair[]
}

/**
 * The proof that we know the password (NTProofStr), the whole response that carries it, and the key that both sides now
 * share.
 */
export function proof(input: ProofInput): {
  readonly ntProof: Buffer
  readonly ntResponse: Buffer
  readonly sessionBaseKey: Buffer
} {
  const temp = Buffer.concat([
    Buffer.from('0101000000000000', 'hex'),
    input.time,
    input.clientChallenge,
    Buffer.alloc(4),
    encodeAvPairs(input.attributes),
    Buffer.alloc(4),
  ])
  const ntProof = hmacMd5(input.responseKey, input.serverChallenge, temp)
  return { ntProof, ntResponse: Buffer.concat([ntProof, temp]), sessionBaseKey: hmacMd5(input.responseKey, ntProof) }
}

/** LMv2: the shorter proof, for servers that send no timestamp. */
export function lmProof(key: Buffer, serverChallenge: Buffer, clientChallenge: Buffer): Buffer {
  return Buffer.concat([hmacMd5(key, serverChallenge, clientChallenge), clientChallenge])
}

/** The session key on its way to the server. */
export function encryptSessionKey(sessionBaseKey: Buffer, exportedKey: Buffer): Buffer {
  return rc4(sessionBaseKey)(exportedKey)
}

export interface DirectionKeys {
  readonly sign: Buffer
  readonly seal: Buffer
}

/** Signing and sealing keys of one direction, with 128 bit and extended session security (SIGNKEY, SEALKEY). */
export function directionKeys(exportedKey: Buffer, direction: 'client-to-server' | 'server-to-client'): DirectionKeys {
  const key = (use: 'signing' | 'sealing') =>
    createHash('md5')
      .update(exportedKey)
      .update(`session key to ${direction} ${use} key magic constant\0`, 'latin1')
      .digest()
  return { sign: key('signing'), seal: key('sealing') }
}
