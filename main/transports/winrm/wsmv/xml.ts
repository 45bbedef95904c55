/** Owns reading XML that a host sent: a small tree, matched by namespace and never by prefix, with bounds on everything. */
import { SaxesParser } from 'saxes'
import { failed, FailureError } from '../../../../domain/base/failure.ts'
import { brokenOff } from '../failures.ts'

/** An element. `text` is all character data directly in it, in order; attributes without a namespace have the empty one. */
export interface XmlElement {
  readonly uri: string
  readonly local: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface XmlAttribute {
  readonly uri: string
  readonly local: string
  readonly value: string
}

export interface XmlBounds {
  readonly maxCharacters: number
  readonly maxDepth: number
}

/** An envelope is at most 4 MiB on any host we know, and 20 deep; text of a stream is the bulk of it. */
export const envelopeBounds: XmlBounds = { maxCharacters: 8 * 2 ** 20, maxDepth: 64 }

interface Growing {
  readonly uri: string
  readonly local: string
  readonly attributes: XmlAttribute[]
  readonly children: XmlElement[]
  readonly pieces: string[]
}

/**
 * The root element of a document. A document type and processing instructions are refused (SOAP 1.2 part 1, section 5, forbids both, and
 * entities come no other way). Throws FailureError, whatever the input: `link`, code `link-lost`, where it is right and ends too early; `host`, code `bad-xml`,
 * for all else.
 */
export function parseXml(text: string, bounds: XmlBounds = envelopeBounds): XmlElement {
  if (text.length > bounds.maxCharacters) throw badXml(`it is longer than ${bounds.maxCharacters} characters`)
  const open: Growing[] = []
  let root: XmlElement | undefined
  let whole = false
  // Both options only leave out what is not looked at here.
  const parser = new SaxesParser({ xmlns: true, position: false })
  parser.on('error', (error) => {
    throw badXml(error.message)
  })
  parser.on('doctype', () => {
    throw badXml('it has a document type')
  })
  parser.on('processinginstruction', () => {
    throw badXml('it has a processing instruction')
  })
  parser.on('opentag', (tag) => {
    if (open.length >= bounds.maxDepth) throw badXml(`it is more than ${bounds.maxDepth} elements deep`)
    const attributes = Object.values(tag.attributes)
      .filter((one) => one.prefix !== 'xmlns' && one.name !== 'xmlns')
      .map(({ uri, local, value }) => ({ uri, local, value }))
    open.push({ uri: tag.uri, local: tag.local, attributes, children: [], pieces: [] })
  })
  const onText = (piece: string) => {
    open.at(-1)?.pieces.push(piece)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', () => {
    const done = open.pop()
    if (!done) return
    const element: XmlElement = {
      uri: done.uri,
      local: done.local,
      attributes: done.attributes,
      children: done.children,
      text: done.pieces.join(''),
    }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
  })
  try {
    parser.write(text)
    // All that came was right: what is wrong from here on is that no more came.
    whole = true
    parser.close()
  } catch (error) {
    if (whole && !root && text.trim() !== '') throw brokenOff('its XML')
    throw error instanceof FailureError ? error : badXml(error instanceof Error ? error.message : String(error))
  }
  if (!root) throw badXml('it has no element')
  return root
}

/** The first child of that name. */
export function childOf(element: XmlElement | undefined, uri: string, local: string): XmlElement | undefined {
  return element?.children.find((child) => child.uri === uri && child.local === local)
}

/** All children of that name. */
export function childrenOf(element: XmlElement | undefined, uri: string, local: string): XmlElement[] {
  return element?.children.filter((child) => child.uri === uri && child.local === local) ?? []
}

/** The element at the end of a path of names in one namespace. */
export function descend(
  element: XmlElement | undefined,
  uri: string,
  ...path: readonly string[]
): XmlElement | undefined {
  return path.reduce((at, local) => childOf(at, uri, local), element)
}

/** An attribute's value; `uri` is empty for the usual ones without a namespace. */
export function attributeOf(element: XmlElement | undefined, local: string, uri = ''): string | undefined {
  return element?.attributes.find((one) => one.local === local && one.uri === uri)?.value
}

/** Text without the blanks around it: some servers pad ids and URIs with newlines. */
export function trimmed(element: XmlElement | undefined): string | undefined {
  return element?.text.trim()
}

function badXml(why: string): FailureError {
  return failed(
    'host',
    'bad-xml',
    `The host answered with something that is not the XML of WinRM: ${why}.`,
    'Check that the port is that of WinRM and that no proxy answers in its place.',
    'backoff',
  )
}
