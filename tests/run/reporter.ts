/** The exact count of a vitest run, as JSON in the file named by ROLLOUT_TEST_TALLY: failed, passed, not run. */
import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node'
import { whyNotRun } from './not-run.ts'
import type { Failed, NotRun, Tally } from './part.ts'

/** A vitest run's tally with the files it is about. */
export interface VitestTally extends Tally {
  readonly files: readonly string[]
}

class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env['ROLLOUT_TEST_TALLY']
    if (file !== undefined) writeFileSync(file, JSON.stringify(tallyOf(modules, unhandled)))
  }
}

function tallyOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): VitestTally {
  const failed: Failed[] = unhandled.map((error) => ({ what: 'an error nobody caught', why: error.message }))
  const notRun: NotRun[] = []
  let passed = 0
  for (const module of modules) {
    const file = module.relativeModuleId
    const counted = failed.length
    // A file that does not load and a hook that throws are failures of their own: their tests are only skipped.
    failed.push(
      ...brokenSuites(module).map(({ name, why }) => ({ what: name === '' ? file : `${file} > ${name}`, why })),
    )
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') passed += 1
      else if (result.state === 'failed')
        failed.push({ what: `${file} > ${test.fullName}`, why: result.errors[0]?.message ?? '' })
      else if (result.state === 'skipped') notRun.push(notRunOf(file, test, result.note))
      else failed.push({ what: `${file} > ${test.fullName}`, why: 'it never ended' })
    }
    if (!module.ok() && failed.length === counted)
      failed.push({ what: file, why: 'vitest says that the file failed, not why' })
  }
  return { passed, failed, notRun, files: modules.map((module) => module.relativeModuleId) }
}

function notRunOf(file: string, test: TestCase, note: string | undefined): NotRun {
  const what = `${file} > ${test.fullName}`
  for (let suite: TestModule | TestSuite = test.parent; ; suite = suite.parent) {
    // The failure of the hook has been counted: what it kept from running is not counted again.
    if (suite.errors().length > 0) return { what, why: 'a hook around it failed', lacking: false }
    if (suite.type === 'module') return whyNotRun(what, note)
  }
}

function brokenSuites(module: TestModule): { name: string; why: string }[] {
  const suites: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  return suites.flatMap((suite) =>
    suite.errors().map((error) => ({ name: suite.type === 'suite' ? suite.fullName : '', why: error.message })),
  )
}

export { TallyReporter as default }
