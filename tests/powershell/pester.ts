/** Runs the Pester tests of resources/powershell in a PowerShell, and makes a test of vitest of each of their results. */
import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pesterFolder } from '../lab/build.ts'

export const pesterTests = import.meta.dirname

/** What run.ps1 writes down about a file. */
export interface PesterFile {
  /** Below tests/powershell, with forward slashes. */
  readonly file: string
  /** What went wrong beside its tests; empty where nothing did. */
  readonly problem: string
  readonly tests: readonly { readonly name: string; readonly result: string; readonly why: string }[]
}

/** Says why Pester cannot run here, if it cannot. */
export function pesterUnavailable(): string | undefined {
  return existsSync(pesterFolder) ? undefined : 'Pester is not there; node tests/lab/build.ts fetches it'
}

/** All Pester files of the project, sorted. */
export function pesterFiles(): string[] {
  return globSync('*/*.Tests.ps1', { cwd: pesterTests })
    .map((file) => file.split(sep).join('/'))
    .sort()
}

/** The arguments of PowerShell for such a run. The folders and the file are as that PowerShell names them. */
export function pesterArguments(module: string, tests: string, result: string): string[] {
  const separator = tests.includes('\\') ? '\\' : '/'
  const script = `${tests}${separator}run.ps1`
  const policy = separator === '\\' ? ['-ExecutionPolicy', 'Bypass'] : []
  return [
    ...['-NoLogo', '-NoProfile', '-NonInteractive', ...policy, '-File', script],
    ...['-Module', module, '-Tests', tests, '-Result', result],
  ]
}

/** What run.ps1 wrote down in that file; where it wrote nothing, what it said instead. */
export async function pesterResult(
  file: string,
  said: { readonly stdout: string; readonly stderr: string },
): Promise<readonly PesterFile[]> {
  const text = await readFile(file, 'utf8').catch((problem: unknown) => {
    throw new Error(`Pester left no result: ${said.stdout}${said.stderr}`, { cause: problem })
  })
  return JSON.parse(text) as readonly PesterFile[]
}

/** Says what is wrong with a file beside its tests; empty where nothing is. */
export function problemOf({ problem, tests }: PesterFile): string {
  return problem === '' && tests.length === 0 ? 'It tests nothing.' : problem
}

/** Declares a test for every result, and one for every file: that it was read, and tests something. */
export function declarePester(ran: readonly PesterFile[]): void {
  test('every Pester file was run, and no other', () => {
    expect(ran.map(({ file }) => file).sort()).toEqual(pesterFiles())
  })
  for (const one of ran) {
    describe(one.file, () => {
      test('is read as it is, and tests something', () => {
        expect(problemOf(one)).toBe('')
      })
      for (const { name, result, why } of one.tests)
        test(name, (context) => {
          if (result === 'skipped' && why !== '') context.skip(why)
          if (result !== 'passed') throw new Error(why === '' ? `Pester says ${result}, and not why.` : why)
        })
    })
  }
}
