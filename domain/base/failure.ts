/** Owns Failure: why something ended badly, as data that crosses every boundary unchanged. */
import { z } from 'zod'

export const retryVerdicts = ['never', 'backoff', 'after-reboot'] as const

/**
 * kind: who has to act. `host` refused or could not; `link` was lost; `credential` or `trust` stops the lane at once;
 * `installer` ended badly; `finding` blocks; `by-hand` is work for a person, nothing went wrong; `plan` cannot work as written; `uncertain` means nobody knows what is on the host; `bug` is ours.
 */
export const Failure = z.strictObject({
  kind: z.enum(['host', 'link', 'credential', 'trust', 'installer', 'finding', 'by-hand', 'plan', 'uncertain', 'bug']),
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
    message: `Rollout met an error it does not know: ${error.message}`,
    hint: 'Report it with the evidence; retry once it is understood.',
    retry: 'never',
    evidence: error.stack ? [error.stack] : [],
  }
}
