/** Owns which test file belongs to which part: by its folder, and everything that has no other part is a unit test. */
import { globSync } from 'node:fs'
import { sep } from 'node:path'
import { project } from './command.ts'

export type VitestPart = 'layers' | 'suites' | 'chaos' | 'lab' | 'unit'

/** The part of a test file, from its path inside the project with forward slashes. */
export function partOf(file: string): VitestPart {
  const folder = file.split('/')[1]
  return folder === 'layers' || folder === 'suites' || folder === 'chaos' || folder === 'lab' ? folder : 'unit'
}

/** All test files of a part, sorted, as paths inside the project. */
export function filesOf(part: VitestPart): string[] {
  return globSync('tests/**/*.test.ts', { cwd: project })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => !/\/(node_modules|\.[^/]+)\//.test(file) && partOf(file) === part)
    .sort()
}
