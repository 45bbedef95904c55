/** What may be written to a terminal: text of hosts, plans and files must not command it. */

// C0 without tab and line feed, DEL, C1, and the marks and overrides of writing direction (UAX 9).
const control = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const reset = '\x1b[0m'
// The colours that Paint gives. Whoever writes them too gains nothing but a colour, and only to the end of the line.
const colourOrControl = new RegExp(`\\x1b\\[(?:0|1|2|31|32|33|36)m|${control.source}`, 'gu')

/**
 * The text with every character that commands a terminal made visible: ESC as \u241b and the like, others as \\u202e.
 * Line feeds, tabs and our own colours stay; no colour goes beyond its line.
 */
export function harmless(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => {
      const shown = line.replace(colourOrControl, (found) => (found.length === 1 ? visible(found) : found))
      const last = shown.lastIndexOf('\x1b')
      return last === -1 || shown.startsWith(reset, last) ? shown : `${shown}${reset}`
    })
    .join('\n')
}

/** JSON with the same characters as escapes, which mean the same: such characters occur in its strings only. */
export function harmlessJson(json: string): string {
  return json.replace(control, escaped)
}

function visible(character: string): string {
  const code = character.charCodeAt(0)
  // Unicode has pictures of the C0 characters and of DEL.
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : escaped(character)
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
