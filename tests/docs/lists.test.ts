/** Shows that lists which pages of the guide repeat are those of the source: causes, faults, checks, formats. Rung 1: pure. */
import { expect, test } from 'vitest'
import { formatVersions } from '../../domain/base/formats.ts'
import { allChecks } from '../../domain/checks/rules/index.ts'
import { causes } from '../../domain/doctor/cause.ts'
import { guidePage } from '../../main/app/workstation/guide-files.ts'
import { callsOfStep, faultKinds } from '../../main/transports/simulated/fault.ts'

/** The part of a page under that heading. */
function sectionOf(page: string, heading: string): string {
  return guidePage(page)?.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
}

/** The cells of the tables in a text, without their headings. */
function rowsOf(text: string): string[][] {
  return [...text.matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) => row.split(/ +\| +/).map((cell) => cell.trim()))
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word)
}

test('the page of the doctor has every cause, and no other', () => {
  const page = guidePage('doctor') ?? ''
  const named = rowsOf(page.slice(page.indexOf('## Causes'))).map(([cause = '']) => wordsOf(cause)[0])
  expect(named.toSorted()).toEqual(causes.toSorted())
})

test('the page of practice sites has every fault with its steps and its count', () => {
  const rows = rowsOf(sectionOf('practice', 'Faults')).map(([kind = '', steps = '', count = '']) => [
    wordsOf(kind)[0],
    steps === 'every step' ? 'every step' : steps.startsWith('every step but') ? 'all but one' : wordsOf(steps),
    count,
  ])
  const every = Object.keys(callsOfStep)
  expect(rows).toEqual(
    Object.entries(faultKinds).map(([kind, { steps, count }]) => [
      kind,
      steps.length === every.length ? 'every step' : steps.length === every.length - 1 ? 'all but one' : steps,
      count < 0 ? 'forever' : String(count),
    ]),
  )
  expect(wordsOf(sectionOf('practice', 'Steps'))).toEqual(every)
})

test('the page of gates names the checks whose findings nobody can accept', () => {
  const list = sectionOf('gates-and-decisions', 'Accept a finding')
    .split('\n')
    .filter((line) => line.startsWith('`'))
  const never = allChecks.filter(({ waivable }) => !waivable).map(({ id }) => id)
  expect(wordsOf(list.join('\n'))).toEqual(never.toSorted())
})

test('the page of JSON has every format with its version', () => {
  const rows = rowsOf(sectionOf('json-and-events', 'Formats')).map(([name = '', version]) => [
    wordsOf(name)[0],
    Number(version),
  ])
  for (const [name, version] of Object.entries(formatVersions))
    expect(rows).toContainEqual([`exekra-rollout-${name}`, version])
})
