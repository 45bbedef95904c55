/** Failure: why something ended badly, as data that crosses every boundary unchanged. */
import { z } from 'zod'
import { unexpectedText } from './text.ts'

export const retryVerdicts = ['never', 'backoff', 'after-reboot'] as const

/**
 * Whose turn it is to act. Failures in logs of earlier versions keep the kind they were written with: before `request`
 * and `workstation` existed, `plan` and `host` were used for both.
 * - `request`: what was asked cannot be done: the run is over, the survey is unknown, the path is not absolute.
 * - `plan`: the plan cannot work as it is written.
 * - `workstation`: the computer of Rollout refused: the database is in use, the disk is full, a file is unreadable.
 * - `host`: a host refused or could not do it.
 * - `link`: the connection to a host, or of a window to Rollout, was lost or could not be made.
 * - `credential`: a secret is missing, unusable or was refused. Stops the lane at once.
 * - `trust`: an identity, a hash or a signature is not the expected one. Stops the lane at once.
 * - `installer`: an installer ended badly.
 * - `finding`: a check of the plan or of a host blocks.
 * - `by-hand`: work for a person; nothing went wrong.
 * - `uncertain`: the state of the host is unknown.
 * - `bug`: a defect of Rollout.
 */
export const failureKinds = [
  'request',
  'plan',
  'workstation',
  'host',
  'link',
  'credential',
  'trust',
  'installer',
  'finding',
  'by-hand',
  'uncertain',
  'bug',
] as const

/** Why something ended badly. */
export const Failure = z.strictObject({
  kind: z.enum(failureKinds),
  code: z.string().describe('a short stable word, for example exit-1603'),
  message: z.string().describe('what happened, one sentence'),
  hint: z.string().describe('what to do, one sentence'),
  retry: z.enum(retryVerdicts),
  evidence: z.array(z.string()).default([]),
})
export type Failure = z.infer<typeof Failure>

/** Carries a Failure through code that throws. Everything else that is thrown is a bug. */
export class FailureError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'FailureError'
    this.failure = failure
  }
}

/** Makes a FailureError in one line. `evidence` defaults to nothing. */
export function failed(
  kind: Failure['kind'],
  code: string,
  message: string,
  hint: string,
  retry: Failure['retry'] = 'never',
  evidence: string[] = [],
): FailureError {
  return new FailureError({ kind, code, message, hint, retry, evidence })
}

/** The Failure of anything thrown: its own, or a bug with the stack as evidence. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  return {
    kind: 'bug',
    code: 'unexpected',
    message: unexpectedText.message(error.message),
    hint: unexpectedText.hint,
    retry: 'never',
    evidence: error.stack ? [error.stack] : [],
  }
}
