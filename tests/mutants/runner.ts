/**
 * Vitest's runner, with every mutant that a test reaches tried on that test in turn. The first try is without a mutant:
 * it says which mutants the test reaches. After kills the last try is without one again: it shows that they left nothing
 * broken behind.
 */
import { appendFileSync } from 'node:fs'
import fc from 'fast-check'
import { TestRunner, type RunnerTestCase, type RunnerTestFile } from 'vitest'
import { assignment, linesSince, type Line } from './assignment.ts'
import { switchName } from './instrument.ts'
import { allowance, drawing } from './settings.ts'

// A test may put a clock of its own in the place of this one.
const realTimeout = setTimeout
const { log, mutants, alone } = assignment()
const wanted = new Set(mutants)
const dead = new Set<number>()
let logRead = 0
let active = alone ?? 0
let reached = new Set<number>()
let calls = 0
let mostCalls = alone === undefined ? Number.POSITIVE_INFINITY : allowance.callsAlone

Reflect.set(globalThis, switchName, (id: number): boolean => {
  reached.add(id)
  calls += 1
  if (calls > mostCalls) throw new Error('The mutant does not come to an end.')
  return id === active
})

/** What the tries of one test go through. The test failed with the suspects. */
interface Tries {
  readonly ms: number
  readonly calls: number
  readonly waiting: number[]
  readonly suspects: number[]
}

class MutantRunner extends TestRunner {
  private readonly tries = new WeakMap<RunnerTestCase, Tries>()
  private readonly noted = new Set<number>()
  private dirty = false
  private started = { at: 0, cpu: process.cpuUsage() }
  private overdue = false

  onBeforeRunFiles(): void {
    fc.configureGlobal({ ...fc.readConfigureGlobal(), ...drawing })
  }

  override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(test)
    if (alone !== undefined) {
      note({ file: test.file.name, begun: alone, pid: process.pid })
      return
    }
    noteOutside(test.file)
    if (test.mode === 'run' || test.mode === 'queued') test.repeats = Number.MAX_SAFE_INTEGER
  }

  override onBeforeTryTask(test: RunnerTestCase, options: { retry: number; repeats: number }): void {
    super.onBeforeTryTask(test, options)
    if (alone !== undefined) return
    const tries = this.tries.get(test)
    active = tries?.waiting[0] ?? 0
    note({ file: test.file.name, begun: active, pid: process.pid })
    reached = new Set()
    calls = 0
    mostCalls = tries ? allowance.calls(tries.calls) : Number.POSITIVE_INFINITY
    this.overdue = false
    this.started = { at: performance.now(), cpu: process.cpuUsage() }
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test)()
    const tries = this.tries.get(test)
    if (!tries) {
      await run
      return
    }
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = realTimeout(() => {
        this.overdue = true
        reject(new Error('The mutant takes too long.'))
      }, allowance.ms(tries.ms))
    })
    try {
      await Promise.race([run, late])
    } finally {
      clearTimeout(timer)
    }
  }

  override async onAfterRetryTask(test: RunnerTestCase, options: { retry: number; repeats: number }): Promise<void> {
    await super.onAfterRetryTask(test, options)
    const { result } = test
    if (alone !== undefined || !result) return
    const failed = ((result.state === 'fail') !== (test.fails === true) && !drewNothing(result.errors)) || this.overdue
    const before = this.tries.get(test)
    if (before) this.judge(test, before, failed)
    const tries = before ?? this.begin(test, failed, result.errors?.[0]?.message)
    delete result.errors
    result.attempts?.splice(0)
    result.state = test.fails ? 'fail' : 'pass'
    readDead()
    while (tries.waiting[0] !== undefined && dead.has(tries.waiting[0])) tries.waiting.shift()
    if (!this.dirty && tries.waiting.length + tries.suspects.length > 0) return
    // Vitest tries no further what was skipped in the middle.
    result.state = 'skip'
    active = 0
    reached = new Set()
    mostCalls = Number.POSITIVE_INFINITY
  }

  private begin(test: RunnerTestCase, failed: boolean, why = ''): Tries {
    const file = test.file.name
    const found = [...reached].filter((id) => wanted.has(id))
    const fresh = found.filter((id) => !this.noted.has(id))
    for (const id of fresh) this.noted.add(id)
    if (fresh.length > 0) note({ file, reached: fresh })
    const { user, system } = process.cpuUsage(this.started.cpu)
    const slow = (user + system) / 1_000 > allowance.slowMs
    if (slow) note({ file, slow: test.name })
    else if (failed) note({ file, broken: test.name, why })
    const waiting = failed || slow ? [] : found
    const tries: Tries = { ms: performance.now() - this.started.at, calls, waiting, suspects: [] }
    this.tries.set(test, tries)
    return tries
  }

  private judge(test: RunnerTestCase, tries: Tries, failed: boolean): void {
    const file = test.file.name
    const tried = tries.waiting.shift()
    if (tried !== undefined) {
      if (failed) tries.suspects.push(tried)
      return
    }
    for (const id of tries.suspects.splice(0)) {
      if (failed) note({ file, unclear: id })
      else note({ file, killed: id, by: test.name })
      dead.add(id)
    }
    if (!failed) return
    this.dirty = true
    // What is left of the file runs again in a fresh process.
    this.cancel('test-failure')
  }

  override onAfterRunFiles(files: RunnerTestFile[]): void {
    super.onAfterRunFiles(files)
    for (const file of files) {
      noteOutside(file)
      note({ file: file.name, ended: this.dirty ? 'dirty' : 'clean' })
    }
  }
}

/** True where a property had no time for its first example: that says nothing about the mutant. */
function drewNothing(errors: readonly { readonly message: string }[] = []): boolean {
  return errors.length > 0 && errors.every(({ message }) => message.startsWith('Property interrupted after 0 tests'))
}

/** What imports and the hooks around several tests reach: there a mutant has to be active from the start. */
function noteOutside(file: RunnerTestFile): void {
  const outside = [...reached].filter((id) => wanted.has(id))
  if (outside.length > 0) note({ file: file.name, outside })
  reached = new Set()
}

/** The kills of the other worker: one is enough. */
function readDead(): void {
  const { lines, next } = linesSince(log, logRead)
  for (const line of lines) if ('killed' in line) dead.add(line.killed)
  logRead = next
}

function note(line: Line): void {
  appendFileSync(log, `${JSON.stringify(line)}\n`)
}

export { MutantRunner as default }
