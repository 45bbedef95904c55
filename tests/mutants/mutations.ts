/** What may be changed at a node of the syntax tree, so that a test should notice. Texts are not changed: a test of a sentence proves little. */
import ts from 'typescript'

/** One change: the node it replaces, and the text in its place. */
export interface Mutation {
  readonly node: ts.Node
  readonly kind: string
  readonly replacement: string
}

const operators: Readonly<Partial<Record<ts.SyntaxKind, readonly [kind: string, others: readonly string[]]>>> = {
  [ts.SyntaxKind.PlusToken]: ['arithmetic', ['-']],
  [ts.SyntaxKind.MinusToken]: ['arithmetic', ['+']],
  [ts.SyntaxKind.AsteriskToken]: ['arithmetic', ['/']],
  [ts.SyntaxKind.SlashToken]: ['arithmetic', ['*']],
  [ts.SyntaxKind.PercentToken]: ['arithmetic', ['*']],
  [ts.SyntaxKind.LessThanToken]: ['comparison', ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken]: ['comparison', ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken]: ['comparison', ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['comparison', ['>', '<']],
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['comparison', ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['comparison', ['===']],
  [ts.SyntaxKind.EqualsEqualsToken]: ['comparison', ['!=']],
  [ts.SyntaxKind.ExclamationEqualsToken]: ['comparison', ['==']],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['logic', ['||']],
  [ts.SyntaxKind.BarBarToken]: ['logic', ['&&']],
  [ts.SyntaxKind.QuestionQuestionToken]: ['logic', ['&&']],
  [ts.SyntaxKind.PlusEqualsToken]: ['assignment', ['-=']],
  [ts.SyntaxKind.MinusEqualsToken]: ['assignment', ['+=']],
  [ts.SyntaxKind.QuestionQuestionEqualsToken]: ['assignment', ['&&=']],
}

const methods = new Map(
  Object.entries({
    startsWith: 'endsWith',
    endsWith: 'startsWith',
    toUpperCase: 'toLowerCase',
    toLowerCase: 'toUpperCase',
    some: 'every',
    every: 'some',
    min: 'max',
    max: 'min',
  }),
)

/** Calls that can be left out: what they were called on takes their place. */
const leavable = new Set([
  'trim',
  'trimEnd',
  'trimStart',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'filter',
  'slice',
])

/** Every change that this node itself offers, those of its children aside. */
export function mutationsOf(node: ts.Node): Mutation[] {
  const made: Mutation[] = []
  const offer = (kind: string, ...replacements: string[]) => {
    for (const replacement of replacements) made.push({ node, kind, replacement })
  }
  if (isCondition(node) && !isTruth(node)) {
    if (!ts.isWhileStatement(node.parent) && !ts.isForStatement(node.parent)) offer('condition', 'true')
    offer('condition', 'false')
  }
  if (ts.isBinaryExpression(node)) ofBinary(node, offer)
  else if (ts.isCallExpression(node)) ofCall(node, offer)
  else if (ts.isPrefixUnaryExpression(node)) ofPrefix(node, offer)
  else if (ts.isPostfixUnaryExpression(node)) offer('step', `${node.operand.getText()}${flipped(node.operator)}`)
  else if (isTruth(node)) offer('truth', node.kind === ts.SyntaxKind.TrueKeyword ? 'false' : 'true')
  else if (ts.isBlock(node) && node.statements.length > 0) offer('block', '{}')
  else if (ts.isCaseOrDefaultClause(node) && isEmptiable(node)) offer('case', '')
  else if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) made.push(ofArrow(node.body))
  else if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) offer('list', '[]')
  else if (ts.isObjectLiteralExpression(node) && node.properties.length > 0) offer('object', '({})')
  else if (ts.isRegularExpressionLiteral(node)) ofRegex(node, offer)
  else if (isOptional(node)) made.push(...ofOptional(node))
  return made
}

type Offer = (kind: string, ...replacements: string[]) => void

function ofBinary(node: ts.BinaryExpression, offer: Offer): void {
  const [kind, others] = operators[node.operatorToken.kind] ?? []
  if (kind === undefined || others === undefined) return
  // What joins texts has no other operator.
  if (node.operatorToken.kind === ts.SyntaxKind.PlusToken && [node.left, node.right].some(isText)) return
  const left = node.left.getText()
  const right = node.right.getText()
  // Parentheses around the right side: without them `a - (b + c)` would become another sum, and `??` with `&&` no program.
  offer(
    kind,
    ...others.map((other) => (kind === 'assignment' ? `${left} ${other} ${right}` : `(${left}) ${other} (${right})`)),
  )
  if (kind === 'comparison' && !isCondition(node)) offer('condition', 'true', 'false')
}

