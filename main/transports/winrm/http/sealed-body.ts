/** The body of an encrypted message (MS-WSMV 2.2.9.1): multipart/encrypted, in the form that every peer accepts. */
import { malformed } from '../auth/failures.ts'
import type { Sealed } from '../auth/sealing.ts'
import { formatText } from '../auth/text.ts'
import { brokenOff } from '../failures.ts'

const boundary = 'Encrypted Boundary'
const protocol = 'application/HTTP-SPNEGO-session-encrypted'
const original = 'application/soap+xml;charset=UTF-8'
const what = formatText.sealedMessage
const longestLine = 512

export const sealedContentType = `multipart/encrypted;protocol="${protocol}";boundary="${boundary}"`

/** True if the content type says that the body is encrypted. */
export function isSealed(contentType: string | undefined): boolean {
  return /^multipart\/encrypted\s*(;|$)/i.test(contentType?.trim() ?? '')
}

/**
 * Writes a message of `plainLength` bytes of SOAP. Windows puts a tab before the inner header lines; some servers
 * refuse that and none needs it.
 */
export function encodeSealed({ header, body }: Sealed, plainLength: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(header.length)
  return Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Type: ${protocol}\r\nOriginalContent: type=${original};Length=${plainLength}\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\n`,
      'latin1',
    ),
    size,
    header,
    body,
    Buffer.from(`--${boundary}--\r\n`, 'latin1'),
  ])
}

/**
 * Reads a message by the length it gives and not by its boundary, which sealed bytes may contain. Tolerated: tabs
 * before inner header lines, a blank after the dashes of a boundary (Exchange), line ends after the last one (OMI).
 * Throws `bad-answer`, or `link-lost` where it breaks off.
 */
export function decodeSealed(bytes: Buffer, headerBytes = 16): Sealed {
  const lines = linesFrom(bytes)
  if (!isBoundary(lines.next())) throw malformed(what, formatText.noFirstBoundary)
  let length: number | undefined
  for (let line = lines.next(), n = 0; !isBoundary(line); line = lines.next()) {
    if (++n > 8) throw malformed(what, formatText.noFirstPartEnd)
    const found = /^\s*OriginalContent\s*:.*;\s*Length\s*=\s*"?(\d{1,9})"?\s*(;|$)/i.exec(line)
    if (found) length = Number(found[1])
  }
  if (length === undefined) throw malformed(what, formatText.noLength)
  if (!/^\s*Content-Type\s*:\s*application\/octet-stream\s*$/i.test(lines.next()))
    throw malformed(what, formatText.notBytes)
  const start = lines.at() + 4 + headerBytes
  if (start + length > bytes.length) throw brokenOff(what)
  if (bytes.readUInt32LE(lines.at()) !== headerBytes) throw malformed(what, formatText.signatureSize(headerBytes))
  const end = bytes.subarray(start + length)
  if (end.length > longestLine || !/^\s*-- ?Encrypted Boundary--\s*$/i.test(end.toString('latin1')))
    throw malformed(what, formatText.noLastBoundary)
  return { header: bytes.subarray(start - headerBytes, start), body: bytes.subarray(start, start + length) }
}

function isBoundary(line: string): boolean {
  return /^\s*-- ?Encrypted Boundary\s*$/i.test(line)
}

function linesFrom(bytes: Buffer): { next(): string; at(): number } {
  let at = 0
  return {
    at: () => at,
    next() {
      const end = bytes.subarray(at, at + longestLine).indexOf('\r\n')
      if (end < 0) throw malformed(what, formatText.noLineEnd)
      const line = bytes.toString('latin1', at, at + end)
      at += end + 2
      return line
    },
  }
}
