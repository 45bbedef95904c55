/** Damages an input at random, reproducibly: the same seed gives the same damage. */

/** Numbers of 0 up to `n`, by chance. */
export type Below = (n: number) => number

/** Chance from a seed (mulberry32). */
export function chance(seed: number): Below {
  const next = mulberry32(seed)
  return (n) => Math.floor(next() * n)
}

/** A few changes of the kinds that find mistakes in lengths; now and then bytes of nothing, or a hundredfold repetition. */
export function damage(whole: Buffer, below: Below): Buffer {
  if (below(20) === 0) return Buffer.from(Array.from({ length: below(200) }, () => below(256)))
  let bytes: Buffer = Buffer.from(whole)
  for (let change = below(4); change >= 0 && bytes.length > 0; change--) {
    const at = below(bytes.length)
    switch (below(6)) {
      case 0:
        bytes[at] = below(256)
        break
      case 1:
        bytes[at] = [0, 1, 0x7f, 0x80, 0xff][below(5)]!
        break
      case 2:
        bytes = bytes.subarray(0, at)
        break
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(bytes.length))])
        break
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([below(256)]), bytes.subarray(at)])
        break
      default:
        if (below(50) === 0 && bytes.length < 2_000) bytes = Buffer.concat(Array.from({ length: 100 }, () => bytes))
        else bytes[at]! ^= 1 << below(8)
    }
  }
  return bytes
}

function mulberry32(start: number): () => number {
  let state = start | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
