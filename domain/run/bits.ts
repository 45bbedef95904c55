/** Owns Bits: a small immutable set of lane numbers; copying it costs one word per 32 lanes, so a fold over many events stays linear. */

export type Bits = Uint32Array

/** An empty set for numbers below `size`. */
export function emptyBits(size: number): Bits {
  return new Uint32Array(Math.ceil(size / 32))
}

/** True when the number is in the set. */
export function hasBit(bits: Bits, n: number): boolean {
  return (((bits[n >>> 5] ?? 0) >>> (n & 31)) & 1) === 1
}

/** The set with the number in it or not; the same object when nothing changes. */
export function withBit(bits: Bits, n: number, present: boolean): Bits {
  if (hasBit(bits, n) === present) return bits
  const next = bits.slice()
  next[n >>> 5] = (next[n >>> 5] ?? 0) ^ (1 << (n & 31))
  return next
}

/** The numbers in the set, ascending. */
export function* members(bits: Bits): Generator<number> {
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word] ?? 0
    while (rest !== 0) {
      const bit = 31 - Math.clz32(rest & -rest)
      yield word * 32 + bit
      rest &= rest - 1
    }
  }
}
