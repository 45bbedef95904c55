/** Runs a part's test files under vitest and counts them exactly. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { project, runNode, type Hold } from './command.ts'
import { filesOf, type VitestPart } from './files.ts'
import type { Failed, Tally } from './part.ts'
import { nothing } from './part.ts'
import type { VitestTally } from './reporter.ts'

/** Runs the part's files. A file that vitest did not report, or an end without a count, is a failure: nothing is passed over in silence. */
export async function runVitest(part: VitestPart, hold?: Hold): Promise<Tally> {
  const files = filesOf(part)
  if (files.length === 0)
    return {
      ...nothing,
      notRun: [{ what: `the ${part} tests`, why: 'there are no test files of this part', lacking: true }],
    }
  const folder = mkdtempSync(join(tmpdir(), 'rollout-tests-'))
  try {
    const tallyFile = join(folder, 'tally.json')
    const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs')
    const reporters = ['--reporter', 'default', '--reporter', join(project, 'tests', 'run', 'reporter.ts')]
    const end = await runNode([vitest, 'run', '--config', 'tests/vitest.config.ts', ...reporters, ...files], {
      env: { ROLLOUT_TEST_TALLY: tallyFile },
      hold,
    })
    if (!existsSync(tallyFile))
      return { ...nothing, failed: [{ what: `the ${part} tests`, why: `vitest ended without a count: ${end}` }] }
    const tally = JSON.parse(readFileSync(tallyFile, 'utf8')) as VitestTally
    return { ...tally, failed: [...tally.failed, ...missed(files, tally, end)] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function missed(files: readonly string[], tally: VitestTally, end: string): Failed[] {
  const lost = files
    .filter((file) => !tally.files.includes(file))
    .map((file) => ({ what: file, why: 'vitest did not run this file' }))
  if (end !== 'well' && tally.failed.length + lost.length === 0)
    return [{ what: 'vitest', why: `all tests passed, yet it ended with ${end}` }]
  return lost
}
