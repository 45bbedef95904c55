/** Failures of WS-Management: answers that cannot be used, and HTTP statuses without a fault. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { winrmStopped } from '../http/failures.ts'

/** The code of a session that Rollout closed. */
export const closedCode = 'session-closed'

/** Rollout closed the session while a request needed it. */
export function sessionClosed(): FailureError {
  return failed('link', closedCode, 'Rollout closed the session.', 'Retry: Rollout opens a new session.', 'backoff')
}

/** An answer cannot be used. */
export function wrongAnswer(why: string): FailureError {
  return failed(
    'host',
    'wrong-answer',
    `The host's answer does not belong to the request: ${why}.`,
    'Check that no proxy answers instead of the host, then retry.',
    'backoff',
  )
}

/** An answer is not the XML of WinRM. */
export function badXml(why: string): FailureError {
  return failed(
    'host',
    'bad-xml',
    `The host's answer is not the XML of WinRM: ${why}.`,
    'Check that WinRM uses this port and that no proxy answers instead of the host.',
    'backoff',
  )
}

/** A text cannot be sent. The text itself stays out of it: it may be a secret. */
export function notXml(codePoint: number): FailureError {
  const hex = codePoint.toString(16).toUpperCase().padStart(4, '0')
  return failed('bug', 'not-xml', `WinRM cannot send a text with the character U+${hex}.`, 'Report it.')
}

/** An answer with this HTTP status and without a fault. `host` is the name in sentences. */
export function badStatus(host: string, status: number): FailureError {
  switch (status) {
    case 401:
      return failed(
        'credential',
        'not-let-in',
        `${host} no longer accepts the credential.`,
        'Correct the user or the password in the vault. Rollout does not try it again by itself, so that the account is not locked.',
      )
    case 404:
      return failed(
        'host',
        'not-winrm',
        `${host} speaks HTTP, but has no WinRM (HTTP 404).`,
        'Check the port in the plan (5986 with TLS, 5985 without) and run winrm quickconfig on the host.',
      )
    case 413:
      return failed(
        'bug',
        'envelope-too-large',
        `Rollout sent ${host} a larger envelope than it accepts (HTTP 413).`,
        'Report it with the evidence. Until then, raise MaxEnvelopeSizekb on the host.',
      )
    case 503:
      return winrmStopped(host)
    default:
      return failed(
        'host',
        'http-status',
        `${host} answered a WinRM request with HTTP status ${status} and without a reason.`,
        'Check the event log Microsoft-Windows-WinRM on the host, then retry.',
        'backoff',
      )
  }
}
