/** The failures of the link between this window and the application. */
import { failed, type FailureError } from '../../domain/base/failure.ts'

/** The desktop program does not answer its window. */
export function programSilent(): FailureError {
  return failed(
    'link',
    'no-answer',
    'Rollout does not answer this window.',
    'Reload the window, or start Rollout again. Jobs on the hosts continue, and the log loses nothing.',
    'backoff',
  )
}

/** The server of this page does not answer. */
export function serverSilent(): FailureError {
  return failed(
    'link',
    'no-answer',
    'Rollout on this workstation does not answer.',
    'It may have been closed. Start it again. Jobs on the hosts continue, and the log loses nothing.',
    'backoff',
  )
}

/** The server answered a call with something that is no reply of the contract. */
export function unreadableReply(method: string, status: number): FailureError {
  return failed(
    'link',
    'unreadable-reply',
    'Rollout sent an answer that this window cannot read.',
    'Reload the page. If it happens again, see the terminal in which you started Rollout.',
    'never',
    [`${method}: HTTP status ${status}`],
  )
}

/** The server refused the session of this browser. */
export function unknownSession(): FailureError {
  return failed(
    'credential',
    'not-this-session',
    'Rollout does not know this window.',
    'Open the address that Rollout printed when it started. Each start prints a new address.',
  )
}
