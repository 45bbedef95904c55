/** The practice site's random numbers: each depends on its key only, so the order of calls changes nothing. */

/** A number from 0 (included) to 1 (excluded) for this key; the same key always gives the same number. */
export function chance(...key: readonly (string | number)[]): number {
  return hash53(key.join('\u0000')) / 2 ** 53
}

/** A whole number from `from` to `to`, both included. */
export function between(from: number, to: number, ...key: readonly (string | number)[]): number {
  return from + Math.floor(chance(...key) * (to - from + 1))
}

/** `digits` lower-case hexadecimal digits. */
export function hexDigits(digits: number, ...key: readonly (string | number)[]): string {
  let text = ''
  for (let i = 0; text.length < digits; i++)
    text += hash53(`${i}\u0000${key.join('\u0000')}`)
      .toString(16)
      .padStart(14, '0')
      .slice(-12)
  return text.slice(0, digits)
}

/** A boot id or the like, in the form of a GUID. */
export function guid(...key: readonly (string | number)[]): string {
  const hex = hexDigits(32, ...key)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

// cyrb53: a public-domain 53-bit string hash; fast, well mixed, and of no cryptographic use.
function hash53(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}
