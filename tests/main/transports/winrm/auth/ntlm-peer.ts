/** The server's half of NTLM, for tests only: writes a challenge, reads an authenticate message. */
import { encodeAvPairs } from '../../../../../main/transports/winrm/auth/av-pairs.ts'
import {
  micOffset,
  signature,
  type Authenticate,
  type Challenge,
} from '../../../../../main/transports/winrm/auth/ntlm-messages.ts'

export function encodeChallenge({ flags, serverChallenge, attributes }: Challenge): Buffer {
  const head = Buffer.alloc(56)
  const list = encodeAvPairs(attributes)
  signature.copy(head)
  head.writeUInt32LE(2, 8)
  head.writeUInt32LE(56, 16)
  head.writeUInt32LE(flags >>> 0, 20)
  serverChallenge.copy(head, 24)
  head.writeUInt16LE(list.length, 40)
  head.writeUInt16LE(list.length, 42)
  head.writeUInt32LE(56, 44)
  return Buffer.concat([head, list])
}

export function decodeAuthenticate(message: Buffer): Authenticate {
  const field = (at: number) =>
    message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at))
  const starts = [12, 20, 28, 36, 44, 52]
    .filter((at) => message.readUInt16LE(at) > 0)
    .map((at) => message.readUInt32LE(at + 4))
  return {
    flags: message.readUInt32LE(60),
    lmResponse: field(12),
    ntResponse: field(20),
    domain: field(28).toString('utf16le'),
    user: field(36).toString('utf16le'),
    workstation: field(44).toString('utf16le'),
    encryptedSessionKey: field(52),
    ...(Math.min(...starts) >= micOffset + 16 && { mic: message.subarray(micOffset, micOffset + 16) }),
  }
}
