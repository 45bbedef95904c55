/** One vitest that runs test files over instrumented sources, as often as the tool asks. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BaseSequencer, createVitest, type TestModule, type TestSpecification } from 'vitest/node'
import { assignmentVariable, linesSince, type Assignment, type Line } from './assignment.ts'
import { allowance, leftOutOfTests, triedTests } from './settings.ts'

/** How a run of test files ended: what its workers said, and which files failed. */
export interface Ran {
  readonly lines: readonly Line[]
  readonly failed: readonly { readonly file: string; readonly why: string }[]
  /** Mutants whose worker had to be ended. */
  readonly hung: readonly number[]
}

export interface Session extends AsyncDisposable {
  /** The test files that import one of these, by vitest's own list of imports. */
  readonly related: readonly string[]
  run: (files: readonly string[], mutants: Iterable<number>, alone?: number) => Promise<Ran>
}

const root = join(import.meta.dirname, '..', '..')

/** Small files first: what they kill, the large ones need not try. */
class SmallFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => statSync(one.moduleId).size - statSync(other.moduleId).size)
  }
}

/** Opens vitest. `sources` are the instrumented files, by their path below the project. */
export async function openSession(
  sources: ReadonlyMap<string, string>,
  tests: (file: string) => boolean,
): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-mutants-'))
  const byPath = new Map([...sources].map(([file, code]) => [join(root, file), code]))
  const vitest = await createVitest(
    {
      root,
      config: join(root, 'tests/vitest.config.ts'),
      watch: false,
      // It knows sources, not plugins: the next plain run would get our mutants.
      fsModuleCache: false,
      include: triedTests,
      exclude: ['**/node_modules/**', 'tests/**/.*/**', ...leftOutOfTests],
      related: [...byPath.keys()],
      runner: join(import.meta.dirname, 'runner.ts'),
      maxWorkers: 2,
      reporters: [{}],
      sequence: { sequencer: SmallFirst },
      silent: true,
      onConsoleLog: () => false,
      dangerouslyIgnoreUnhandledErrors: true,
    },
    {
      plugins: [
        {
          name: 'mutants',
          enforce: 'pre',
          transform: (_code, id) => byPath.get(id.split('?')[0] ?? id),
        },
      ],
    },
  )
  const specifications = (await vitest.getRelevantTestSpecifications()).filter(({ moduleId }) => tests(below(moduleId)))
  const byFile = new Map(specifications.map((specification) => [below(specification.moduleId), specification]))
  return {
    related: [...byFile.keys()],
    run: async (files, mutants, alone) => {
      const assignment: Assignment = {
        log: join(folder, 'log'),
        mutants: [...mutants],
        ...(alone === undefined ? {} : { alone }),
      }
      writeFileSync(assignment.log, '')
      writeFileSync(join(folder, 'assignment'), JSON.stringify(assignment))
      process.env[assignmentVariable] = join(folder, 'assignment')
      const watch = endSilent(assignment.log)
      try {
        const chosen = files
          .map((file) => byFile.get(file))
          .filter((found): found is TestSpecification => found !== undefined)
        const { testModules } = await vitest.runTestSpecifications(chosen)
        const failed = testModules
          .filter((module) => !module.ok())
          .map((module) => ({ file: below(module.moduleId), why: whyOf(module) }))
        return { lines: linesSince(assignment.log, 0).lines, failed, hung: watch.ended }
      } finally {
        clearInterval(watch.timer)
      }
    },
    [Symbol.asyncDispose]: async () => {
      await vitest.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function whyOf(module: TestModule): string {
  const errors = [module, ...module.children.allSuites()].flatMap((suite) => suite.errors())
  return errors[0]?.message ?? 'a test failed'
}

function below(path: string): string {
  return path.slice(root.length + 1)
}

/** Ends the worker that began with a mutant long ago and has said nothing since. */
function endSilent(log: string): { readonly ended: number[]; readonly timer: NodeJS.Timeout } {
  const ended: number[] = []
  const last = new Map<number, { readonly mutant: number; readonly at: number }>()
  let read = 0
  const timer = setInterval(() => {
    const { lines, next } = linesSince(log, read)
    read = next
    for (const line of lines) if ('begun' in line) last.set(line.pid, { mutant: line.begun, at: performance.now() })
    for (const [pid, { mutant, at }] of last) {
      if (mutant === 0 || performance.now() - at < allowance.silenceMs) continue
      last.delete(pid)
      ended.push(mutant)
      endProcess(pid)
    }
  }, 1_000)
  return { ended, timer }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
