/** Writes DER (ITU-T X.690): as much as our own certificates need. */

/** A constructed or primitive value under its tag; up to 65,535 bytes. */
export function tlv(tag: number, content: Buffer): Buffer {
  const length = content.length
  const head =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}

export function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts))
}

/** The bytes as they are: the first bit must be 0, or the number is negative. */
export function integer(bytes: Buffer): Buffer {
  return tlv(0x02, bytes)
}

export function bits(bytes: Buffer): Buffer {
  return tlv(0x03, Buffer.concat([Buffer.from([0]), bytes]))
}

/** A UTCTime, written YYMMDDhhmmssZ. */
export function time(digits: string): Buffer {
  return tlv(0x17, Buffer.from(digits, 'ascii'))
}
