/** MD4 (RFC 1320) for NTLM password hashes only: it is broken, and OpenSSL no longer has it. */

const rounds = [
  {
    add: 0,
    shifts: [3, 7, 11, 19],
    word: (step: number) => step,
    mix: (x: number, y: number, z: number) => (x & y) | (~x & z),
  },
  {
    add: 0x5a827999,
    shifts: [3, 5, 9, 13],
    word: (step: number) => (step % 4) * 4 + (step >> 2),
    mix: (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  },
  {
    add: 0x6ed9eba1,
    shifts: [3, 9, 11, 15],
    word: (step: number) => [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15][step] ?? 0,
    mix: (x: number, y: number, z: number) => x ^ y ^ z,
  },
]

/** The 16 bytes of a message's MD4. */
export function md4(message: Uint8Array): Buffer {
  const padded = Buffer.alloc((((message.length + 8) >> 6) + 1) * 64)
  padded.set(message)
  padded[message.length] = 0x80
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8)
  let state: readonly [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d] = state
    for (const { add, shifts, word, mix } of rounds) {
      for (let step = 0; step < 16; step++) {
        const sum = a + mix(b, c, d) + padded.readUInt32LE(block + word(step) * 4) + add
        const shift = shifts[step % 4] ?? 0
        ;[a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c]
      }
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0]
  }
  const digest = Buffer.alloc(16)
  state.forEach((part, index) => digest.writeInt32LE(part | 0, index * 4))
  return digest
}
