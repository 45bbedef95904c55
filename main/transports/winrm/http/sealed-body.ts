/** Owns the body of a sealed message (MS-WSMV 2.2.9.1): multipart/encrypted, written as every peer takes it, read as every peer writes it. */
import { malformed } from '../auth/malformed.ts'
import type { Sealed } from '../auth/sealing.ts'
import { brokenOff } from '../failures.ts'

const boundary = 'Encrypted Boundary'
const protocol = 'application/HTTP-SPNEGO-session-encrypted'
const original = 'application/soap+xml;charset=UTF-8'
const what = 'a sealed message'
const longestLine = 512

export const sealedContentType = `multipart/encrypted;protocol="${protocol}";boundary="${boundary}"`

/** True where an answer says that its body is sealed. */
export function isSealed(contentType: string | undefined): boolean {
  return /^multipart\/encrypted\s*(;|$)/i.test(contentType?.trim() ?? '')
}

/** Writes a message of `plainLength` bytes of SOAP. Windows puts a tab before the inner header lines; some servers refuse that, none wants it. */
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
 * Reads a message by the length it gives and not by its boundary, which sealed bytes may contain. Tolerated: tabs before inner header lines,
 * a blank after the dashes of a boundary (Exchange), line ends after the last one (OMI). Throws `bad-answer`, or `link-lost` where it breaks off.
 */
export function decodeSealed(bytes: Buffer, headerBytes = 16): Sealed {
  const lines = linesFrom(bytes)
  if (!isBoundary(lines.next())) throw malformed(what, 'it does not begin with its boundary')
  let length: number | undefined
  for (let line = lines.next(), n = 0; !isBoundary(line); line = lines.next()) {
    if (++n > 8) throw malformed(what, 'its first part has no end')
    const found = /^\s*OriginalContent\s*:.*;\s*Length\s*=\s*"?(\d{1,9})"?\s*(;|$)/i.exec(line)
    if (found) length = Number(found[1])
  }
  if (length === undefined) throw malformed(what, 'it does not say how long it is')
  if (!/^\s*Content-Type\s*:\s*application\/octet-stream\s*$/i.test(lines.next()))
    throw malformed(what, 'its second part is not of bytes')
  const start = lines.at() + 4 + headerBytes
  if (start + length > bytes.length) throw brokenOff(what)
  if (bytes.readUInt32LE(lines.at()) !== headerBytes)
    throw malformed(what, `its signature is not of ${headerBytes} bytes`)
  const end = bytes.subarray(start + length)
  if (end.length > longestLine || !/^\s*-- ?Encrypted Boundary--\s*$/i.test(end.toString('latin1')))
    throw malformed(what, 'it does not end with its boundary')
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
      if (end < 0) throw malformed(what, 'a line of its header has no end')
      const line = bytes.toString('latin1', at, at + end)
      at += end + 2
      return line
    },
  }
}
