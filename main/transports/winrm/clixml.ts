/** Reads CLIXML, the XML records that PowerShell writes to standard error when its output is redirected. */
import { attributeOf, childOf, parseXml, type XmlElement } from './wsmv/xml.ts'

export const recordKinds = ['output', 'error', 'warning', 'verbose', 'debug', 'information', 'progress'] as const
export type RecordKind = (typeof recordKinds)[number]

/** A record of PowerShell, or `text`: what somebody else wrote, unchanged. */
export interface ClixmlRecord {
  readonly kind: RecordKind | 'text'
  readonly text: string
}

const header = '#< CLIXML'
const start = '<Objs'
const end = '</Objs>'
const namespace = 'http://schemas.microsoft.com/powershell/2004/04'

export interface ClixmlDecoder {
  push(text: string): ClixmlRecord[]
  /** What is left when the stream has ended. */
  end(): ClixmlRecord[]
}

/**
 * Decodes a stream in whatever pieces it comes. A block that is no CLIXML after all, or has not ended after
 * `maxCharacters`, is given out as the text it is: nothing is thrown and nothing is lost, and no more than that is
 * kept.
 */
export function clixmlDecoder(maxCharacters = 4 * 2 ** 20): ClixmlDecoder {
  let rest = ''
  // A block that has begun and not ended, in the pieces it came in: adding to one long text would copy it for every
  // piece.
  let block: { readonly pieces: string[]; readonly intro: number; length: number; tail: string } | undefined
  // After a block the next one needs no header.
  let headless = false

  const stepInBlock = (open: NonNullable<typeof block>, last: boolean): ClixmlRecord[] | undefined => {
    const at = (open.tail + rest).indexOf(end)
    const taken = at === -1 ? rest.length : at + end.length - open.tail.length
    open.pieces.push(rest.slice(0, taken))
    open.length += taken
    open.tail = (open.tail + rest).slice(-(end.length - 1))
    rest = rest.slice(taken)
    if (at === -1 && !last && open.length <= maxCharacters) return undefined
    block = undefined
    const text = open.pieces.join('')
    const records = at === -1 ? undefined : readBlock(text.slice(open.intro))
    headless = records !== undefined
    return records ?? [{ kind: 'text', text }]
  }
  const step = (last: boolean): ClixmlRecord[] | undefined => {
    if (block) return stepInBlock(block, last)
    if (rest === '') return undefined
    const intro = introOf(rest, headless)
    if (intro === 'unknown' && !last) return undefined
    if (typeof intro === 'number') {
      block = { pieces: [rest.slice(0, intro)], intro, length: intro, tail: '' }
      rest = rest.slice(intro)
      return []
    }
    // No block begins here: text up to where one may.
    headless = false
    const next = intro === 'unknown' ? -1 : mayBeginAt(rest, rest.startsWith(header) ? 1 : 0, last)
    const text = next === -1 ? rest : rest.slice(0, next)
    rest = rest.slice(text.length)
    return [{ kind: 'text', text }]
  }
  const drain = (last: boolean) => {
    const records: ClixmlRecord[] = []
    for (let found = step(last); found; found = step(last)) records.push(...found)
    return joined(records)
  }
  return {
    push(text) {
      rest += text
      return drain(false)
    },
    end: () => drain(true),
  }
}

/** Takes the escapes of CLIXML out of a text: _x000D_ is the character of that number. */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

// Where `<Objs` begins if a block begins here; `none` if none does; `unknown` while too little has come.
function introOf(text: string, headless: boolean): number | 'none' | 'unknown' {
  const headed = text.startsWith(header)
  if (!headed && !headless) return header.startsWith(text) ? 'unknown' : 'none'
  const blank = headed ? header.length : 0
  // After the header comes a line end, between blocks there may be some.
  const at = blank + (/^[\r\n]*/.exec(text.slice(blank, blank + 16))?.[0].length ?? 0)
  const begin = text.slice(at, at + start.length + 1)
  if (new RegExp(`^${start}[\\s>/]`).test(begin)) return at
  if (begin.length <= start.length && `${start} `.startsWith(begin)) return 'unknown'
  return !headed && header.startsWith(text.slice(at, at + header.length)) && text.length - at < header.length
    ? 'unknown'
    : 'none'
}

// The first place from which a header, or the beginning of one that is cut off, stands; -1 if there is none.
function mayBeginAt(text: string, from: number, last: boolean): number {
  const whole = text.indexOf(header, from)
  if (whole !== -1 || last) return whole
  for (let at = Math.max(from, text.length - header.length + 1); at < text.length; at++)
    if (header.startsWith(text.slice(at))) return at
  return -1
}

function readBlock(xml: string): ClixmlRecord[] | undefined {
  let root: XmlElement
  try {
    root = parseXml(xml, { maxCharacters: xml.length, maxDepth: 128 })
  } catch {
    return undefined
  }
  // Records are elements: text beside them is somebody else's, and must not be lost.
  if (root.uri !== namespace || root.text.trim() !== '') return undefined
  return root.children.map((record) => {
    const kind = recordKinds.find((name) => name === attributeOf(record, 'S')?.toLowerCase()) ?? 'output'
    return { kind, text: kind === 'progress' ? progressOf(record) : recordText(record) }
  })
}

function named(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return childOf(element, namespace, local)
}

function propertyOf(record: XmlElement, name: string): XmlElement | undefined {
  return [named(record, 'MS'), named(record, 'Props')]
    .flatMap((bag) => bag?.children ?? [])
    .find((child) => attributeOf(child, 'N') === name)
}

function recordText(record: XmlElement): string {
  if (record.children.length === 0) return unescaped(record.text)
  const message = propertyOf(record, 'MessageData')
  return unescaped((named(record, 'ToString') ?? (message && named(message, 'ToString')) ?? message)?.text ?? '')
}

// Activity, what is done just now, and how far it is where that is known.
function progressOf(record: XmlElement): string {
  const inner = propertyOf(record, 'Record')
  const [activity, status, percent] = ['AV', 'SD', 'PC'].map((local) =>
    unescaped(named(inner, local)?.text ?? '').trim(),
  )
  const far = percent === undefined || percent === '' || percent.startsWith('-') ? '' : `${percent} %`
  return [activity, status, far].filter((part) => part !== undefined && part !== '').join(': ')
}

function joined(records: readonly ClixmlRecord[]): ClixmlRecord[] {
  const result: { kind: ClixmlRecord['kind']; text: string }[] = []
  for (const record of records) {
    const before = result.at(-1)
    if (before?.kind === 'text' && record.kind === 'text') before.text += record.text
    else result.push({ ...record })
  }
  return result
}
