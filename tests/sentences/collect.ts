/** Collects every sentence of the product from its text files, so that they can be read in one go. */
import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import ts from 'typescript'

/** Where sentences may stand; the rule `own/sentences-in-text-files` of ESLint reports them anywhere else. */
export const textFiles = ['**/text.ts', '**/text/*.ts', '**/*-text.ts', '**/failures.ts']
const folders = '{domain,main,preload,renderer}/**/*.ts'

export interface Sentence {
  /** The file, relative to the project. */
  readonly file: string
  readonly line: number
  /** The text as a person reads it; what is filled in stands in braces, as `{hosts}`. */
  readonly text: string
}

/** Every sentence and label of the text files below `root`, in the order of files and lines. */
export function collectSentences(root: string): Sentence[] {
  return globSync(folders, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => textFiles.some((pattern) => matchesGlob(file, pattern)))
    .sort()
    .flatMap((file) => sentencesOf(file, readFileSync(join(root, file), 'utf8')))
}

/** The sentences of one file's text. */
export function sentencesOf(file: string, source: string): Sentence[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const found: Sentence[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return
    const text = textOf(node)
    if (text !== undefined && isRead(text))
      found.push({ file, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1, text })
    if (ts.isTemplateExpression(node)) node.templateSpans.forEach((span) => visit(span.expression))
    else ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return (
    node.head.text + node.templateSpans.map((span) => `{${filledIn(span.expression)}}${span.literal.text}`).join('')
  )
}

/** A short name for what is filled in: the last word of the expression. */
function filledIn(expression: ts.Expression): string {
  if (ts.isCallExpression(expression) && expression.expression.getText() === 'plural')
    return expression.arguments.map((argument) => argument.getText().replace(/^'|'$/g, '')).join(' ')
  return /(\w+)\W*$/.exec(expression.getText())?.[1] ?? '...'
}

/** Codes, keys and names of other things are not read as sentences: they have no blank and begin small. */
function isRead(text: string): boolean {
  return /[A-Za-z]{2}/.test(text) && (/\s/.test(text.trim()) || /^[A-Z]/.test(text))
}
