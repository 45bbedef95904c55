/** RC4 for NTLM message sealing only: it is broken, and OpenSSL no longer has it. */

/**
 * A cipher whose state runs on: each call encrypts (or decrypts) the bytes that follow those of the last. The key has 1
 * to 256 bytes.
 */
export function rc4(key: Uint8Array): (bytes: Uint8Array) => Buffer {
  if (key.length < 1 || key.length > 256) throw new RangeError(`an RC4 key has 1 to 256 bytes, not ${key.length}`)
  const state = Uint8Array.from({ length: 256 }, (_, index) => index)
  const at = (index: number) => state[index] ?? 0
  const swap = (i: number, j: number) => {
    const held = at(i)
    state[i] = at(j)
    state[j] = held
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255
    swap(i, j)
  }
  let i = 0
  let j = 0
  return (bytes) => {
    const out = Buffer.allocUnsafe(bytes.length)
    for (let n = 0; n < bytes.length; n++) {
      i = (i + 1) & 255
      j = (j + at(i)) & 255
      swap(i, j)
      out[n] = (bytes[n] ?? 0) ^ at((at(i) + at(j)) & 255)
    }
    return out
  }
}
