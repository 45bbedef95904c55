/** Reads the marks within a line of Markdown: code, strong, emphasis and links. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly content: readonly Inline[] }

// One mark a group: an escaped sign, code, strong, emphasis by star or by underscore, a link, an address in brackets.
const marks = new RegExp(
  [
    String.raw`\\(?<escaped>[!-/:-@[-\x60{-~])`,
    '(?<ticks>`+)(?<code>.*?[^`])\\k<ticks>(?!`)',
    String.raw`\*\*(?<strong>\S(?:.*?\S)?)\*\*`,
    String.raw`\*(?<star>[^\s*](?:[^*]*[^\s*])?)\*`,
    String.raw`(?<![\w])_(?<under>[^\s_](?:[^_]*[^\s_])?)_(?![\w])`,
    String.raw`\[(?<label>(?:\\.|[^\]\\])*)\]\((?<href>[^()\s]*)\)`,
    String.raw`<(?<address>[a-z][a-z0-9+.-]+:[^\s<>]*)>`,
  ].join('|'),
  'u',
)

/** The parts of a line, in their order. Reads any text: a mark that has no end is text. */
export function readInline(text: string): readonly Inline[] {
  const parts: Inline[] = []
  let rest = text
  for (let found = marks.exec(rest); found?.groups; found = marks.exec(rest)) {
    addText(parts, rest.slice(0, found.index))
    const { escaped, code, strong, star, under, label, href, address } = found.groups
    const emphasis = star ?? under
    if (escaped !== undefined) addText(parts, escaped)
    else if (code !== undefined) parts.push({ kind: 'code', text: unpadded(code) })
    else if (strong !== undefined) parts.push({ kind: 'strong', content: readInline(strong) })
    else if (emphasis !== undefined) parts.push({ kind: 'emphasis', content: readInline(emphasis) })
    else if (label !== undefined) parts.push({ kind: 'link', href: href ?? '', content: readInline(label) })
    else if (address !== undefined)
      parts.push({ kind: 'link', href: address, content: [{ kind: 'text', text: address }] })
    rest = rest.slice(found.index + found[0].length)
  }
  addText(parts, rest)
  return parts
}

/** The words of these parts without their marks. */
export function plainText(parts: readonly Inline[]): string {
  return parts.map((part) => ('text' in part ? part.text : plainText(part.content))).join('')
}

function addText(parts: Inline[], text: string): void {
  if (text === '') return
  const last = parts.at(-1)
  if (last?.kind === 'text') parts.splice(-1, 1, { kind: 'text', text: last.text + text })
  else parts.push({ kind: 'text', text })
}

/** Code that itself begins or ends with a backtick is written with a blank on both sides. */
function unpadded(code: string): string {
  return /^ .*\S.* $/.test(code) ? code.slice(1, -1) : code
}
