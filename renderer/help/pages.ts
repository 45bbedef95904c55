/** The pages of the guide, bundled with the window: Help needs no network and no file beside the program. */
import { plainText } from './inline.ts'
import { type Block, readMarkdown } from './markdown.ts'

export interface Page {
  /** Its path in docs/ without the ending, such as `guide/ssh`. */
  readonly name: string
  /** The text of its first heading. */
  readonly title: string
  readonly blocks: readonly Block[]
}

/** The page with the table of contents. */
export const contentsPage = 'README'

const texts = import.meta.glob(['../../docs/README.md', '../../docs/glossary.md', '../../docs/guide/*.md'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Every page, in the order of the table of contents; pages it does not list come last. */
export const pages: readonly Page[] = inOrder(
  Object.entries(texts).map(([path, text]) => pageOf(path.replace(/^.*\/docs\//, '').replace(/\.md$/, ''), text)),
)

/** The page of that name; undefined where the window does not have it. */
export function findPage(name: string): Page | undefined {
  return pages.find((page) => page.name === name)
}

export interface PageLink {
  readonly page: string
  /** The id of a heading of that page; null for its beginning. */
  readonly heading: string | null
}

/** Where a link on the page `from` leads; null where that is no page of the window. */
export function resolveLink(from: string, href: string): PageLink | null {
  const [path = '', heading = ''] = href.split('#')
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return null
  const folder = from.split('/').slice(0, -1)
  const steps = path === '' ? from.split('/') : [...folder, ...path.replace(/\.md$/, '').split('/')]
  const name: string[] = []
  for (const step of steps) {
    if (step === '..') name.pop()
    else if (step !== '.') name.push(step)
  }
  const page = findPage(name.join('/'))
  return page ? { page: page.name, heading: heading === '' ? null : heading } : null
}

function pageOf(name: string, text: string): Page {
  const blocks = readMarkdown(text)
  const first = blocks.find((block) => block.kind === 'heading')
  return { name, title: first ? plainText(first.content) : name, blocks }
}

function inOrder(unordered: readonly Page[]): readonly Page[] {
  const contents = texts['../../docs/README.md'] ?? ''
  const place = ({ name }: Page): number => {
    const at = name === contentsPage ? 0 : contents.indexOf(`](${name}.md)`)
    return at < 0 ? contents.length : at
  }
  return unordered.toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name))
}
