/** Shows that a run is counted exactly: what passed, what failed wherever it failed, and what did not run with its reason. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScratch, type Scratch } from '../layers/scratch.ts'
import { partOf } from './files.ts'
import type { VitestTally } from './reporter.ts'
import { howToRepeat, seedVariable } from './seed.ts'

const head = "import { afterAll, beforeAll, describe, expect, it } from 'vitest'\n"
const files = {
  'tests/right.test.ts': `${head}it('one', () => {})\nit.each([1, 2])('each %s', () => {})\n`,
  'tests/wrong.test.ts': `${head}it('adds', () => { expect(1).toBe(2) })\n`,
  'tests/hook.test.ts': `${head}describe('a server', () => {\n  beforeAll(() => { throw new Error('no port') })\n  it('answers', () => {})\n})\n`,
  'tests/after.test.ts': `${head}afterAll(() => { throw new Error('left behind') })\nit('works', () => {})\n`,
  'tests/broken.test.ts': `${head}import { gone } from './gone.ts'\nit('is never reached', () => { expect(gone).toBe(1) })\n`,
  'tests/late.test.ts': `${head}it('ends before its promise', () => { void Promise.reject(new Error('too late')) })\n`,
  'tests/drawn.test.ts': `${head}import { chance } from './builders/chance.ts'\nit('draws', () => { expect(chance('a die')(6)).toBe(7) })\n`,
  'tests/skipped.test.ts': `${head}it.skip('signs in [needs sshd: /usr/sbin/sshd is missing]', () => {})\nit('asks', ({ skip }) => { skip('no agent runs') })\nit('listens', ({ skip }) => { skip('needs a free port') })\nit.skip('copies (skipped: no server (9.2) here)', () => {})\nit.skip('is silent', () => {})\n`,
}

let scratch: Scratch
let tally: VitestTally
let said = ''

beforeAll(async () => {
  scratch = createScratch(files)
  const tallyFile = join(scratch.root, 'tally.json')
  const vitest = join(scratch.root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [
    vitest,
    'run',
    '--config',
    'tests/vitest.config.ts',
    '--reporter',
    join(import.meta.dirname, 'reporter.ts'),
  ]
  // It ends with exit code 1, as it must: the tally is what is looked at.
  await new Promise<void>((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd: scratch.root, env: { ...process.env, ROLLOUT_TEST_TALLY: tallyFile, [seedVariable]: '4711' } },
      (_, output, errors) => {
        said = output + errors
        resolve()
      },
    )
  })
  tally = JSON.parse(readFileSync(tallyFile, 'utf8')) as VitestTally
}, 240_000)

afterAll(() => {
  scratch.remove()
})

describe('the count of a run', () => {
  it('has every test that passed, and no other', () => {
    // one, each 1, each 2, works, ends before its promise
    expect(tally.passed).toBe(5)
  })

  it.each([
    ['a test', 'tests/wrong.test.ts > adds', /expected 1 to be 2/],
    ['a test of chance', 'tests/drawn.test.ts > draws', /to be 7/],
    ['a hook before', 'tests/hook.test.ts > a server', /no port/],
    ['a hook after', 'tests/after.test.ts', /left behind/],
    ['a file that does not load', 'tests/broken.test.ts', /gone/],
    ['an error nobody caught', 'an error nobody caught', /too late/],
  ])('%s that fails is a failure', (_, what, why) => {
    expect(tally.failed.find((one) => one.what === what)?.why).toMatch(why)
  })

  it('has no failure twice', () => {
    expect(tally.failed).toHaveLength(6)
  })

  it('comes with how to repeat the test of chance that failed, and says so for no other', () => {
    expect(said.split(howToRepeat(4711))).toHaveLength(2)
  })

  it.each([
    ['tests/skipped.test.ts > signs in', 'needs sshd: /usr/sbin/sshd is missing', true],
    ['tests/skipped.test.ts > asks', 'no agent runs', false],
    ['tests/skipped.test.ts > listens', 'needs a free port', true],
    ['tests/skipped.test.ts > copies', 'no server (9.2) here', true],
    [
      'tests/skipped.test.ts > is silent',
      'it gives no reason: write it in its name as [needs THING: what is missing]',
      true,
    ],
    ['tests/hook.test.ts > a server > answers', 'a hook around it failed', false],
  ])('%s did not run: %s', (what, why, lacking) => {
    expect(tally.notRun).toContainEqual({ what, why, lacking })
  })

  it('knows which files it is about', () => {
    expect([...tally.files].sort()).toEqual(Object.keys(files).sort())
  })
})

describe('the part of a test file', () => {
  it.each([
    ['tests/domain/plan/plan.test.ts', '', 'unit'],
    ['tests/main/store/store.test.ts', "import { storeSuite } from '../../suites/store-suite.ts'", 'suites'],
    ['tests/suites/transport.test.ts', '', 'suites'],
    ['tests/chaos/kill.test.ts', '', 'chaos'],
    ['tests/lab/lab.test.ts', "import { transportSuite } from '../suites/transport-suite.ts'", 'lab'],
    ['tests/layers/boot.test.ts', '', 'layers'],
    ['tests/e2e/plan.test.ts', '', 'e2e'],
    ['tests/some-new-folder/a.test.ts', '', 'unit'],
  ])('%s with "%s" is of %s', (file, text, part) => {
    expect(partOf(file, text)).toBe(part)
  })
})
