/** Decoding of a file into text. */
import { listText } from './text.ts'

/** The text with its encoding, or the sentence why the file is not text. */
export type Decoded =
  { readonly ok: true; readonly text: string; readonly encoding: string } | { readonly ok: false; readonly why: string }

const mostBytes = 20 * 1024 * 1024

/** Decodes UTF-8 and UTF-16, with or without a byte order mark; other bytes as Windows-1252, which Excel writes. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return refused(listText.emptyFile)
  if (bytes.length > mostBytes)
    return refused(listText.largeFile(Math.round(bytes.length / 1e6), Math.floor(mostBytes / 1e6)))
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return refused(listText.workbook)
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return refused(listText.oldWorkbook)
  const encoding = encodingOf(bytes)
  const text =
    encoding === 'utf-8'
      ? (utf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes))
      : new TextDecoder(encoding).decode(bytes)
  // Text has no NUL: the file is a program, a picture, or cut in the middle of a character.
  if (text.includes('\0')) return refused(listText.binary)
  return { ok: true, text, encoding: encoding === 'utf-8' && utf8(bytes) === null ? 'windows-1252' : encoding }
}

function refused(why: string): Decoded {
  return { ok: false, why }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Without a byte order mark: host names are ASCII, so every second byte is zero in UTF-16.
  const head = bytes.subarray(0, 200)
  const zeros = (odd: 0 | 1) => head.filter((byte, i) => i % 2 === odd && byte === 0).length
  if (head.length >= 4 && zeros(1) > head.length / 4 && zeros(0) === 0) return 'utf-16le'
  if (head.length >= 4 && zeros(0) > head.length / 4 && zeros(1) === 0) return 'utf-16be'
  return 'utf-8'
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
