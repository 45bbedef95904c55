/** The vocabulary of a test run: a part, its result, and what did not run and why. */
import type { Hold } from './command.ts'

/** A test that did not run here, and the reason. */
export interface NotRun {
  readonly what: string
  readonly why: string
  /** True when it could have run, had this machine what it needs; false when there is nothing to run: a behaviour that this adapter does not have. */
  readonly lacking: boolean
}

export interface Failed {
  readonly what: string
  /** What went wrong; empty when it has been printed already. */
  readonly why: string
}

/** What a part of the tests came to. */
export interface Tally {
  readonly passed: number
  readonly failed: readonly Failed[]
  readonly notRun: readonly NotRun[]
}

export interface Part {
  readonly name: string
  /** One line for a person: what this part looks at. */
  readonly about: string
  /** True for a cheap part that shares nothing with others: it runs beside its neighbours of the same kind. */
  readonly beside?: true
  /** Its programs write to `hold` where one is given. */
  readonly run: (hold?: Hold) => Promise<Tally>
}

/** A part with its tally and the seconds it took. */
export interface Ended extends Tally {
  readonly name: string
  readonly seconds: number
}

export const nothing: Tally = { passed: 0, failed: [], notRun: [] }

/** Adds tallies up. */
export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((count, tally) => count + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
    notRun: tallies.flatMap((tally) => tally.notRun),
  }
}
