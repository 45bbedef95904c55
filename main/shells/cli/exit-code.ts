/** Owns the exit codes of the command line. They are a contract with scripts: documented in README.md, tested, never renumbered. */
import type { Failure } from '../../../domain/base/failure.ts'

export const exitCodes = {
  done: 0,
  failed: 1,
  blocked: 2,
  invalid: 3,
  waiting: 4,
  cancelled: 5,
  busy: 6,
  bug: 70,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Ends a command early with one sentence for the operator and an exit code. */
export class CommandEnd extends Error {
  readonly exitCode: ExitCode
  /** What `--json` prints in its place. */
  readonly data: Readonly<Record<string, unknown>>
  constructor(exitCode: ExitCode, message: string, data: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'CommandEnd'
    this.exitCode = exitCode
    this.data = data
  }
}

const busyCodes: ReadonlySet<string> = new Set([
  'lease-held',
  'lease-lost',
  'run-unfinished',
  'store-busy',
  'no-engine',
  'practice-site-in-use',
])

// The database was good when the run began: nothing is wrong with what was typed.
const failedCodes: ReadonlySet<string> = new Set(['disk-full', 'disk-error'])

/** The exit code of a command that ended with this failure. */
export function exitCodeOf({ code, kind }: Pick<Failure, 'code' | 'kind'>): ExitCode {
  if (busyCodes.has(code)) return exitCodes.busy
  if (failedCodes.has(code)) return exitCodes.failed
  return kind === 'bug' ? exitCodes.bug : exitCodes.invalid
}
