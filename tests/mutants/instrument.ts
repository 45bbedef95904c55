/**
 * One source file with all its mutants in it: each asks at run time whether it is the active one. So the file is
 * transformed once, and a mutant costs no more than the tests that reach it.
 */
import ts from 'typescript'
import { isWritten, mutationsOf, wholeChain } from './mutations.ts'

/** A change of a source file, as a person reads it. */
export interface Mutant {
  readonly id: number
  readonly file: string
  readonly line: number
  readonly kind: string
  readonly original: string
  readonly replacement: string
}

/** The name under which instrumented code asks whether a mutant is active. */
export const switchName = '__mutantIs'

type Places = Map<ts.Node, Mutant[]>

/** The mutants of `source`, numbered from `firstId`, and the source that holds them. */
export function instrument(file: string, source: string, firstId: number): { mutants: Mutant[]; code: string } {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const mutants: Mutant[] = []
  const places: Places = new Map()
  const visit = (node: ts.Node): void => {
    if (isType(node)) return
    for (const { node: place, kind, replacement } of mutationsOf(node)) {
      if (!isReplaceable(place)) continue
      const start = startOf(place)
      const line = tree.getLineAndCharacterOfPosition(start).line + 1
      const original = source.slice(start, place.end)
      const mutant = { id: firstId + mutants.length, file, line, kind, original, replacement }
      mutants.push(mutant)
      places.set(place, [...(places.get(place) ?? []), mutant])
    }
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(tree, visit)
  return { mutants, code: written(tree, 0, source, places) }
}

/** The text of a node from `from` on, with the mutants of its children and its own. */
function written(node: ts.Node, from: number, source: string, places: Places): string {
  let text = ''
  let done = from
  ts.forEachChild(node, (child) => {
    const start = child.getStart()
    if (start < done) return
    text += source.slice(done, start) + written(child, start, source, places)
    done = child.end
  })
  text += source.slice(done, node.end)
  const own = places.get(node)
  return own ? withSwitches(node, text, own) : text
}

function withSwitches(node: ts.Node, text: string, own: readonly Mutant[]): string {
  if (ts.isBlock(node)) return own.reduce((inner, { id }) => `{if(!${switchName}(${id}))${inner}}`, text)
  if (ts.isCaseOrDefaultClause(node)) {
    // A clause offers one change: it does nothing.
    const head = startOf(node) - node.getStart()
    return own.reduce((all, { id }) => `${all.slice(0, head)}if(!${switchName}(${id})){${all.slice(head)}}`, text)
  }
  return own.reduce((inner, { id, replacement }) => `(${switchName}(${id})?(${replacement}):${inner})`, `(${text})`)
}

/** Where a change begins: of a clause, what follows its colon. */
function startOf(node: ts.Node): number {
  return (ts.isCaseOrDefaultClause(node) ? (node.statements[0] ?? node) : node).getStart()
}

function isType(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  )
}

/** Where another expression may stand: not on the left of `=`, and not inside of a chain, which it would cut. */
function isReplaceable(node: ts.Node): boolean {
  return !isWritten(node) && wholeChain(node) === node
}
