/** Searches the pages of the guide: titles, headings and text, section by section. */
import { plainText } from './inline.ts'
import type { Block } from './markdown.ts'
import type { Page } from './pages.ts'

export interface PageResult {
  readonly page: string
  readonly title: string
  /** The id and the text of the heading the words are under; null for the beginning of a page. */
  readonly heading: { readonly id: string; readonly text: string } | null
  /** Text around the first word that was found; empty where a title or heading has them all. */
  readonly excerpt: readonly ExcerptPart[]
}

export interface ExcerptPart {
  readonly text: string
  readonly found: boolean
}

interface Section {
  readonly heading: PageResult['heading']
  readonly text: string
}

const excerptBefore = 40
const excerptLength = 150

/**
 * The sections that contain every word of the query, in title, heading or text. A section whose page has the words in
 * its title comes first, then one with the words in its heading, then the rest. No result for a query without words.
 */
export function searchPages(pages: readonly Page[], query: string): readonly PageResult[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const ranked = pages.flatMap((page) =>
    sectionsOf(page).flatMap((section) => {
      const rank = rankOf(page, section, words)
      return rank === null ? [] : [{ rank, result: resultOf(page, section, words) }]
    }),
  )
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ result }) => result)
}

function rankOf({ title }: Page, { heading, text }: Section, words: readonly string[]): number | null {
  const has = (where: string): boolean => words.every((word) => where.toLowerCase().includes(word))
  // The title alone leads to the beginning of its page, not to each of its sections.
  if (has(title) && heading === null) return 0
  if (heading !== null && has(heading.text)) return 1
  const own = `${heading?.text ?? ''} ${text}`.toLowerCase()
  if (!words.some((word) => own.includes(word)) || !has(`${title} ${own}`)) return null
  return 2
}

function resultOf(page: Page, { heading, text }: Section, words: readonly string[]): PageResult {
  return { page: page.name, title: page.title, heading, excerpt: excerptOf(text, words) }
}

function excerptOf(text: string, words: readonly string[]): readonly ExcerptPart[] {
  const lower = text.toLowerCase()
  const first = Math.min(...words.map((word) => lower.indexOf(word)).map((at) => (at < 0 ? Infinity : at)))
  const wanted = first === Infinity ? 0 : Math.max(0, first - excerptBefore)
  const from = wanted === 0 ? 0 : text.indexOf(' ', wanted) + 1
  const end = text.length <= from + excerptLength ? text.length : text.lastIndexOf(' ', from + excerptLength)
  const cut = text.slice(from, end)
  return marked(`${from > 0 ? '… ' : ''}${cut}${end < text.length ? ' …' : ''}`, words)
}

function marked(text: string, words: readonly string[]): readonly ExcerptPart[] {
  const any = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'i')
  return text
    .split(any)
    .map((part, i) => ({ text: part, found: i % 2 === 1 }))
    .filter((part) => part.text !== '')
}

/** The beginning of a page and the part under each heading. */
function sectionsOf({ blocks }: Page): readonly Section[] {
  const sections: { heading: PageResult['heading']; texts: string[] }[] = [{ heading: null, texts: [] }]
  for (const block of blocks) {
    // The first heading is the title of the page.
    if (block.kind === 'heading' && block.level > 1)
      sections.push({ heading: { id: block.id, text: plainText(block.content) }, texts: [] })
    else if (block.kind !== 'heading') sections.at(-1)?.texts.push(blockText(block))
  }
  return sections.map(({ heading, texts }) => ({ heading, text: texts.join(' ').replace(/\s+/g, ' ').trim() }))
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return plainText(block.content)
    case 'code':
      return block.text
    case 'quote':
      return block.blocks.map(blockText).join(' ')
    case 'list':
      return block.items.flatMap((item) => item.map(blockText)).join(' ')
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(plainText).join(' ')).join(' ')
  }
}
