/** The documents of the project, and what of them can be checked: links, paths, and commands. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** A document and its text; `file` is relative to the project. */
export interface Document {
  readonly file: string
  readonly text: string
}

/** Every Markdown file that people read; recorded material has its own readers. */
export function documents(): Document[] {
  return globSync(['*.md', 'docs/**/*.md', 'preload/*.md', 'renderer/*.md', 'tests/lab/*.md'], { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}

/** The files that a document links to, relative to the project, with the heading it names there if any. */
export function linksOf({ file, text }: Document): { readonly to: string; readonly heading: string | null }[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', heading = null] = target.split('#')
      return { to: path === '' ? file : normalize(join(dirname(file), path)).replaceAll('\\', '/'), heading }
    })
}

/** The headings of a document as links name them. */
export function headingsOf({ text }: Document): Set<string> {
  return new Set(
    [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  )
}

/** The paths of this project that a document names in code: a known top folder, then a path. */
export function pathsOf({ text }: Document): string[] {
  const inCode = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return inCode.flatMap((code) =>
    [...code.matchAll(/(?<![\w./-])((?:domain|main|preload|renderer|resources|tests|docs)\/[\w./{},*-]*)/g)].map(
      ([, path = '']) => path.replace(/[.,]$/, ''),
    ),
  )
}

/** The `npm run` scripts that a document names. */
export function scriptsOf({ text }: Document): string[] {
  return [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
}

/** The lines of a document that call the command line, from the command's name on, as somebody would type them. */
export function commandsOf({ text }: Document): string[] {
  const fenced = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.replaceAll(/\\\n\s*/g, ' ').split('\n'),
  )
  const indented = [...withoutFences(text).matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line)
  const spans = [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...fenced, ...indented, ...spans]
    .map((line) => /^(?:\$ |> )?(?:npx )?(exekra-rollout(?: .*)?)$/.exec(line.trim())?.[1])
    .filter((command) => command !== undefined)
}

/** What a document shows as printed by the program: blocks without a language that do not begin with a command. */
export function outputsOf({ text }: Document): string[] {
  return [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```/gm)]
    .filter(([, language, block = '']) => language === '' && !/^(?:\$ |npx |npm |exekra-rollout )/.test(block))
    .map(([, , block = '']) => block)
}

function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '')
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/`[^`\n]*`/g, '')
}
