/** Reads the little ASN.1 (DER) that SPNEGO tokens and certificates need. */
import { malformed } from './failures.ts'
import { formatText } from './text.ts'

export interface DerElement {
  readonly tag: number
  readonly content: Buffer
}

/**
 * Reads consecutive elements; at most 32, as nothing here has more. Throws FailureError `bad-answer` that names `what`
 * was read.
 */
export function derElements(bytes: Buffer, what: string): DerElement[] {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length;) {
    if (elements.length === 32) throw malformed(what, formatText.tooManyParts)
    const { element, next } = elementAt(bytes, at, what)
    elements.push(element)
    at = next
  }
  return elements
}

/** Writes one element. */
export function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : length < 0x10000
          ? [0x82, length >> 8, length & 255]
          : [0x83, length >> 16, (length >> 8) & 255, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function elementAt(bytes: Buffer, at: number, what: string): { element: DerElement; next: number } {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw malformed(what, formatText.noTagOrLength)
  const more = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || more > 3 || at + 2 + more > bytes.length) throw malformed(what, formatText.unusableLength)
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more)
  const start = at + 2 + more
  if (start + length > bytes.length) throw malformed(what, formatText.partTooLong)
  return { element: { tag, content: bytes.subarray(start, start + length) }, next: start + length }
}
