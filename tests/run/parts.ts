/** Owns the parts of `npm test`, in the order they run: cheap ones first, so that a slip shows in seconds. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, missingSdk, project, runNode } from './command.ts'
import { nothing, sum, type Part, type Tally } from './part.ts'
import { runVitest } from './vitest-part.ts'

const folders = ['domain', 'main', 'preload', 'renderer']

export const parts: readonly Part[] = [
  { name: 'types', about: 'every folder against what it may see', run: () => check('types', ['tests/layers/types.ts']) },
  { name: 'lint', about: 'ESLint over all TypeScript', run: () => check('lint', [bin('eslint/bin/eslint.js'), '--config', 'tests/layers/eslint.config.js', '--no-error-on-unmatched-pattern', ...folders, 'tests']) },
  { name: 'layers', about: 'who imports whom, and proof that the rules catch an offence', run: layers },
  { name: 'dead', about: 'code and dependencies that nothing uses', run: () => check('dead code', [bin('knip/bin/knip.js'), '--config', 'tests/layers/knip.json']) },
  { name: 'build', about: 'the lab\'s PowerShell, built when its sources changed', run: buildLab },
  { name: 'unit', about: 'domain and main', run: () => runVitest('unit') },
  { name: 'suites', about: 'one behaviour, every adapter', run: () => runVitest('suites') },
  { name: 'chaos', about: 'death at every moment, then resume', run: () => runVitest('chaos') },
  { name: 'e2e', about: 'what a person does, in Chromium over every shell', run: e2e },
  // Lab hosts share two processors, a display of services and ports: one file at a time.
  { name: 'lab', about: 'real scripts, real installers, real sessions', run: () => runVitest('lab', ['--no-file-parallelism']) },
]

function bin(path: string): string {
  return join('node_modules', path)
}

/** A check is one test: it passed when the program ended well. Its own words have been printed already. */
async function check(what: string, args: readonly string[]): Promise<Tally> {
  const end = await runNode(args)
  return end === 'well' ? { ...nothing, passed: 1 } : { ...nothing, failed: [{ what, why: end }] }
}

async function layers(): Promise<Tally> {
  const rules = await check('layers', [bin('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', 'tests/layers/dependency-cruiser.cjs', '--output-type', 'err-long', ...folders])
  return sum([rules, await runVitest('layers')])
}

/** Built once, before two files at a time find it out of date. */
async function e2e(): Promise<Tally> {
  const built = await check('the build', ['tests/e2e/build.ts'])
  return built.failed.length > 0 ? built : sum([built, await runVitest('e2e')])
}

async function buildLab(): Promise<Tally> {
  const what = 'the lab\'s PowerShell'
  if (!existsSync(join(project, 'tests', 'lab', 'build.ts'))) return { ...nothing, notRun: [{ what, why: 'tests/lab/build.ts is missing', lacking: true }] }
  const missing = missingSdk()
  if (missing !== undefined) return { ...nothing, notRun: [{ what, why: missing, lacking: true }] }
  // The Windows build is of use under Wine only, and takes as long again.
  const platforms = findProgram('wine64', ['/usr/lib/wine/wine64', '/usr/bin/wine']) === undefined ? ['linux'] : ['linux', 'win']
  return check(what, ['tests/lab/build.ts', ...platforms])
}
