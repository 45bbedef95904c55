/** `npm run mutants`: changes the sources in small ways, one at a time, and names the changes that no test notices. */
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seedFrom, seedOfCI, seedVariable } from '../run/seed.ts'
import { equivalents } from './equivalent.ts'
import { instrument, type Mutant } from './instrument.ts'
import { measure, type Measured } from './measure.ts'
import { names, survivors, table, untrue, type Judged } from './report.ts'
import { openSession } from './session.ts'
import { folders, leftOutOfChange, testsOf } from './settings.ts'

const help = `npm run mutants [-- PATH... [--sample N] [--seed N] [--tests PREFIX]]

Changes the files below each PATH, by default of all folders (this takes hours), and runs the unit tests that import
them. --sample N takes N mutants by chance. --tests PREFIX tries only tests whose path begins so.
Prints the survivors and the share of killed mutants by folder; the report goes below tests/mutants/.reports/.
Exit code 1: the list of equivalent mutants is not true, or a test fails without a mutant.
`

const root = join(import.meta.dirname, '..', '..')
const reports = join(import.meta.dirname, '.reports')

interface Asked {
  readonly paths: readonly string[]
  readonly sample: number | undefined
  readonly seed: number
  readonly tests: readonly string[] | undefined
}

async function main(): Promise<number> {
  const asked = read(process.argv.slice(2))
  const missing = asked?.paths.filter((path) => !existsSync(join(root, path))) ?? []
  if (missing.length > 0) {
    process.stderr.write(missing.map((path) => `There is no file or folder ${path} in the project.\n`).join(''))
    return 2
  }
  const files = asked ? filesOf(asked.paths) : []
  if (!asked || files.length === 0) {
    process.stderr.write(help)
    return 2
  }
  // Tests of chance draw the same with every mutant: else chance would kill now this one, now that one.
  process.env[seedVariable] = String(asked.seed)
  const all: Mutant[] = []
  const judged: Judged[] = []
  const broken: string[] = []
  const slow: string[] = []
  for (const group of byArea(files)) {
    const sources = new Map<string, string>()
    const mutants: Mutant[] = []
    for (const file of group.files) {
      const made = instrument(file, readFileSync(join(root, file), 'utf8'), all.length + 1)
      sources.set(file, made.code)
      mutants.push(...made.mutants)
      all.push(...made.mutants)
    }
    const chosen = sampled(mutants, asked)
    await using session = await openSession(sources, (test) =>
      (asked.tests ?? group.tests).some((start) => test.startsWith(start)),
    )
    const measured = await measure(
      session,
      chosen.map(({ id }) => id),
      (text) => process.stderr.write(`${text}\n`),
    )
    slow.push(...measured.slow)
    broken.push(...measured.broken)
    judged.push(...chosen.map((mutant) => judgedOf(mutant, measured)))
  }
  return report(asked, judged, { broken, slow, of: all.length })
}

function judgedOf(mutant: Mutant, { verdicts }: Measured): Judged {
  const source = readFileSync(join(root, mutant.file), 'utf8').split('\n')[mutant.line - 1]?.trim() ?? ''
  return { ...mutant, source, verdict: verdicts.get(mutant.id) ?? 'unreached' }
}

interface Around {
  readonly broken: readonly string[]
  readonly slow: readonly string[]
  /** How many mutants there are, drawn or not. */
  readonly of: number
}

function report(asked: Asked, judged: readonly Judged[], { broken, slow, of }: Around): number {
  const counted = judged.filter((mutant) => !equivalents.some((entry) => names(entry, mutant)))
  const wrong = [
    ...untrue(equivalents, judged, asked.sample === undefined),
    ...broken.map((test) => `fails without a mutant: ${test}`),
  ]
  const sample = judged.length < of ? `A sample of ${judged.length} of ${of} mutants, seed ${asked.seed}.\n` : ''
  const notTried = slow.map((test) => `tried with no mutant, for it takes too long: ${test}\n`).join('')
  const left = `${judged.length - counted.length} equivalent mutants are left out. Texts are not changed.\n`
  const text = `${survivors(counted)}\n${table(counted)}${sample}${left}${notTried}${wrong.map((line) => `${line}\n`).join('')}`
  process.stdout.write(text)
  mkdirSync(reports, { recursive: true })
  const name = asked.paths.length === 0 ? 'all' : asked.paths.join('+').replaceAll('/', '-').slice(0, 200)
  writeFileSync(join(reports, `${name}.txt`), text)
  return wrong.length === 0 ? 0 : 1
}

/** The files to change, grouped by the tests that are tried on them. */
function byArea(files: readonly string[]): { files: string[]; tests: readonly string[] }[] {
  return testsOf
    .map(([folder, tests]) => ({ files: files.filter((file) => file.startsWith(folder)), tests }))
    .filter((group) => group.files.length > 0)
}

function filesOf(paths: readonly string[]): string[] {
  const leftOut = new Set(globSync([...leftOutOfChange], { cwd: root }))
  const found = (paths.length === 0 ? folders : paths).flatMap((path) =>
    statSync(join(root, path)).isDirectory()
      ? globSync(`${path.replace(/\/$/, '')}/**/*.ts`, { cwd: root }).sort()
      : [path],
  )
  return found.filter((file) => !leftOut.has(file))
}

/** So many mutants by chance, in their order. */
function sampled(mutants: readonly Mutant[], { sample, seed }: Asked): readonly Mutant[] {
  if (sample === undefined || sample >= mutants.length) return mutants
  const drawn = [...mutants].sort((one, other) => scattered(one.id, seed) - scattered(other.id, seed)).slice(0, sample)
  return drawn.sort((one, other) => one.id - other.id)
}

/** A number that looks drawn, and is the same for the same two. */
function scattered(id: number, seed: number): number {
  let mixed = Math.imul(id ^ seed, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

function read(args: string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { sample: { type: 'string' }, seed: { type: 'string' }, tests: { type: 'string', multiple: true } },
    })
    const seed = seedFrom({ [seedVariable]: values.seed }, () => seedOfCI)
    const sample = values.sample === undefined ? undefined : Number(values.sample)
    if (sample !== undefined && !(Number.isInteger(sample) && sample > 0)) return undefined
    return { paths: positionals, sample, seed, tests: values.tests }
  } catch {
    return undefined
  }
}

process.exitCode = await main()
