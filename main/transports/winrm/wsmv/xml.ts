/** Reads XML from a host into a small tree, matched by namespace and never by prefix, with bounds on everything. */
import { SaxesParser } from 'saxes'
import { FailureError } from '../../../../domain/base/failure.ts'
import { brokenOff } from '../failures.ts'
import { badXml } from './failures.ts'
import { answerText } from './text.ts'

/**
 * An element. `text` is all character data directly in it, in order; attributes without a namespace have the empty one.
 */
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
 * The root element of a document. A document type and processing instructions are refused (SOAP 1.2 part 1, section 5,
 * forbids both, and entities come no other way). Throws FailureError: `link`, code `link-lost`, if the text is right
 * but ends too early; `host`, code
 * `bad-xml`, for every other fault.
 */
export function parseXml(text: string, bounds: XmlBounds = envelopeBounds): XmlElement {
  if (text.length > bounds.maxCharacters) throw badXml(answerText.tooLong(bounds.maxCharacters))
  const open: Growing[] = []
  let root: XmlElement | undefined
  let whole = false
  // Both options only leave out what we do not need.
  const parser = new SaxesParser({ xmlns: true, position: false })
  parser.on('error', (error) => {
    throw badXml(error.message)
  })
  parser.on('doctype', () => {
    throw badXml(answerText.documentType)
  })
  parser.on('processinginstruction', () => {
    throw badXml(answerText.processingInstruction)
  })
  parser.on('opentag', (tag) => {
    if (open.length >= bounds.maxDepth) throw badXml(answerText.tooDeep(bounds.maxDepth))
    const attributes = Object.values(tag.attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
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
    // The text so far was right; an error from here on means that the rest is missing.
    whole = true
    parser.close()
  } catch (error) {
    if (whole && !root && text.trim() !== '') throw brokenOff(answerText.itsXml)
    throw error instanceof FailureError ? error : badXml(error instanceof Error ? error.message : String(error))
  }
  if (!root) throw badXml(answerText.noElement)
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
  return element?.attributes.find((attribute) => attribute.local === local && attribute.uri === uri)?.value
}

/** Text without the blanks around it: some servers pad ids and URIs with newlines. */
export function trimmed(element: XmlElement | undefined): string | undefined {
  return element?.text.trim()
}
