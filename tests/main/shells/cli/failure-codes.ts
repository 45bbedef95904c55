/**
 * Every failure that the source can produce, read from the source itself: calls of failed(...), failure objects, and
 * the error codes of the scripts for the hosts. A `*` in a code stands for a part that is known only at run time.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { Failure } from '../../../../domain/base/failure.ts'
import { FaultError } from '../../../../main/transports/winrm/wsmv/faults.ts'
import { faultMeanings } from '../../../../main/transports/winrm/wsmv/text.ts'

export interface SourceFailure {
  readonly code: string
  readonly kind: Failure['kind']
  /** Files, relative to the project. */
  readonly at: readonly string[]
}

const faultsFile = 'main/transports/winrm/wsmv/faults.ts'
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const kinds: ReadonlySet<string> = new Set(Failure.shape.kind.options)
const isKind = (text: string): text is Failure['kind'] => kinds.has(text)

interface Parsed {
  readonly path: string
  readonly source: ts.SourceFile
  readonly constants: ReadonlyMap<string, ts.Expression>
  readonly functions: ReadonlySet<string>
  readonly calls: readonly ts.CallExpression[]
  /** Local name to the file and name it is imported from. */
  readonly imports: ReadonlyMap<string, string>
}

/** Reads the source; throws where a failure is written in a way that this reading does not know. */
export function failuresOfSource(): SourceFailure[] {
  const found = new Map<string, Set<string>>()
  const add = (kind: string, code: string, at: string): void => {
    if (!isKind(kind)) throw new Error(`${at}: "${kind}" is not a kind of failure`)
    const key = `${code} ${kind}`
    found.set(key, (found.get(key) ?? new Set()).add(at))
  }
  const files = globSync('{domain,main,preload,renderer}/**/*.{ts,tsx}', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map(parse)
  readCalls(files, add)
  for (const file of files) if (file.path !== faultsFile) readObjects(file, add)
  // The kind of a fault of WinRM depends on its number, so each number is asked; 0 stands for one that we do not know.
  for (const code of [undefined, 0, ...Object.keys(faultMeanings).map(Number)]) {
    const { failure } = new FaultError('HOST', { code, text: '' })
    add(failure.kind, code === undefined ? failure.code : 'wsman-*', faultsFile)
  }
  for (const path of globSync('resources/powershell/*.{ps1,psm1}', { cwd: root })) {
    const text = readFileSync(join(root, path), 'utf8')
    for (const [, stopped, caught, written] of text.matchAll(
      /Stop-WithCode '([a-z-]+)'|\$code = '([a-z-]+)'|"error":\{"code":"([a-z-]+)"/g,
    ))
      add('host', stopped ?? caught ?? written ?? '', path)
  }
  return [...found]
    .map(([key, at]) => {
      const [code = '', kind = ''] = key.split(' ')
      return { code, kind: kind as Failure['kind'], at: [...at].sort() }
    })
    .sort((a, b) => (`${a.code} ${a.kind}` < `${b.code} ${b.kind}` ? -1 : 1))
}

function parse(path: string): Parsed {
  const source = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true)
  const constants = new Map<string, ts.Expression>()
  const functions = new Set<string>()
  const calls: ts.CallExpression[] = []
  const imports = new Map<string, string>()
  walk(source, (node) => {
    if (ts.isCallExpression(node)) calls.push(node)
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      constants.set(node.name.text, node.initializer)
      if (ts.isArrowFunction(node.initializer)) functions.add(node.name.text)
    }
    if (ts.isFunctionDeclaration(node) && node.name) functions.add(node.name.text)
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return
    const bindings = node.importClause?.namedBindings
    if (!bindings || !ts.isNamedImports(bindings) || !node.moduleSpecifier.text.startsWith('.')) return
    const target = relative(root, join(root, dirname(path), node.moduleSpecifier.text)).replaceAll('\\', '/')
    for (const { name, propertyName } of bindings.elements)
      imports.set(name.text, `${target}#${(propertyName ?? name).text}`)
  })
  return { path, source, constants, functions, calls, imports }
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => {
    walk(child, visit)
  })
}

/** Which arguments of a function are the kind and the code of a failure: a number, or the words themselves. */
interface Maker {
  readonly kind: number | readonly string[]
  readonly code: number | readonly string[]
}

