/** A plan's text is read completely: duplicate keys are named with their position, and an error is located. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duplicateKeys } from '../../../domain/base/duplicate-keys.ts'
import { readPlanText } from '../../../domain/plan/plan-text.ts'
import { pilotDocument } from '../../builders/plan.ts'

const problems = (text: string) => {
  const reading = readPlanText(text)
  return reading.ok ? [] : reading.problems.map(({ path, message }) => `${path} ${message}`)
}

describe('duplicate keys', () => {
  it('are found in every object, with path and lines, whatever stands around them', () => {
    const text =
      '{"hosts": [\n  {"na\\u006de": "a", "reach": {"kind": "ssh"},\n   "name": "b, \\"c\\": {"},\n  {"name": "d"}],\n "hosts" : []}'
    expect(duplicateKeys(text)).toEqual([
      { path: 'hosts[0].name', firstLine: 2, line: 3 },
      { path: 'hosts', firstLine: 1, line: 5 },
    ])
  })

  it('are never found where there are none', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        expect(duplicateKeys(text)).toEqual([])
      }),
    )
  })

  it('are found wherever one is put', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }),
        fc.nat(),
        (value, pick) => {
          const keys = Object.keys(value)
          const key = keys[pick % keys.length] ?? ''
          const text = `{${JSON.stringify(key)}:1,${JSON.stringify(value).slice(1)}`
          expect(duplicateKeys(text).map(({ line }) => line)).toEqual([1])
        },
      ),
    )
  })
})

describe('a plan from text', () => {
  it('is read, with or without a byte order mark, and refused with what would be right', () => {
    const text = JSON.stringify(pilotDocument(), null, 2)
    expect([problems(text), problems(`\uFEFF${text}`)]).toEqual([[], []])
    expect(problems(text.replace('"layout"', '"name": "Other",\n  "layout"'))).toEqual([
      expect.stringMatching(
        /^name is in the file twice, in lines 4 and \d+\. Keep the right one and remove the other$/,
      ),
    ])
  })

  it('that is no JSON is told by line and character, and never quoted', () => {
    expect(problems('{\n "password": hunter2\n}')).toEqual([
      '(the file) the text is not JSON: see line 2, character 14',
    ])
    expect(problems('{"a": [1, 2')).toEqual([
      '(the file) the text is not JSON: it ends in the middle, without its closing brackets',
    ])
    expect(problems(' \n')).toEqual(['(the file) the text is not JSON: it is empty'])
  })
})
