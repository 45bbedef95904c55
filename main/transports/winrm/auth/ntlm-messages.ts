/** The three messages of NTLM as bytes (MS-NLMP 2.2.1): writes ours, reads the server's strictly. */
import { decodeAvPairs, type AvPair } from './av-pairs.ts'
import { malformed } from './failures.ts'
import { formatText } from './text.ts'

/** NEGOTIATE flags (MS-NLMP 2.2.2.5) that we have a use for. */
export const ntlmFlag = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  extendedSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const

export const signature = Buffer.from('NTLMSSP\0', 'latin1')

// Windows Server 2019 (10.0.17763, NTLM revision 15), as in the captures: servers only log it.
const version = Buffer.from('0a0063450000000f', 'hex')
// Far above anything seen (0.3 to 1 kB), far below what would hurt.
const mostBytes = 16_384

export interface Challenge {
  readonly flags: number
  readonly serverChallenge: Buffer
  readonly attributes: readonly AvPair[]
}

export interface Authenticate {
  readonly flags: number
  readonly domain: string
  readonly user: string
  readonly workstation: string
  readonly lmResponse: Buffer
  readonly ntResponse: Buffer
  readonly encryptedSessionKey: Buffer
  /** Sixteen bytes, zero until it is known; left out where the server gave no timestamp (MS-NLMP 3.1.5.1.2). */
  readonly mic?: Buffer
}

/** Where the MIC stands in the third message. */
export const micOffset = 72

/** The first message. It names neither user nor domain. */
export function encodeNegotiate(flags: number): Buffer {
  const message = Buffer.alloc(40)
  signature.copy(message)
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(flags >>> 0, 12)
  version.copy(message, 32)
  return message
}

/** Reads the server's message. Throws `bad-answer` for anything that is not exactly one. */
export function decodeChallenge(message: Buffer): Challenge {
  const what = formatText.ntlmChallenge
  if (message.length > mostBytes) throw malformed(what, formatText.length(message.length))
  if (message.length < 48 || !message.subarray(0, 8).equals(signature)) throw malformed(what, formatText.wrongStart)
  if (message.readUInt32LE(8) !== 2) throw malformed(what, formatText.otherMessage(message.readUInt32LE(8)))
  const flags = message.readUInt32LE(20)
  const length = message.readUInt16LE(40)
  const offset = message.readUInt32LE(44)
  if (length > 0 && (offset < 48 || offset + length > message.length))
    throw malformed(what, formatText.attributesOutside)
  return {
    flags,
    serverChallenge: message.subarray(24, 32),
    attributes: length === 0 ? [] : decodeAvPairs(message.subarray(offset, offset + length)),
  }
}

/** The third message. Text goes as UTF-16, so the unicode flag must have been agreed. */
export function encodeAuthenticate(fields: Authenticate): Buffer {
  const text = (value: string) => Buffer.from(value, 'utf16le')
  const head = Buffer.alloc(fields.mic ? micOffset + 16 : micOffset)
  const payload: Buffer[] = []
  let offset = head.length
  const place = (at: number, value: Buffer) => {
    head.writeUInt16LE(value.length, at)
    head.writeUInt16LE(value.length, at + 2)
    head.writeUInt32LE(offset, at + 4)
    payload.push(value)
    offset += value.length
  }
  signature.copy(head)
  head.writeUInt32LE(3, 8)
  place(28, text(fields.domain))
  place(36, text(fields.user))
  place(44, text(fields.workstation))
  place(12, fields.lmResponse)
  place(20, fields.ntResponse)
  place(52, fields.encryptedSessionKey)
  head.writeUInt32LE(fields.flags >>> 0, 60)
  version.copy(head, 64)
  fields.mic?.copy(head, micOffset)
  return Buffer.concat([head, ...payload])
}