// A function that hands its own parameter on as kind or code is a maker itself: its callers are read next.
function readCalls(files: readonly Parsed[], add: (kind: string, code: string, at: string) => void): void {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const makers = new Map<string, Maker>([['domain/base/failure.ts#failed', { kind: 0, code: 1 }]])
  const open = [...makers.keys()]
  for (let key = open.shift(); key !== undefined; key = open.shift()) {
    const maker = makers.get(key)
    if (!maker) continue
    for (const file of files)
      for (const node of file.calls) {
        if (!ts.isIdentifier(node.expression)) continue
        const name = node.expression.text
        const target = file.functions.has(name) ? `${file.path}#${name}` : file.imports.get(name)
        if (target !== key) continue
        const at = `${file.path}:${file.source.getLineAndCharacterOfPosition(node.getStart(file.source)).line + 1}`
        // The table of causes is read where it is written.
        if (node.arguments[0] && ts.isSpreadElement(node.arguments[0])) continue
        const read = (part: number | readonly string[]): Read =>
          typeof part === 'number' ? readWord(node.arguments[part], file, byPath, at) : { words: part }
        const [kind, code] = [read(maker.kind), read(maker.code)]
        if (kind === 'passed-on' || code === 'passed-on') continue
        const owner = 'parameter' in kind ? kind : 'parameter' in code ? code : undefined
        if (owner) {
          const made = `${file.path}#${owner.of}`
          if (!makers.has(made)) open.push(made)
          makers.set(made, {
            kind: 'parameter' in kind ? kind.parameter : kind.words,
            code: 'parameter' in code ? code.parameter : code.words,
          })
          continue
        }
        if ('parameter' in kind || 'parameter' in code) continue
        // Two kinds and two codes of one condition belong together in order.
        code.words.forEach((word, i) => {
          if (kind.words.length === code.words.length) add(kind.words[i] ?? '', word, file.path)
          else for (const each of kind.words) add(each, word, file.path)
        })
      }
  }
}

type Read = { readonly words: readonly string[] } | { readonly parameter: number; readonly of: string } | 'passed-on'

function readWord(node: ts.Expression | undefined, file: Parsed, files: ReadonlyMap<string, Parsed>, at: string): Read {
  const words = node && literalsOf(node, file, files)
  if (words) return { words }
  if (node && ts.isPropertyAccessExpression(node) && ['kind', 'code'].includes(node.name.text)) return 'passed-on'
  if (node && ts.isIdentifier(node)) {
    let owner: ts.Node = node
    while (!ts.isSourceFile(owner)) {
      owner = owner.parent
      if (!ts.isFunctionDeclaration(owner) && !ts.isArrowFunction(owner)) continue
      const index = owner.parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === node.text)
      const of = owner.name?.text ?? (ts.isVariableDeclaration(owner.parent) ? owner.parent.name.getText() : undefined)
      if (index >= 0 && of !== undefined) return { parameter: index, of }
      const taken = owner.parameters.some(
        ({ name }) => ts.isObjectBindingPattern(name) && name.getText().includes(node.text),
      )
      if (taken) return 'passed-on'
    }
    // `const { code } = ...`: of a failure that came from elsewhere.
    if (file.source.text.includes(`{ ${node.text}, `)) return 'passed-on'
  }
  throw new Error(`${at}: the kind or code of this failure cannot be read from the source`)
}

function literalsOf(node: ts.Expression, file: Parsed, files: ReadonlyMap<string, Parsed>): string[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text]
  if (ts.isTemplateExpression(node))
    return [`${node.head.text}${node.templateSpans.map(({ literal }) => `*${literal.text}`).join('')}`]
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [literalsOf(node.whenTrue, file, files), literalsOf(node.whenFalse, file, files)]
    return yes && no && [...yes, ...no]
  }
  // The id of the check that blocks.
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'check') return ['*check*']
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
    const [left, right] = [literalsOf(node.left, file, files), literalsOf(node.right, file, files)]
    return left && right && [...left, ...right]
  }
  if (!ts.isIdentifier(node)) return undefined
  const [path = '', name = ''] = file.imports.get(node.text)?.split('#') ?? []
  const there = files.get(path)
  if (there) return there.constants.has(name) ? literalsOf(there.constants.get(name) ?? node, there, files) : undefined
  const value = file.constants.get(node.text)
  return value && !ts.isArrowFunction(value) ? literalsOf(value, file, files) : undefined
}

// Failures written as objects, and the tables whose rows begin with kind and code.
function readObjects(file: Parsed, add: (kind: string, code: string, at: string) => void): void {
  const hasTable = file.calls.some(
    ({ expression, arguments: [first] }) => expression.getText() === 'failed' && first && ts.isSpreadElement(first),
  )
  walk(file.source, (node) => {
    if (hasTable && ts.isArrayLiteralExpression(node)) {
      const [kind, code, ...rest] = node.elements
      if (!kind || !code || !ts.isStringLiteral(kind) || !ts.isStringLiteral(code) || rest.length !== 2) return
      if (isKind(kind.text) && /^[a-z]+(-[a-z]+)*$/.test(code.text)) add(kind.text, code.text, file.path)
    }
    if (!ts.isObjectLiteralExpression(node)) return
    const value = (name: string) =>
      node.properties.flatMap((property) =>
        ts.isPropertyAssignment(property) && property.name.getText() === name ? [property.initializer] : [],
      )[0]
    const [kind, code] = [value('kind'), value('code')]
    if (!kind || !code || !value('retry')) return
    for (const word of literalsOf(code, file, new Map()) ?? [])
      for (const each of literalsOf(kind, file, new Map()) ?? []) add(each, word, file.path)
  })
}
