/** Decodes text files: editors on Windows save UTF-16 and byte order marks. */

/** The text, without its byte order mark; undefined where the bytes are no text in UTF-8 or UTF-16. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

// By the mark, or, where there is none, by the first character: in JSON and in our own files it is one of ASCII.
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first !== 0 && second === 0) return 'utf-16le'
  if (first === 0 && second !== 0) return 'utf-16be'
  return 'utf-8'
}
