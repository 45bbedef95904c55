/** Owns how the bytes of a file become text, or a sentence that says why they are none. */
export type Decoded =
  { readonly ok: true; readonly text: string; readonly encoding: string } | { readonly ok: false; readonly why: string }

const mostBytes = 20 * 1024 * 1024

/** Text of a file in UTF-8 or UTF-16 (with a mark or without), else in the code page that Excel saves by. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return refused('The file is empty.')
  if (bytes.length > mostBytes)
    return refused(`The file has ${Math.round(bytes.length / 1e6)} MB: more than any list of hosts.`)
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return refused('This is a workbook or an archive, not text. In Excel, save it as CSV.')
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    return refused('This is an old workbook, not text. In Excel, save it as CSV.')
  const encoding = encodingOf(bytes)
  const text =
    encoding === 'utf-8'
      ? (utf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes))
      : new TextDecoder(encoding).decode(bytes)
  // A NUL is in no list of hosts: the file is a program, a picture, or cut in the middle of a character.
  if (text.includes('\0')) return refused('This is no text: it may be a program, a picture or a damaged file.')
  return { ok: true, text, encoding: encoding === 'utf-8' && utf8(bytes) === null ? 'windows-1252' : encoding }
}

function refused(why: string): Decoded {
  return { ok: false, why }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Without a mark: names of hosts are ASCII, of which every second byte is then zero.
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
