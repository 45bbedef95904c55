/** The meaning of an installer's exit code: the plan lists what counts as success, Windows Installer names the rest. */
import type { Failure } from '../../../domain/base/failure.ts'
import { exitText } from './text.ts'

export interface ExitCodes {
  readonly success: readonly number[]
  readonly reboot: readonly number[]
  readonly rebooting: readonly number[]
  readonly retry: readonly number[]
}

export type ExitMeaning =
  | { readonly verdict: 'done' | 'reboot' | 'rebooting'; readonly text: string }
  | { readonly verdict: 'failed'; readonly text: string; readonly hint: string; readonly retry: Failure['retry'] }

/** The meaning of an exit code, by the plan's lists first. */
export function meaningOf(exitCode: number, codes: ExitCodes): ExitMeaning {
  if (codes.success.includes(exitCode)) return { verdict: 'done', text: exitText.done }
  if (codes.reboot.includes(exitCode)) return { verdict: 'reboot', text: exitText.reboot }
  if (codes.rebooting.includes(exitCode)) return { verdict: 'rebooting', text: exitText.rebooting }
  const [text, hint] = exitText.known[exitCode] ?? exitText.unknown
  const retry = codes.retry.includes(exitCode) ? 'backoff' : exitCode === 3017 ? 'after-reboot' : 'never'
  return { verdict: 'failed', text, hint, retry }
}
