/** Search for many texts at once: one pass, with a bitmap of their beginnings to skip most places. */

/** Every pattern has at least this many characters; shorter ones are refused where secrets come in. */
const beginning = 4

export interface TextSearch {
  /** Ranges `[start, end)` in UTF-16 units that the patterns cover, in order, merged where they overlap or touch. */
  covered(text: string): [start: number, end: number][]
  /** The first place from which the rest of the text could begin a pattern; the text's length if there is none. */
  openEnd(text: string): number
  /** Characters of the longest pattern; 0 without patterns. */
  readonly longest: number
}

/** Prepares the search. A pattern of fewer than 4 characters throws RangeError. */
export function searchFor(patterns: readonly string[]): TextSearch {
  const bitmap = new Uint8Array(65_536)
  const byBeginning = new Map<string, string[]>()
  const shortBeginnings = new Set<string>()
  let longest = 0
  for (const pattern of patterns) {
    if (pattern.length < beginning) throw new RangeError('a pattern is too short to be searched for')
    longest = Math.max(longest, pattern.length)
    bitmap[hashAt(pattern, 0)] = 1
    const key = pattern.slice(0, beginning)
    byBeginning.set(key, [...(byBeginning.get(key) ?? []), pattern])
    for (let length = 1; length < beginning; length++) shortBeginnings.add(pattern.slice(0, length))
  }
  // Only the longest match at a place matters for what is covered.
  for (const some of byBeginning.values()) some.sort((a, b) => b.length - a.length)

  const candidates = (text: string, at: number): readonly string[] =>
    bitmap[hashAt(text, at)] === 1 ? (byBeginning.get(text.slice(at, at + beginning)) ?? []) : []
  return {
    longest,
    covered: (text) => {
      const found: [number, number][] = []
      let last: [number, number] | undefined
      for (let at = 0, end = text.length - beginning; at <= end; at++) {
        if (bitmap[hashAt(text, at)] === 0) continue
        const match = byBeginning.get(text.slice(at, at + beginning))?.find((pattern) => text.startsWith(pattern, at))
        if (match === undefined) continue
        if (last && at <= last[1]) last[1] = Math.max(last[1], at + match.length)
        else found.push((last = [at, at + match.length]))
      }
      return found
    },
    openEnd: (text) => {
      for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {
        const rest = text.length - at
        if (
          rest < beginning
            ? shortBeginnings.has(text.slice(at))
            : candidates(text, at).some((pattern) => pattern.length > rest && pattern.startsWith(text.slice(at)))
        )
          return at
      }
      return text.length
    },
  }
}

function hashAt(text: string, at: number): number {
  const mixed =
    text.charCodeAt(at) ^
    Math.imul(text.charCodeAt(at + 1), 0x9e5) ^
    Math.imul(text.charCodeAt(at + 2), 0x3c6f) ^
    Math.imul(text.charCodeAt(at + 3), 0x7a13)
  return mixed & 0xffff
}
