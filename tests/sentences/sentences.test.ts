/** Shows that the sentences of the product keep the rules of plain English that a machine can check. Rung 1: pure. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collectSentences, sentencesOf } from './collect.ts'

const sentences = collectSentences(join(import.meta.dirname, '..', '..'))

/** Words that have a better one, and the better one. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/\bmend(s|ed|ing)?\b/i, 'fix, correct'],
  [/\bnobody\b/i, 'no one, or name who'],
  [/\b(driven|driving|drives (a|the|this) (run|rollout))\b/i, 'run'],
  [/\blet in\b/i, 'sign in, accept'],
  [/\b(is|was|are|were) told\b/i, 'is shown, is reported'],
  [/\bstands? (here|there|between|in|for)\b/i, 'is, exists'],
  [/\bwhatever it\b/i, 'any'],
  [/\bwhat is (left|typed|asked|seen|said)\b/i, 'name the thing'],
  [/\bof (the|its|their) plan's own\b/i, "the plan's"],
  [/\btake along\b/i, 'download, export'],
  [/\b1 (hosts|findings|steps|runs|plans|files|values|waves|paths|entries|minutes|seconds)\b/, 'the singular'],
]

describe('the sentences of the product', () => {
  it('are found in the text files of every layer', () => {
    const layers = new Set(sentences.map(({ file }) => file.split('/')[0]))
    expect([...layers].sort()).toEqual(['domain', 'main', 'renderer'])
    expect(sentences.length).toBeGreaterThan(1500)
  })

  it.each(replaced)('say nothing like %s', (pattern, better) => {
    const found = sentences.filter(({ text }) => pattern.test(text))
    expect(found.map(({ file, line, text }) => `${file}:${line} ${text} (better: ${better})`)).toEqual([])
  })
})

describe('the collection', () => {
  it('reads literals and templates, and leaves codes, types and imports out', () => {
    const source = [
      "import { plural } from './plural.ts'",
      "type Way = 'by hand or not'",
      'export const text = {',
      "  start: 'Start survey',",
      "  code: 'host-reached',",
      "  answered: (hosts: number, way: Way) => `${plural(hosts, 'host')} answered ${way}.`,",
      '}',
    ].join('\n')
    expect(sentencesOf('text.ts', source).map(({ line, text }) => [line, text])).toEqual([
      [4, 'Start survey'],
      [6, '{hosts host} answered {way}.'],
    ])
  })
})
