/** The report of test:host: what was asked of a host and what came of it, as lines to read and as one JSON file to send. */
import { writeFileSync } from 'node:fs'
import { FailureError, type Failure } from '../../domain/base/failure.ts'
import type { Facts } from '../../domain/remote/facts.ts'

export interface PartReport {
  readonly name: string
  readonly result: 'passed' | 'differs' | 'left-out'
  readonly milliseconds: number
  /** Why it was left out, or how it differed. */
  readonly detail?: string
  /** The failure that the part ended with, where it was one. */
  readonly failure?: Failure
}

/** Version 1. Holds no credential; names of the host, its services and its ports are among the facts. */
export interface HostReport {
  readonly format: 'exekra-rollout-host-report'
  readonly version: 1
  readonly at: string
  readonly reach: { readonly kind: string; readonly tls?: boolean; readonly auth?: string }
  readonly workstation: { readonly platform: string; readonly node: string }
  facts?: Facts
  /** Why nothing could be asked. */
  unopened?: Failure
  readonly chapters: { readonly name: string; readonly parts: PartReport[] }[]
  /** What could not be taken away again; empty when the host is as it was. */
  readonly left: string[]
}

/** How many parts of a report ended in each way. */
export function countsOf({ chapters }: Pick<HostReport, 'chapters'>): {
  passed: number
  differs: number
  leftOut: number
} {
  const results = chapters.flatMap(({ parts }) => parts.map(({ result }) => result))
  const count = (wanted: PartReport['result']) => results.filter((result) => result === wanted).length
  return { passed: count('passed'), differs: count('differs'), leftOut: count('left-out') }
}

/** Runs parts one after the other, prints a line for each, and adds them to the report as a chapter. */
export async function runChapter<P extends { readonly name: string }>(
  report: HostReport,
  name: string,
  parts: readonly P[],
  leftOut: (part: P) => string | undefined,
  run: (part: P) => Promise<void>,
): Promise<void> {
  const done: PartReport[] = []
  report.chapters.push({ name, parts: done })
  console.log(`\n${name}`)
  for (const part of parts) {
    const reason = leftOut(part)
    const seen =
      reason === undefined
        ? await tried(part.name, () => run(part))
        : ({ name: part.name, result: 'left-out', milliseconds: 0, detail: reason } as const)
    done.push(seen)
    if (seen.result === 'passed') console.log(`  pass  ${seen.name}, ${seen.milliseconds} ms`)
    else if (seen.result === 'left-out') console.log(`  -     ${seen.name} (left out: ${seen.detail})`)
    else {
      console.log(`  DIFFERS  ${seen.name}`)
      for (const line of (seen.detail ?? '').split('\n').slice(0, 20)) console.log(`           ${line}`)
    }
  }
}

async function tried(name: string, run: () => Promise<void>): Promise<PartReport> {
  const start = performance.now()
  const milliseconds = () => Math.round(performance.now() - start)
  try {
    await run()
    return { name, result: 'passed', milliseconds: milliseconds() }
  } catch (error) {
    if (!(error instanceof FailureError))
      return {
        name,
        result: 'differs',
        milliseconds: milliseconds(),
        detail: (error instanceof Error ? error.message : String(error)).slice(0, 20_000),
      }
    const { failure } = error
    return {
      name,
      result: 'differs',
      milliseconds: milliseconds(),
      detail: `${failure.code}: ${failure.message}\n${failure.evidence.join('\n')}`,
      failure,
    }
  }
}

/** Writes the report, with its counts, to the file. */
export function writeReport(file: string, report: HostReport): void {
  writeFileSync(file, `${JSON.stringify({ ...report, counts: countsOf(report) }, undefined, 2)}\n`)
}
