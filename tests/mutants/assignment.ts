/** What the tool asks of vitest's workers, and what they answer: a file of lines that every worker appends to. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'

/** The environment variable that names the file of the assignment. */
export const assignmentVariable = 'ROLLOUT_MUTANTS'

/** Which mutants to try; `alone`: the one that is active from the first import to the end. */
export interface Assignment {
  readonly log: string
  readonly mutants: readonly number[]
  readonly alone?: number
}

/** What a worker says, with the test file that it is about. */
export type Line = { readonly file: string } & (
  | { readonly reached: readonly number[] }
  | { readonly outside: readonly number[] }
  | { readonly begun: number; readonly pid: number }
  | { readonly killed: number; readonly by: string }
  | { readonly unclear: number }
  | { readonly broken: string; readonly why: string }
  | { readonly slow: string }
  | { readonly ended: 'clean' | 'dirty' }
)

/** The assignment of this worker. */
export function assignment(): Assignment {
  const file = process.env[assignmentVariable]
  if (file === undefined) throw new Error(`${assignmentVariable} is not set: only npm run mutants uses this runner.`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** The whole lines that a log has from byte `from` on, and where the next ones begin. */
export function linesSince(log: string, from: number): { lines: Line[]; next: number } {
  const file = openSync(log, 'r')
  try {
    const bytes = Buffer.alloc(fstatSync(file).size - from)
    const read = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from))
    const end = read.lastIndexOf('\n') + 1
    const texts = read.toString('utf8', 0, end).split('\n').slice(0, -1)
    return { lines: texts.map((text) => JSON.parse(text)), next: from + end }
  } finally {
    closeSync(file)
  }
}
