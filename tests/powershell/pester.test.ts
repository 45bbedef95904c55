/** Rung 3: the Pester tests of resources/powershell in the complete PowerShell for Linux. */
import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { pesterFolder } from '../lab/build.ts'
import { labPowerShell, recordWindows } from '../main/transports/local/lab-powershell.ts'
import {
  declarePester,
  pesterArguments,
  pesterFiles,
  pesterResult,
  pesterTests,
  pesterUnavailable,
  problemOf,
  type PesterFile,
} from './pester.ts'

const resources = join(import.meta.dirname, '..', '..', 'resources', 'powershell')

test('every script of resources/powershell has a Pester file of its name', () => {
  const scripts = globSync('*.{ps1,psm1}', { cwd: resources }).map((file) => file.replace(/\.psm?1$/, ''))
  const tested = pesterFiles().map((file) => basename(file, '.Tests.ps1'))
  expect(tested.toSorted()).toEqual(scripts.toSorted())
})

const { executable, unavailable = pesterUnavailable() } = labPowerShell()
if (unavailable === undefined)
  describe('rung 3: Pester on Linux', async () => {
    declarePester(await runPester(pesterTests))
  })
else test.skip(`rung 3: Pester on Linux (not run: ${unavailable})`)

const planted: Readonly<Record<string, readonly [text: string, problem: RegExp]>> = {
  'unreadable.Tests.ps1': ['if (', /Missing condition in if statement/],
  'empty.Tests.ps1': ["Describe 'nothing' { }", /^It tests nothing\.$/],
  'before.Tests.ps1': ["Describe 'x' { BeforeAll { throw 'before' }; It 'a' { } }", /^before/],
  'after.Tests.ps1': ["Describe 'x' { AfterAll { throw 'after' }; It 'a' { } }", /^after/],
  'right.Tests.ps1': [
    "Describe 'x' { It 'a' { }; It 'b' { 1 | Should -Be 2 }; It 'c' -Tag 'only on Windows' { }; It 'd' { Set-ItResult -Skipped -Because 'it has none' } }",
    /^$/,
  ],
}

test.skipIf(unavailable !== undefined)(
  `a Pester file that cannot be read, or tests nothing, is a failure${unavailable === undefined ? '' : ` (not run: ${unavailable})`}`,
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollout-pester-'))
    try {
      await cp(join(pesterTests, 'run.ps1'), join(folder, 'run.ps1'))
      for (const [name, [text]] of Object.entries(planted)) await writeFile(join(folder, name), text)
      const ran = await runPester(folder)
      expect(ran.map(({ file }) => file).sort()).toEqual(Object.keys(planted).sort())
      for (const file of ran) expect(problemOf(file), file.file).toMatch(planted[file.file]?.[1] ?? /none/)
      const right = ran.find(({ file }) => file === 'right.Tests.ps1')?.tests
      expect(right?.map(({ name, result, why }) => [name, result, result === 'failed' ? 'why' : why])).toEqual([
        ['x.a', 'passed', ''],
        ['x.b', 'failed', 'why'],
        ['x.c', 'skipped', 'only on Windows'],
        ['x.d', 'skipped', 'it has none'],
      ])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)

async function runPester(tests: string): Promise<readonly PesterFile[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rollout-pester-'))
  try {
    const [state, temporary, result] = [join(folder, 'state'), join(folder, 'tmp'), join(folder, 'result.json')]
    await Promise.all([recordWindows(state), mkdir(temporary)])
    const said = await promisify(execFile)(executable, pesterArguments(pesterFolder, tests, result), {
      env: { ...process.env, NO_COLOR: '1', ROLLOUT_LAB_STATE: state, TMPDIR: temporary },
      timeout: 300_000,
    })
    return await pesterResult(result, said)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
