/** The exit codes of the command line: a contract with scripts, documented in docs/guide/exit-codes.md, never renumbered. */
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

// A refused command did nothing, so it is invalid input; a bug is a bug.
const byKind: Readonly<Record<Failure['kind'], ExitCode>> = {
  request: exitCodes.invalid,
  plan: exitCodes.invalid,
  workstation: exitCodes.invalid,
  host: exitCodes.invalid,
  link: exitCodes.invalid,
  credential: exitCodes.invalid,
  trust: exitCodes.invalid,
  installer: exitCodes.invalid,
  finding: exitCodes.invalid,
  'by-hand': exitCodes.invalid,
  uncertain: exitCodes.invalid,
  bug: exitCodes.bug,
}

/**
 * Failures that end with another exit code than their kind. Busy: another process or run is in the way, and the same
 * command can succeed later. Failed: the disk gave out under a command that was right.
 */
export const exceptions: ReadonlyMap<string, ExitCode> = new Map<string, ExitCode>([
  ['lease-held', exitCodes.busy],
  ['lease-lost', exitCodes.busy],
  ['no-engine', exitCodes.busy],
  ['practice-site-in-use', exitCodes.busy],
  ['run-unfinished', exitCodes.busy],
  ['store-busy', exitCodes.busy],
  ['vault-busy', exitCodes.busy],
  ['disk-error', exitCodes.failed],
  ['disk-full', exitCodes.failed],
])

/** The exit code of a command that ended with this failure. */
export function exitCodeOf({ code, kind }: Pick<Failure, 'code' | 'kind'>): ExitCode {
  return exceptions.get(code) ?? byKind[kind]
}
