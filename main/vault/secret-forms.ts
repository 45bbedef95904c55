/** The forms in which a secret may occur in text: as it is, line by line, and in the usual encodings. */

// Shorter lines of a multi-line secret occur in ordinary text.
const leastLine = 8

/** Every text that must not be seen because this secret must not. None is shorter than the secret without space around it. */
export function formsOf(secret: string): string[] {
  const forms = new Set<string>()
  for (const plain of plainForms(secret)) for (const form of encoded(plain)) forms.add(form)
  return [...forms]
}

function plainForms(secret: string): string[] {
  const trimmed = secret.trim()
  const lines = trimmed.split(/\r?\n/)
  // Armour such as -----BEGIN PRIVATE KEY----- is the same in every key and tells nothing.
  const telling = lines
    .map((line) => line.trim())
    .filter((line) => line.length >= leastLine && !/^-----.*-----$/.test(line))
  return [secret, trimmed, lines.join('\n'), lines.join('\r\n'), ...telling]
}

function encoded(plain: string): string[] {
  const json = JSON.stringify(plain).slice(1, -1)
  const url = percentEncoded(plain)
  return [
    plain,
    json,
    // ConvertTo-Json of Windows PowerShell escapes these as well.
    json.replace(/[<>&']/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    json.replaceAll('/', '\\/'),
    xmlEscaped(plain, '&quot;', '&apos;'),
    xmlEscaped(plain, '&quot;', '&#39;'),
    // Inside element text quotes may stand as they are.
    xmlEscaped(plain, '"', "'"),
    // A PowerShell string in single quotes.
    plain.replaceAll("'", "''"),
    url,
    url.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    url.replaceAll('%20', '+'),
    ...[Buffer.from(plain, 'utf8'), Buffer.from(plain, 'utf16le')].flatMap((bytes) => [
      ...base64Forms(bytes),
      ...hexForms(bytes),
    ]),
  ]
}

/** Base64 of the bytes alone, and the part of it that stays the same at each offset inside larger encoded data. */
function base64Forms(bytes: Buffer): string[] {
  const whole = bytes.toString('base64')
  const forms = [whole, whole.replace(/=+$/, ''), bytes.toString('base64url')]
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // Drop characters with bits of neighbours: before the first whole one, and the last if the bits end inside it.
    const first = [0, 2, 3][before] ?? 0
    const last = (before + bytes.length) % 3 === 0 ? text.length : text.length - 1
    const core = text.slice(first, last)
    if (core.length >= leastLine) forms.push(core)
  }
  return forms
}

/** Hex in both cases, and as .NET's BitConverter writes it: 41-42-43. A larger dump of bytes contains it unchanged. */
function hexForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex')
  const upper = hex.toUpperCase()
  return [hex, upper, upper.replace(/..(?=.)/g, '$&-')]
}

function percentEncoded(plain: string): string {
  try {
    return encodeURIComponent(plain)
  } catch {
    // A lone surrogate has no UTF-8 and so no percent encoding.
    return plain
  }
}

function xmlEscaped(plain: string, quote: string, apostrophe: string): string {
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe)
}
