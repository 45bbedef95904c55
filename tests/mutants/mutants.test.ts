/** The mutation tester itself: its changes are programs, none is active unless it is asked for, and its report is true. */
import { transpileModule, ModuleKind } from 'typescript'
import { describe, expect, test } from 'vitest'
import { instrument, switchName } from './instrument.ts'
import { changeOf, names, survivors, table, untrue, type Judged } from './report.ts'

const source = `
export function judge(list: readonly number[], limit?: { most?: number }): string {
  const most = limit?.most ?? 10
  if (list.length === 0 && most > 1) return 'none'
  for (const n of list) {
    if (n < most) continue
    return 'over'
  }
  switch (list.filter((n) => n % 2 === 0).length) {
    case 0:
      return 'odd'
    default:
      return 'some even'
  }
}
`

const inputs: [number[], { most?: number }?][] = [
  [[]],
  [[1, 3]],
  [[1, 2]],
  [[10]],
  [[3], { most: 2 }],
  [[], { most: 1 }],
]

/** What `judge` answers to every input while this mutant is active. */
function answers(code: string, active: number): string[] {
  const module = transpileModule(code, { compilerOptions: { module: ModuleKind.CommonJS } }).outputText
  const found: { judge?: (list: number[], limit?: { most?: number }) => string } = {}
  Reflect.construct(Function, ['exports', switchName, module])(found, (id: number) => id === active)
  return inputs.map(([list, limit]) => {
    try {
      return String(found.judge?.(list, limit))
    } catch {
      return 'an error'
    }
  })
}

describe('an instrumented source, no hosts', () => {
  const { mutants, code } = instrument('judge.ts', source, 1)

  test('answers as before while no mutant is active', () => {
    expect(answers(code, 0)).toEqual(answers(source, 0))
  })

  test('has another answer for nearly every mutant; those without one are no change of what it does', () => {
    const same = mutants.filter(({ id }) => answers(code, id).join() === answers(source, 0).join())
    expect(mutants.length).toBeGreaterThan(25)
    expect(same.map(changeOf)).toEqual([])
  })

  test('keeps its lines, so that an error names the right one', () => {
    expect(code.split('\n')).toHaveLength(source.split('\n').length)
    expect(mutants.find(({ original }) => original === 'n < most')?.line).toBe(6)
  })

  test('changes no type, no import and no text', () => {
    const still = "import { a } from './a.ts'\ntype T = true | false\nexport const text: T | string = 'a' + `b`\n"
    expect(instrument('still.ts', still, 1)).toEqual({ mutants: [], code: still })
  })
})

describe('the report, no hosts', () => {
  const judged: Judged[] = [
    {
      id: 1,
      file: 'a/x.ts',
      line: 3,
      kind: 'truth',
      original: 'true',
      replacement: 'false',
      source: 'f(true)',
      verdict: 'killed',
    },
    {
      id: 2,
      file: 'a/x.ts',
      line: 4,
      kind: 'truth',
      original: 'true',
      replacement: 'false',
      source: 'g(true)',
      verdict: 'survived',
    },
  ]
  const entry = { file: 'a/x.ts', line: 'g(true)', change: 'true → false', why: 'g takes no argument' }

  test('names survivors with their line, and the share of each folder', () => {
    expect(survivors(judged)).toBe('a/x.ts:4  truth  true → false\n')
    expect(table(judged)).toMatch(/^a +2 mutants +1 killed +0 unreached +50\.0 %\n/)
  })

  test('an equivalent mutant is the one on its line only', () => {
    expect(judged.map((mutant) => names(entry, mutant))).toEqual([false, true])
    expect(untrue([entry], judged, true)).toEqual([])
  })

  test('an entry that a test shows, or that names nothing, is untrue', () => {
    expect(untrue([{ ...entry, line: 'f(true)' }], judged, true)).toEqual([
      'listed as equivalent, but a test shows it: a/x.ts: true → false',
    ])
    expect(untrue([{ ...entry, line: 'h(true)' }], judged, true)).toEqual([
      'listed as equivalent, but there is no such mutant: a/x.ts: true → false',
    ])
  })
})
