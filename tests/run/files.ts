/** Which test file belongs to which part: by its folder or the suite it runs; everything else is a unit test. */
import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { project } from './command.ts'

export type VitestPart = 'layers' | 'suites' | 'chaos' | 'lab' | 'e2e' | 'unit'

/** The part of a test file, from its path inside the project with forward slashes and its text: what runs a suite is of the suites, wherever it lies. */
export function partOf(file: string, text: string): VitestPart {
  const folder = file.split('/')[1]
  if (folder === 'layers' || folder === 'suites' || folder === 'chaos' || folder === 'lab' || folder === 'e2e')
    return folder
  return /^(?:import|\}).* from '[^']*\/suites\/[^']*'/m.test(text) ? 'suites' : 'unit'
}

/** All test files of a part, sorted, as paths inside the project. */
export function filesOf(part: VitestPart): string[] {
  return globSync('tests/**/*.test.ts', { cwd: project })
    .map((file) => file.split(sep).join('/'))
    .filter(
      (file) =>
        !/\/(node_modules|\.[^/]+)\//.test(file) && partOf(file, readFileSync(join(project, file), 'utf8')) === part,
    )
    .sort()
}
