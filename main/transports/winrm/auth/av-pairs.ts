/** The list of attributes (AV_PAIR, MS-NLMP 2.2.2.1) that server and client exchange in NTLM. */
import { malformed } from './failures.ts'
import { formatText } from './text.ts'

export interface AvPair {
  readonly id: number
  readonly value: Buffer
}

export const avId = { end: 0, computerName: 1, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const

/** The bit of the flags that says: this message carries a MIC. */
export const avFlagMic = 2

const mostPairs = 64

/** Reads a list up to its end mark. Bytes after the mark are allowed (they are padding). Throws `bad-answer`. */
export function decodeAvPairs(bytes: Buffer): AvPair[] {
  const pairs: AvPair[] = []
  for (let at = 0; ;) {
    if (at + 4 > bytes.length) throw malformed(formatText.ntlmChallenge, formatText.noEndOfAttributes)
    const id = bytes.readUInt16LE(at)
    const length = bytes.readUInt16LE(at + 2)
    at += 4
    if (id === avId.end) return pairs
    if (at + length > bytes.length) throw malformed(formatText.ntlmChallenge, formatText.attributeTooLong)
    if (pairs.length === mostPairs) throw malformed(formatText.ntlmChallenge, formatText.tooManyAttributes(mostPairs))
    pairs.push({ id, value: bytes.subarray(at, at + length) })
    at += length
  }
}

/** Writes a list with its end mark. */
export function encodeAvPairs(pairs: readonly AvPair[]): Buffer {
  return Buffer.concat(
    [...pairs, { id: avId.end, value: Buffer.alloc(0) }].flatMap(({ id, value }) => {
      const head = Buffer.alloc(4)
      head.writeUInt16LE(id, 0)
      head.writeUInt16LE(value.length, 2)
      return [head, value]
    }),
  )
}

/** The value of an attribute, the first if there are several. */
export function avValue(pairs: readonly AvPair[], id: number): Buffer | undefined {
  return pairs.find((pair) => pair.id === id)?.value
}
