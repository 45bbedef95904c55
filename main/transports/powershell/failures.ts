/** Failures of a host's PowerShell and of its answers. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { plural } from '../../../domain/base/plural.ts'

const retryChecksFirst = 'Retry. Rollout checks first what the last request did.'
const evidenceLength = 2_000

/** Our parameters do not have the verb's shape. The values stay out of it: they may contain secrets. */
export function badQuestion(verb: string, issues: string[]): FailureError {
  return failed(
    'bug',
    'bad-question',
    `Rollout called ${verb} with parameters of the wrong shape.`,
    'Report it.',
    'never',
    issues,
  )
}

/** The host's answer is no envelope. */
export function noEnvelope(verb: string, answer: string): FailureError {
  return badAnswer(verb, 'The answer is no envelope', answer)
}

/** The host's answer has a wrong shape; `issues` say where. */
export function wrongShape(verb: string, issues: readonly string[], answer: string): FailureError {
  return badAnswer(verb, `The answer has the wrong shape (${issues.join('; ')})`, answer)
}

function badAnswer(verb: string, problem: string, answer: string): FailureError {
  return failed(
    'host',
    'bad-answer',
    `The host answered ${verb} wrongly. ${problem}.`,
    'Report it with the evidence.',
    'never',
    [answer.slice(0, evidenceLength)],
  )
}

/** A script on the host reported an error; code and message are the script's own. */
export function scriptFailed(verb: string, code: string, message: string, detail: string): FailureError {
  const hint = hints[code] ?? 'Correct on the host what the message names, then retry.'
  return failed('host', code, message, hint, 'never', [`${verb}: ${detail}`.slice(0, evidenceLength)])
}

const hints: Readonly<Record<string, string>> = {
  'access-denied': 'Use an account that is an administrator of the host.',
  'disk-full': 'Free space on the drive the message names, then retry.',
  'not-supported': 'Choose a host that supports it, or do this part by hand.',
  'batch-file': 'Name cmd.exe as the program, with /d /c and the batch file as arguments.',
}

/** A request was cancelled while it ran: it may have had an effect. */
export function cancelled(): FailureError {
  return failed(
    'uncertain',
    'cancelled',
    'Rollout cancelled the request while it ran on the host.',
    'Check the state of the host before you run the step again.',
  )
}

/** A request was cancelled before it was sent. */
export function cancelledBeforeSending(): FailureError {
  return failed(
    'uncertain',
    'cancelled',
    'Rollout cancelled the request before sending it.',
    'Nothing was done on the host.',
  )
}

/** The session was closed while a request needed it. */
export function sessionClosed(): FailureError {
  return failed('link', 'session-closed', 'Rollout closed the session.', 'Retry: Rollout opens a new session.')
}

/** The streams to the host's PowerShell broke. */
export function linkBroken(error: Error): FailureError {
  return failed(
    'link',
    'link-lost',
    `The connection to the host's PowerShell was lost: ${error.message}.`,
    retryChecksFirst,
    'backoff',
  )
}

/** The host's PowerShell ended, and why. */
export function powershellEnded(reason: string, evidence: string[]): FailureError {
  return failed(
    'link',
    'powershell-ended',
    `The host's PowerShell ended: ${reason}`,
    retryChecksFirst,
    'backoff',
    evidence,
  )
}

/** The host's PowerShell was ended, because a call in it hung. */
export function callStuck(): FailureError {
  return failed(
    'link',
    'powershell-ended',
    'A call on the host did not return, so Rollout ended its PowerShell.',
    'Retry.',
    'backoff',
  )
}

/** The host's PowerShell did not start in time. */
export function noHello(ms: number, evidence: string[]): FailureError {
  return failed(
    'host',
    'powershell-silent',
    `The host's PowerShell did not start within ${ms} ms.`,
    'Check the evidence: a profile or a policy may delay it.',
    'backoff',
    evidence,
  )
}

/** The host's PowerShell started and did not become ready in time. */
export function notReady(ms: number, evidence: string[]): FailureError {
  return failed(
    'host',
    'powershell-silent',
    `The host's PowerShell was not ready within ${ms} ms.`,
    'Check the evidence: a policy may prevent it from running scripts.',
    'backoff',
    evidence,
  )
}

/** The host did not answer a request in time. */
export function noAnswer(ms: number, evidence: string[]): FailureError {
  return failed('link', 'no-answer', `The host did not answer within ${ms} ms.`, retryChecksFirst, 'backoff', evidence)
}

/** A script did not finish within its time limit. */
export function scriptTimeout(ms: number): FailureError {
  return failed(
    'host',
    'script-timeout',
    `The host did not finish within ${ms} ms.`,
    'Find out what delays the host, then retry.',
    'backoff',
  )
}

/** An answer is longer than we accept. */
export function answerTooLong(bytes: number): FailureError {
  return failed(
    'host',
    'answer-too-long',
    `The host's answer is longer than ${plural(bytes, 'byte')}.`,
    'Request less at a time.',
  )
}

/** The host's PowerShell ended a request in an unknown way. */
export function unknownEnding(ending: string | undefined): FailureError {
  return failed('bug', 'bad-frame', `The host's PowerShell ended a request in an unknown way: ${ending}.`, 'Report it.')
}

/** The bootstrap refused to run; `reason` is its word. */
export function bootstrapRefused(reason: string): FailureError {
  return reason === 'version'
    ? failed(
        'host',
        'powershell-too-old',
        'The PowerShell of this host is older than 5.1.',
        'Install Windows Management Framework 5.1 on the host.',
      )
    : failed(
        'host',
        'powershell-restricted',
        'A policy of this host restricts the PowerShell language, so Rollout cannot work there.',
        'Let the account run in full language mode (AppLocker or application control policy).',
        'never',
        [reason],
      )
}

/** Follows output that was cut off at the limit. */
export const outputDropped = '\n[output after this was dropped]\n'
