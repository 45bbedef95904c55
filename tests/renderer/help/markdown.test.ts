/** Shows that the window reads the pages of the guide as a full Markdown parser does, and lets no markup through. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsers } from 'prettier/plugins/markdown'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Inline, plainText } from '../../../renderer/help/inline.ts'
import { type Block, readMarkdown } from '../../../renderer/help/markdown.ts'

const docs = join(import.meta.dirname, '..', '..', '..', 'docs')
const pages = [
  ...readdirSync(docs).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(docs, 'guide')).map((name) => `guide/${name}`),
]

interface Node {
  readonly type: string
  readonly value?: string | undefined
  readonly url?: string | undefined
  readonly depth?: number | undefined
  readonly children?: readonly Node[] | undefined
}
const Node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.string(),
    value: z.string().optional(),
    url: z.string().optional(),
    depth: z.number().optional(),
    children: z.array(Node).optional(),
  }),
)

const opened: Readonly<Record<string, string>> = { strong: 'strong', emphasis: 'emphasis' }

/** What another parser read, a line for each part: its kind and its words. */
function outlineOfNode(node: Node): string[] {
  const { type, value = '', url = '', depth = 0, children = [] } = node
  const inside = children.flatMap(outlineOfNode)
  if (type === 'text' || type === 'sentence' || type === 'html') return [`text ${value.replace(/\n/g, ' ')}`]
  if (type === 'inlineCode') return [`code ${value.replace(/\n/g, ' ')}`]
  if (type === 'code') return ['block of code', ...value.split('\n')]
  if (type === 'heading') return [`heading ${depth}`, ...inside]
  if (type === 'link') return [`link ${url}`, ...inside]
  if (type === 'root') return inside
  if (type === 'listItem') return ['item', ...inside]
  return [opened[type] ?? type, ...inside]
}

function outlineOfInline(part: Inline): string[] {
  if ('text' in part) return [`${part.kind} ${part.text}`]
  const inside = part.content.flatMap(outlineOfInline)
  return part.kind === 'link' ? [`link ${part.href}`, ...inside] : [part.kind, ...inside]
}

function outlineOfBlock(block: Block): string[] {
  const cells = (row: readonly (readonly Inline[])[]): string[] => [
    'tableRow',
    ...row.flatMap((cell) => ['tableCell', ...cell.flatMap(outlineOfInline)]),
  ]
  switch (block.kind) {
    case 'heading':
      return [`heading ${block.level}`, ...block.content.flatMap(outlineOfInline)]
    case 'paragraph':
      return ['paragraph', ...block.content.flatMap(outlineOfInline)]
    case 'code':
      return ['block of code', ...block.text.split('\n')]
    case 'quote':
      return ['blockquote', ...block.blocks.flatMap(outlineOfBlock)]
    case 'list':
      return ['list', ...block.items.flatMap((item) => ['item', ...item.flatMap(outlineOfBlock)])]
    case 'table':
      return ['table', ...cells(block.head), ...block.rows.flatMap(cells)]
  }
}

/** Neighbouring texts as one: where a parser cuts a text says nothing of the page. */
function joined(outline: readonly string[]): string[] {
  const lines: string[] = []
  for (const line of outline) {
    const last = lines.at(-1)
    if (line.startsWith('text ') && last?.startsWith('text ')) lines.splice(-1, 1, last + line.slice(5))
    else lines.push(line)
  }
  return lines
}

async function outlineByPrettier(text: string): Promise<string[]> {
  const tree: unknown = await parsers.markdown.parse(text, { originalText: text } as never)
  return joined(outlineOfNode(Node.parse(tree)))
}

describe('the pages of the guide', () => {
  it('are there', () => {
    expect(pages.length).toBeGreaterThan(20)
  })
  it.each(pages)('%s is read as Prettier reads it', async (page) => {
    const text = readFileSync(join(docs, page), 'utf8')
    expect(joined(readMarkdown(text).flatMap(outlineOfBlock))).toEqual(await outlineByPrettier(text))
  })
})

describe('Markdown', () => {
  it.each([
    'plain',
    'two\nlines of one\nparagraph',
    '# A heading with `code`\n\ntext',
    'a **strong** word, an *emphasised* one, snake_case_name and `a * b`',
    '1. first\n2. second\n\n   with a paragraph\n\n   ```\n   code\n     indented\n   ```\n3. third',
    '- a\n- b\n  - nested\n  - more\n- c continues\n  here',
    '| a | b |\n| --- | --- |\n| 1 \\| 2 | `x` |\n|  | **y** |',
    '> quoted\n> twice\n\nafter',
    '[a link](guide/x.md#part) and ``a `tick` ``',
    'not * a mark, 2 ** 3, \\*escaped\\*',
    'text\n- a list ends the paragraph',
  ])('%j is read as Prettier reads it', async (text) => {
    expect(joined(readMarkdown(text).flatMap(outlineOfBlock))).toEqual(await outlineByPrettier(text))
  })
  it('keeps HTML as text', () => {
    const [block] = readMarkdown('<img src="x" onerror="alert(1)"> and <b>bold</b>')
    expect(block).toEqual({
      kind: 'paragraph',
      content: [{ kind: 'text', text: '<img src="x" onerror="alert(1)"> and <b>bold</b>' }],
    })
  })
  it('names headings as links do, the second of a name by number', () => {
    const ids = readMarkdown('# A & B: the `x-y` way\n## Same\n## Same').map((block) =>
      block.kind === 'heading' ? block.id : '',
    )
    expect(ids).toEqual(['a--b-the-x-y-way', 'same', 'same-1'])
  })
  it('gives the words without their marks', () => {
    const [block] = readMarkdown('A **b** [c](d) `e`')
    expect(block?.kind === 'paragraph' && plainText(block.content)).toBe('A b c e')
  })
})
