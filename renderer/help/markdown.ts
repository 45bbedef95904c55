/**
 * Reads the Markdown of the guide into data: headings, paragraphs, lists, tables, code and quotes.
 * It makes no HTML, and HTML in a page is text like any other, so a page cannot bring markup into the window.
 * A test compares what it reads from every page of the guide with what Prettier's Markdown parser reads.
 */
import { readInline, type Inline, plainText } from './inline.ts'

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly id: string; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'list'
      /** The number of the first item; null for a list of points. */
      readonly start: number | null
      readonly items: readonly (readonly Block[])[]
    }
  | {
      readonly kind: 'table'
      readonly head: readonly (readonly Inline[])[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }

const fence = /^( {0,3})(```+|~~~+)/
const headingLine = /^(#{1,6})\s+(.*?)\s*#*$/
const item = /^( {0,3})([-*+]|\d{1,9}[.)])( +)/
const tableRule = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/

/** The blocks of a page, in their order. Reads any text: what is no other block is a paragraph. */
export function readMarkdown(text: string): readonly Block[] {
  const used = new Map<string, number>()
  return readBlocks(text.replace(/\r\n?/g, '\n').split('\n'), (content) => {
    const slug = slugOf(content)
    const before = used.get(slug) ?? 0
    used.set(slug, before + 1)
    return before === 0 ? slug : `${slug}-${before}`
  })
}

/** Finds the next block each time and goes on after it. `idOf` numbers headings that have the same text. */
function readBlocks(lines: readonly string[], idOf: (content: readonly Inline[]) => string): readonly Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? ''
    if (line.trim() === '') {
      at += 1
      continue
    }
    const heading = headingLine.exec(line)
    if (heading) {
      const content = readInline(heading[2] ?? '')
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, id: idOf(content), content })
      at += 1
    } else if (fence.test(line)) {
      const end = endOfFence(lines, at)
      const indent = fence.exec(line)?.[1]?.length ?? 0
      const inside = lines.slice(at + 1, end).map((line) => line.replace(new RegExp(`^ {0,${indent}}`), ''))
      blocks.push({ kind: 'code', text: inside.join('\n') })
      at = end + 1
    } else if (line.startsWith('>')) {
      const end = at + runLength(lines.slice(at), (line) => line.startsWith('>'))
      const inside = lines.slice(at, end).map((line) => line.replace(/^> ?/, ''))
      blocks.push({ kind: 'quote', blocks: readBlocks(inside, idOf) })
      at = end
    } else if (item.test(line)) {
      const { block, end } = readList(lines, at, idOf)
      blocks.push(block)
      at = end
    } else if (line.includes('|') && tableRule.test(lines[at + 1] ?? '')) {
      const end = at + 2 + runLength(lines.slice(at + 2), (line) => line.trim() !== '')
      const rows = lines.slice(at + 2, end).map((row) => cellsOf(row).map(readInline))
      blocks.push({ kind: 'table', head: cellsOf(line).map(readInline), rows })
      at = end
    } else {
      const end = at + 1 + runLength(lines.slice(at + 1), goesOn)
      const joined = lines.slice(at, end).map((line) => line.trim())
      blocks.push({ kind: 'paragraph', content: readInline(joined.join(' ')) })
      at = end
    }
  }
  return blocks
}

/** True for a line that continues a paragraph. */
function goesOn(line: string): boolean {
  return line.trim() !== '' && !headingLine.test(line) && !fence.test(line) && !item.test(line) && !line.startsWith('>')
}

function endOfFence(lines: readonly string[], at: number): number {
  const mark = fence.exec(lines[at] ?? '')?.[2] ?? '```'
  const end = lines.findIndex((line, i) => i > at && line.trim().startsWith(mark) && line.trim() === mark)
  return end < 0 ? lines.length : end
}

function readList(
  lines: readonly string[],
  from: number,
  idOf: (content: readonly Inline[]) => string,
): { readonly block: Block; readonly end: number } {
  const first = item.exec(lines[from] ?? '')?.[2] ?? '-'
  const numbered = /\d/.test(first)
  const items: Block[][] = []
  let at = from
  for (;;) {
    const mark = item.exec(lines[at] ?? '')
    if (!mark || /\d/.test(mark[2] ?? '') !== numbered) break
    const indent = mark[0].length
    const inside = [(lines[at] ?? '').slice(indent)]
    at += 1
    for (; at < lines.length; at += 1) {
      const line = lines[at] ?? ''
      const indented = line.startsWith(' '.repeat(indent))
      // An empty line belongs to the item where an indented line follows it.
      const blank = line.trim() === '' && (lines[at + 1] ?? '').startsWith(' '.repeat(indent))
      const lazy = inside.at(-1)?.trim() !== '' && goesOn(line)
      if (!indented && !blank && !lazy) break
      inside.push(indented ? line.slice(indent) : line)
    }
    items.push([...readBlocks(inside, idOf)])
    // Items may stand apart: the list goes on after one empty line.
    if ((lines[at] ?? '').trim() === '' && item.test(lines[at + 1] ?? '')) at += 1
  }
  return { block: { kind: 'list', start: numbered ? parseInt(first, 10) : null, items }, end: at }
}

/** The cells of a row; a pipe that is written `\|` belongs to its cell. */
function cellsOf(row: string): string[] {
  const inside = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inside.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
}

function runLength(lines: readonly string[], fits: (line: string) => boolean): number {
  const end = lines.findIndex((line) => !fits(line))
  return end < 0 ? lines.length : end
}

/** The name by which a link finds a heading, as code hosts make it. */
function slugOf(content: readonly Inline[]): string {
  const text = plainText(content).toLowerCase()
  return text.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
}
