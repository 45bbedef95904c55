/** Shows that Help has the whole guide, finds words in it, and has a page for every view. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Page, findPage, pages, resolveLink } from '../../../renderer/help/pages.ts'
import { readMarkdown } from '../../../renderer/help/markdown.ts'
import { searchPages } from '../../../renderer/help/search-pages.ts'
import { helpFor } from '../../../renderer/help/view-help.ts'
import { planSections, type Route, settingsParts } from '../../../renderer/shared/route.ts'

const guide = join(import.meta.dirname, '..', '..', '..', 'docs', 'guide')

describe('the pages in the window', () => {
  it('are all pages of the guide, the contents first, then in their order', () => {
    const names = pages.map(({ name }) => name)
    expect(names.slice(0, 2)).toEqual(['README', 'guide/getting-started'])
    expect(names).toEqual(expect.arrayContaining(readdirSync(guide).map((file) => `guide/${file.slice(0, -3)}`)))
    expect(pages.filter(({ title, name }) => title === name)).toEqual([])
  })
  it('link to each other, and to nothing outside', () => {
    expect(resolveLink('guide/ssh', 'vault.md#pipelines')).toEqual({ page: 'guide/vault', heading: 'pipelines' })
    expect(resolveLink('README', 'guide/ssh.md')).toEqual({ page: 'guide/ssh', heading: null })
    expect(resolveLink('guide/ssh', '../README.md')).toEqual({ page: 'README', heading: null })
    expect(resolveLink('guide/ssh', '#numbers')).toEqual({ page: 'guide/ssh', heading: 'numbers' })
    expect(resolveLink('guide/ssh', '../no-such-page.md')).toBeNull()
    expect(resolveLink('guide/ssh', 'https://example.org/vault.md')).toBeNull()
    expect(resolveLink('guide/ssh', 'javascript:alert(1)')).toBeNull()
  })
})

describe('the help of a view', () => {
  const routes: Route[] = [
    { view: 'home' },
    { view: 'runs' },
    { view: 'audit' },
    { view: 'nowhere', address: '#/x' },
    { view: 'run', runId: 'r' },
    ...settingsParts.map((part): Route => ({ view: 'settings', part })),
    ...planSections.map((section): Route => ({ view: 'plan', planId: 'p', section })),
  ]
  it.each(routes)('of %j is a page that exists, at a heading that exists', (route) => {
    const { link, title, text } = helpFor(route)
    const page = findPage(link.page)
    expect(page, link.page).toBeDefined()
    if (link.heading !== null)
      expect(page?.blocks.flatMap((block) => (block.kind === 'heading' ? [block.id] : []))).toContain(link.heading)
    expect(title.length * text.length).toBeGreaterThan(0)
  })
})

const page = (name: string, text: string): Page => {
  const blocks = readMarkdown(text)
  return { name, title: /^# (.*)/.exec(text)?.[1] ?? name, blocks }
}
const two = [
  page(
    'a',
    '# Hosts\n\nA host is a machine.\n\n## Ports to open\n\nOpen port 5986 for WinRM.\n\n- or `22` for **SSH**',
  ),
  page('b', '# WinRM\n\nSign in to hosts.\n\n## Quotas\n\n| key | value |\n| --- | --- |\n| shells | 5 a host |'),
]
const found = (query: string): string[] =>
  searchPages(two, query).map(({ page: name, heading }) => `${name}#${heading?.id ?? ''}`)

describe('the search', () => {
  it('finds words in titles first, then in headings, then in the text', () => {
    expect(found('winrm')).toEqual(['b#', 'a#ports-to-open'])
    expect(found('quotas')).toEqual(['b#quotas'])
    expect(found('SHELLS')).toEqual(['b#quotas'])
    expect(found('ssh 5986')).toEqual(['a#ports-to-open'])
  })
  it('takes the title along with the words of a section', () => {
    expect(found('winrm shells')).toEqual(['b#quotas'])
  })
  it('finds nothing for no words, and nothing where one word is missing', () => {
    expect(found('  ')).toEqual([])
    expect(found('winrm nonsense')).toEqual([])
  })
  it('shows the words around the first hit', () => {
    const [result] = searchPages(two, '5986')
    expect(result?.excerpt).toEqual([
      { text: 'Open port ', found: false },
      { text: '5986', found: true },
      { text: ' for WinRM. or 22 for SSH', found: false },
    ])
  })
  it('cuts a long text at blanks around the hit', () => {
    const long = page('c', `# Long\n\n${'word '.repeat(60)}needle ${'after '.repeat(60)}`)
    const text =
      searchPages([long], 'needle')[0]
        ?.excerpt.map((part) => part.text)
        .join('') ?? ''
    expect(text).toMatch(/^… (word )+needle (after )+…$/)
    expect(text.length).toBeLessThan(170)
  })
  it('finds words of the guide itself', () => {
    expect(searchPages(pages, 'account lockout')[0]?.page).toBe('guide/vault')
    expect(searchPages(pages, '(')).not.toEqual([])
  })
})
