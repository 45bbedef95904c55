/** The project's own ESLint rules: a promise that nobody awaits in a test, and a sentence outside its text file. */

/** A promise is never what a test expects, and `not` of it never fails: whoever forgot the await would not hear of it. */
const awaited = {
  create: (context) => ({
    'CallExpression[callee.name="expect"], CallExpression[callee.object.name="expect"]'(call) {
      const [given] = call.arguments
      const asksOfPromise =
        call.parent.type === 'MemberExpression' && ['resolves', 'rejects'].includes(call.parent.property.name)
      if (given === undefined || given.type === 'SpreadElement' || asksOfPromise) return
      if (context.sourceCode.parserServices.getTypeAtLocation(given).getProperty('then'))
        context.report({
          node: given,
          message: 'A promise is given to expect: await it, or ask by resolves or rejects.',
        })
    },
  }),
}

const message = 'A person reads this: put it into the text.ts of this folder (or its failures.ts), beside its like.'

/** Calls whose texts are for developers: thrown bugs, and descriptions of shapes and methods. */
const forDevelopers = new Set(['Error', 'TypeError', 'RangeError', 'describe', 'meta', 'query', 'change'])
const readAttributes = new Set(['aria-label', 'alt', 'label', 'placeholder', 'title', 'hint', 'description'])

/** Three words and more that begin as a sentence or a part of one; not SQL, not a header, not a command. */
function isSentence(text) {
  const words = text.trim()
  return (
    /^[A-Z]?[a-z][\w'’-]*,?:? +[a-z][\w'’-]*,? +\S/.test(words) || /^(A|An|I|PostgreSQL|Redis) [a-z]+ [a-z]/.test(words)
  )
}

/** A template reads as a sentence where it begins as one, or where three plain words follow each other. */
function isTemplateSentence(quasis) {
  return isSentence(quasis[0] ?? '') || quasis.some((part) => / [a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(part))
}

function isForDevelopers(node) {
  // A text that something is compared with is a key.
  if (node.parent.type === 'BinaryExpression' && ['===', '!=='].includes(node.parent.operator)) return true
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'NewExpression' || at.type === 'CallExpression') {
      const { callee } = at
      const name = callee.type === 'Identifier' ? callee.name : callee.property?.name
      if (forDevelopers.has(name)) return true
    }
    if (at.type.endsWith('Declaration') && at.type !== 'VariableDeclaration') return at.type.startsWith('Import')
    if (at.type === 'TSLiteralType') return true
  }
  return false
}

/** Every sentence of the product stands in a text file, so that the next editor finds it. */
const sentencesInTextFiles = {
  create: (context) => {
    const report = (node) => {
      if (!isForDevelopers(node)) context.report({ node, message })
    }
    return {
      JSXText(node) {
        if (/[A-Za-z]{2}/.test(node.value)) report(node)
      },
      Literal(node) {
        if (typeof node.value !== 'string') return
        const attribute = node.parent.type === 'JSXAttribute' && readAttributes.has(node.parent.name.name)
        if (attribute ? /[A-Za-z]{2}/.test(node.value) : isSentence(node.value)) report(node)
      },
      TemplateLiteral(node) {
        if (isTemplateSentence(node.quasis.map((quasi) => quasi.value.cooked ?? ''))) report(node)
      },
    }
  },
}

export const rules = { awaited, 'sentences-in-text-files': sentencesInTextFiles }
