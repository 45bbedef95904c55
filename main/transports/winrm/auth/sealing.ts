/** Owns signing and sealing of messages by NTLM (MS-NLMP 3.4.3, 3.4.4), numbered, one cipher a direction for the life of the connection. */
import { timingSafeEqual } from 'node:crypto'
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { directionKeys, hmacMd5 } from './ntlm-keys.ts'
import { rc4 } from './rc4.ts'

/** A message under way: `header` is the security header that stands before it. */
export interface Sealed {
  readonly header: Buffer
  readonly body: Buffer
}

/** Both directions of one connection. Every message must pass through in its order; after `unseal` threw, the connection is of no more use. */
export interface Sealing {
  seal(plain: Uint8Array): Sealed
  /** Throws `trust` / `answer-altered` when the message is not the next one of the other side, bit for bit. */
  unseal(message: Sealed): Buffer
}

/** The sealing of one side of a connection, from the key that both have agreed on. */
export function ntlmSealing(exportedKey: Buffer, side: 'client' | 'server' = 'client'): Sealing {
  const out = channel(exportedKey, side === 'client' ? 'client-to-server' : 'server-to-client')
  const back = channel(exportedKey, side === 'client' ? 'server-to-client' : 'client-to-server')
  return {
    seal(plain) {
      const body = out.cipher(plain)
      return { body, header: out.signature(plain) }
    },
    unseal({ header, body }) {
      if (header.length !== 16) throw altered(`the signature has ${header.length} bytes, not 16`)
      const plain = back.cipher(body)
      // One comparison for version, checksum and number: which of them is wrong is nobody's business.
      if (!timingSafeEqual(back.signature(plain), header))
        throw altered('it does not carry the signature the next message must have')
      return plain
    },
  }
}

function channel(exportedKey: Buffer, direction: Parameters<typeof directionKeys>[1]) {
  const keys = directionKeys(exportedKey, direction)
  const cipher = rc4(keys.seal)
  let number = 0
  return {
    cipher,
    // The checksum is encrypted after the message, with the same running cipher.
    signature(plain: Uint8Array): Buffer {
      const counted = Buffer.alloc(4)
      counted.writeUInt32LE(number)
      number = (number + 1) >>> 0
      return Buffer.concat([
        Buffer.from([1, 0, 0, 0]),
        cipher(hmacMd5(keys.sign, counted, plain).subarray(0, 8)),
        counted,
      ])
    },
  }
}

function altered(why: string): FailureError {
  return failed(
    'trust',
    'answer-altered',
    `A sealed message that came back is not what the host sent: ${why}. It was thrown away.`,
    'Look for a proxy or another machine between this workstation and the host that changes or repeats messages; then retry.',
    'never',
    [why],
  )
}
