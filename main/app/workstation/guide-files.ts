/** The pages of the guide, found beside the program: in the project, in a bundle and in a package. */
import { readdirSync, readFileSync } from 'node:fs'

const docs = new URL('../../../docs/', import.meta.url)

/** The names of all pages, sorted; `glossary` is one of them. */
export function guideTopics(folder: URL = docs): string[] {
  const pages = readdirSync(new URL('guide/', folder)).filter((file) => file.endsWith('.md'))
  return [...pages.map((file) => file.slice(0, -'.md'.length)), 'glossary'].sort()
}

/** The Markdown of a page; undefined where there is no such page. */
export function guidePage(topic: string, folder: URL = docs): string | undefined {
  if (!guideTopics(folder).includes(topic)) return undefined
  return readFileSync(new URL(topic === 'glossary' ? 'glossary.md' : `guide/${topic}.md`, folder), 'utf8')
}
