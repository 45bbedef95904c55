/** Writes XML: escapes every text, and refuses what XML 1.0 cannot carry. */
import { notXml } from './failures.ts'

/** A piece of XML written here; only these are inserted unescaped. */
export interface Xml {
  readonly xml: string
}

type Content = Xml | string | readonly Xml[]
type Attributes = Readonly<Record<string, string | undefined>>

/**
 * `<name attributes>content</name>`; an attribute that is undefined is left out. Throws FailureError `bug` on text XML
 * cannot carry.
 */
export function element(name: string, attributes: Attributes = {}, content: Content = ''): Xml {
  const head = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escaped(value)}"`))
    .join('')
  const inner =
    typeof content === 'string'
      ? escaped(content)
      : 'xml' in content
        ? content.xml
        : content.map((part) => part.xml).join('')
  return { xml: inner === '' ? `<${name}${head}/>` : `<${name}${head}>${inner}</${name}>` }
}

// XML 1.0 section 2.2 (Char); half a pair of surrogates is no character.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const special = /[&<>"'\t\n\r]/g

function escaped(text: string): string {
  const found = unwritable.exec(text)
  if (found) throw notXml(found[0].codePointAt(0) ?? 0)
  return text.replace(
    special,
    (character) => names[character] ?? `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`,
  )
}

// Line ends and tabs are written by number: a parser would turn them into blanks in an attribute, and CR into LF
// everywhere.
const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
