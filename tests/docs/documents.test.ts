/** Shows that what the documents name exists: links, paths, scripts, commands, and every key of a plan. Rung 1: pure. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { main } from '../../main/shells/cli/main.ts'
import { helpText } from '../../renderer/help/text.ts'
import { commandsOf, documents, headingsOf, linksOf, pathsOf, root, scriptsOf } from './documents.ts'
import { planReference, referenceFile } from './plan-reference.ts'

const all = documents()
const named = all.map((document) => [document.file, document] as const)
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts,
)

beforeAll(() => {
  // Each command line listens for errors of its outputs for as long as the process lives.
  process.stdout.setMaxListeners(0)
  process.stderr.setMaxListeners(0)
})

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

describe.each(named)('%s', (_, document) => {
  it('links to files and headings that exist', () => {
    const broken = linksOf(document).filter(({ to, heading }) => {
      if (!existsSync(join(root, to))) return true
      const target = all.find(({ file }) => file === to)
      return heading !== null && target !== undefined && !headingsOf(target).has(heading)
    })
    expect(broken).toEqual([])
  })

  it('names paths that exist', () => {
    // What a build makes is not there before it.
    const missing = pathsOf(document).filter((path) => globSync(path, { cwd: root }).length === 0)
    expect(missing).toEqual([])
  })

  it('names scripts of package.json', () => {
    expect(scriptsOf(document).filter((name) => !scripts.includes(name))).toEqual([])
  })

  it('writes commands that the command line understands', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const refused: string[] = []
    for (const command of new Set(commandsOf(document))) {
      process.exitCode = undefined
      const words = shellWords(command).slice(1)
      // With --help a command reads its words, refuses what it does not know, and does nothing.
      await main(words.length === 0 || words[0]?.startsWith('--') ? words : [...words, '--help'])
      if (exitCode() !== 0) refused.push(command)
    }
    expect(refused).toEqual([])
  })
})

describe('the plan reference', () => {
  it('is what the schema says now; `npm run docs` writes it anew', async () => {
    expect(readFileSync(referenceFile, 'utf8')).toBe(await planReference())
  })
})

describe('the map of the project', () => {
  const architecture = all.find(({ file }) => file === 'ARCHITECTURE.md')?.text ?? ''

  it('has a line for every folder of the upper floors, and for none that does not exist', () => {
    const tree = /^## Where things are\n+```\n([\s\S]*?)^```/m.exec(architecture)?.[1] ?? ''
    const top = '{docs,domain,main,preload,renderer,resources,tests}'
    const upper = [`${top}/`, `${top}/*/`, 'main/{app,engine,shells,store,transports}/*/']
      .flatMap((pattern) => globSync(pattern, { cwd: root, exclude: (name) => name.startsWith('.') }))
      .map((folder) => folder.replaceAll('\\', '/').replace(/\/$/, ''))
    expect(foldersOf(tree).toSorted()).toEqual(upper.toSorted())
  })

  it('leads to every decision, and each has its context, decision and consequence', () => {
    const pages = all.filter(({ file }) => /^docs\/decisions\/\d/.test(file))
    for (const index of ['ARCHITECTURE.md', 'docs/decisions/README.md']) {
      const linked = all.filter(({ file }) => file === index).flatMap(linksOf)
      expect(pages.filter(({ file }) => !linked.some(({ to }) => to === file))).toEqual([])
    }
    for (const page of pages)
      expect(page.text.match(/^## .*$/gm)).toEqual(['## Context', '## Decision', '## Consequence'])
  })
})

describe('the contents of the guide', () => {
  it('name every page', () => {
    const contents = all.filter(({ file }) => file === 'docs/README.md').flatMap(linksOf)
    const pages = all.filter(({ file }) => file.startsWith('docs/guide/'))
    expect(pages.filter(({ file }) => !contents.some(({ to }) => to === file))).toEqual([])
  })
})

describe('README', () => {
  it('has at most 100 lines', () => {
    expect(
      all
        .find(({ file }) => file === 'README.md')
        ?.text.trimEnd()
        .split('\n').length,
    ).toBeLessThanOrEqual(100)
  })
})

describe('the page of the window', () => {
  it('has every key that Help lists', () => {
    const page = all.find(({ file }) => file === 'docs/guide/window.md')?.text ?? ''
    const keys = [...page.slice(page.indexOf('## Keys')).matchAll(/^\| (\S.*?) +\|/gm)].map(([, key]) => key)
    expect(keys.slice(2).toSorted()).toEqual(helpText.keys.map(([key]) => key).toSorted())
  })
})

describe('the check of documents', () => {
  const document = {
    file: 'docs/guide/page.md',
    text: [
      '# Title',
      'See [this](other.md#part) and `domain/none.ts`, `npm run nothing`.',
      '```',
      '$ npx exekra-rollout run "a plan.json" --db FILE | more',
      '```',
    ].join('\n'),
  }

  it('finds links, paths, scripts and commands', () => {
    expect(linksOf(document)).toEqual([{ to: 'docs/guide/other.md', heading: 'part' }])
    expect(pathsOf(document)).toEqual(['domain/none.ts'])
    expect(scriptsOf(document)).toEqual(['nothing'])
    expect(commandsOf(document).map(shellWords)).toEqual([['exekra-rollout', 'run', 'a plan.json', '--db', 'FILE']])
    expect([...headingsOf(document)]).toEqual(['title'])
  })
})

/** Read through a function: the compiler believes that it is still what was assigned above. */
function exitCode(): typeof process.exitCode {
  return process.exitCode
}

/** The words of a command as a shell splits them, up to a pipe, a redirection or a comment. */
function shellWords(command: string): string[] {
  const end = /\s(?:\||>|<|#|&&|;)/.exec(command)?.index
  return [...command.slice(0, end).matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  )
}

/** The folders that a tree names: indentation says in which one they are, and a line may have several. */
function foldersOf(tree: string): string[] {
  const path: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', names = ''] = /^( *)((?:[\w.-]+\/ ?)+)/.exec(line) ?? []
    return names
      .split(' ')
      .filter(Boolean)
      .map((name) => {
        path.splice(indent.length / 2, Infinity, name.replace(/\/$/, ''))
        return path.join('/')
      })
  })
}