function ofCall(node: ts.CallExpression, offer: Offer): void {
  const called = node.expression
  if (!ts.isPropertyAccessExpression(called) || ts.isOptionalChain(node)) return
  const { name, expression } = called
  const other = methods.get(name.text)
  const args = node.getSourceFile().text.slice(name.end, node.end)
  if (other !== undefined && !(name.text.startsWith('m') && expression.getText() !== 'Math'))
    offer('method', `${expression.getText()}.${other}${args}`)
  if (leavable.has(name.text) && !ts.isExpressionStatement(node.parent)) offer('method', expression.getText())
}

function ofPrefix(node: ts.PrefixUnaryExpression, offer: Offer): void {
  const operand = node.operand.getText()
  if (node.operator === ts.SyntaxKind.ExclamationToken) offer('not', operand)
  else if (node.operator === ts.SyntaxKind.MinusToken) offer('sign', `+${operand}`)
  else if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
    offer('step', `${flipped(node.operator)}${operand}`)
}

function flipped(operator: ts.PrefixUnaryOperator | ts.PostfixUnaryOperator): string {
  return operator === ts.SyntaxKind.PlusPlusToken ? '--' : '++'
}

function ofArrow(body: ts.Expression): Mutation {
  return { node: body, kind: 'arrow', replacement: 'undefined' }
}

function ofRegex(node: ts.RegularExpressionLiteral, offer: Offer): void {
  const text = node.getText()
  if (text.startsWith('/^')) offer('pattern', `/${text.slice(2)}`.replace(/^\/\//, '/(?:)/'))
  if (/\$\/[a-z]*$/.test(text)) offer('pattern', text.replace(/\$(\/[a-z]*)$/, '$1'))
  if (/\/[a-z]*i[a-z]*$/.test(text)) offer('pattern', text.replace(/i([a-z]*)$/, '$1'))
}

type Optional = (ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression) & {
  readonly questionDotToken: ts.QuestionDotToken
}

function isOptional(node: ts.Node): node is Optional {
  return (
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node)) &&
    node.questionDotToken !== undefined
  )
}

/** Without its `?.`, the whole chain is written anew: a part of it could not end the rest. */
function ofOptional(node: Optional): Mutation[] {
  const whole = wholeChain(node)
  // The compiler demands `?.` after every index, also where the element is always there.
  if (isWritten(whole) || ts.isElementAccessExpression(node.expression)) return []
  const { text } = whole.getSourceFile()
  const { questionDotToken: dot } = node
  const plain = ts.isPropertyAccessExpression(node) ? '.' : ''
  const start = whole.getStart()
  const replacement = `${text.slice(start, dot.getStart())}${plain}${text.slice(dot.end, whole.end)}`
  return [{ node: whole, kind: 'optional', replacement }]
}

/** The outermost expression of the chain that this node is a part of; the node itself where there is none. */
export function wholeChain(node: ts.Node): ts.Node {
  const { parent } = node
  const goesOn =
    (ts.isPropertyAccessExpression(parent) ||
      ts.isElementAccessExpression(parent) ||
      ts.isCallExpression(parent) ||
      ts.isNonNullExpression(parent)) &&
    parent.expression === node &&
    (parent.flags & ts.NodeFlags.OptionalChain) !== 0
  return goesOn ? wholeChain(parent) : node
}

/** True where a node is not read but written or deleted: nothing else can be put there. */
export function isWritten(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isDeleteExpression(parent)) return true
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    const { kind } = parent.operatorToken
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
  }
  return ts.isForOfStatement(parent) && parent.initializer === node
}

function isCondition(node: ts.Node): node is ts.Expression {
  const { parent } = node
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === node
  if (ts.isConditionalExpression(parent)) return parent.condition === node
  return ts.isForStatement(parent) && parent.condition === node
}

/** A lone block offers itself, and what a clause declares may be named in the next one. */
function isEmptiable({ statements }: ts.CaseOrDefaultClause): boolean {
  const [first] = statements
  return first !== undefined && !ts.isBlock(first) && !statements.some((statement) => ts.isVariableStatement(statement))
}

function isTruth(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
}
