/** The parts of `npm test` in order: cheap ones first, so that a slip shows in seconds. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, missingSdk, project, runNode, type Hold } from './command.ts'
import type { VitestPart } from './files.ts'
import { nothing, sum, type Part, type Tally } from './part.ts'
import { runVitest } from './vitest-part.ts'

const folders = ['domain', 'main', 'preload', 'renderer']

export const parts: readonly Part[] = [
  {
    name: 'types',
    about: 'every folder against what it may see',
    beside: true,
    run: (hold) => check('types', ['tests/layers/types.ts'], hold),
  },
  {
    name: 'lint',
    about: 'ESLint over all TypeScript',
    beside: true,
    run: (hold) =>
      check(
        'lint',
        [
          bin('eslint/bin/eslint.js'),
          '--config',
          'tests/layers/eslint.config.js',
          '--no-error-on-unmatched-pattern',
          ...folders,
          'tests',
        ],
        hold,
      ),
  },
  {
    name: 'format',
    about: 'Prettier over everything it reads',
    beside: true,
    run: (hold) => check('format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'], hold),
  },
  { name: 'layers', about: 'who imports whom, and proof that the rules catch an offence', beside: true, run: layers },
  {
    name: 'dead',
    about: 'code and dependencies that nothing uses',
    beside: true,
    run: (hold) => check('dead code', [bin('knip/bin/knip.js'), '--config', 'tests/layers/knip.json'], hold),
  },
  { name: 'build', about: "the lab's PowerShell, built when its sources changed", beside: true, run: buildLab },
  { name: 'unit', about: 'domain and main', run: () => runVitest('unit') },
  { name: 'suites', about: 'one behaviour, every adapter', run: () => runVitest('suites') },
  { name: 'chaos', about: 'death at every moment, then resume', run: () => runVitest('chaos') },
  {
    name: 'e2e',
    about: 'what a person does, in Chromium over every shell',
    run: () => built('the build', 'tests/e2e/build.ts', 'e2e'),
  },
  {
    name: 'lab',
    about: 'real scripts, real installers, real sessions',
    run: () => built('the disks of lab hosts', 'tests/lab/prepare.ts', 'lab'),
  },
]

function bin(path: string): string {
  return join('node_modules', path)
}

/** A check is one test: it passed when the program ended well. Its own words have been printed or held already. */
async function check(what: string, args: readonly string[], hold?: Hold): Promise<Tally> {
  const end = await runNode(args, { hold })
  return end === 'well' ? { ...nothing, passed: 1 } : { ...nothing, failed: [{ what, why: end }] }
}

async function layers(hold?: Hold): Promise<Tally> {
  const rules = await check(
    'layers',
    [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      'tests/layers/dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      ...folders,
    ],
    hold,
  )
  return sum([rules, await runVitest('layers', hold)])
}

/** What a part's files stand on is built once, before two files at a time find it out of date. */
async function built(what: string, script: string, part: VitestPart): Promise<Tally> {
  const build = await check(what, [script])
  return build.failed.length > 0 ? build : sum([build, await runVitest(part)])
}

async function buildLab(hold?: Hold): Promise<Tally> {
  const what = "the lab's PowerShell"
  if (!existsSync(join(project, 'tests', 'lab', 'build.ts')))
    return { ...nothing, notRun: [{ what, why: 'tests/lab/build.ts is missing', lacking: true }] }
  const missing = missingSdk()
  if (missing !== undefined) return { ...nothing, notRun: [{ what, why: missing, lacking: true }] }
  // The Windows build is of use under Wine only, and takes as long again.
  const platforms =
    findProgram('wine64', ['/usr/lib/wine/wine64', '/usr/bin/wine']) === undefined ? ['linux'] : ['linux', 'win']
  return check(what, ['tests/lab/build.ts', ...platforms], hold)
}
