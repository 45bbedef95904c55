/**
 * Signs and encrypts messages by NTLM (MS-NLMP 3.4.3, 3.4.4): numbered, with one cipher per direction for the whole
 * connection.
 */
import { timingSafeEqual } from 'node:crypto'
import { answerAltered } from './failures.ts'
import { directionKeys, hmacMd5 } from './ntlm-keys.ts'
import { rc4 } from './rc4.ts'
import { authText } from './text.ts'

/** An encrypted message: `header` is the security header before it. */
export interface Sealed {
  readonly header: Buffer
  readonly body: Buffer
}

/**
 * Both directions of one connection. Every message must pass through in its order; after `unseal` throws, the
 * connection cannot be used any more.
 */
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
      if (header.length !== 16) throw answerAltered(authText.signatureLength(header.length))
      const plain = back.cipher(body)
      // One comparison for version, checksum and number: an attacker must not learn which of them is wrong.
      if (!timingSafeEqual(back.signature(plain), header)) throw answerAltered(authText.signatureWrong)
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
