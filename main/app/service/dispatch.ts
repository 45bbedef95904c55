/** Owns the one choke point between a window and the application: what is not in the contract stops here, and everything that goes wrong leaves as data. */
import type { z } from 'zod'
import { contract, type Api, type MethodName } from '../../../domain/contract/api.ts'
import type { Reply } from '../../../domain/contract/wire.ts'
import { failed, toFailure, type Failure } from '../../../domain/base/failure.ts'

export interface DispatchOptions {
  readonly api: Api
  /** Takes secrets out of what is told about a failure. */
  readonly redact: <T>(value: T) => T
  /** Told of every bug, as it was thrown; never of what was asked. */
  readonly onBug?: (method: string, thrown: unknown) => void
}

/** Answers a call: the method's name, and its input as JSON text. Never rejects. */
export type Dispatch = (method: string, body: string) => Promise<Reply>

/** UTF-16 units. A plan of 5,000 hosts has some 3 million. */
export const maxBody = 32 * 2 ** 20

/** Puts the choke point before an implementation of the contract. */
export function createDispatch({ api, redact, onBug }: DispatchOptions): Dispatch {
  return async (name, body) => {
    if (!isMethod(name))
      return refused(
        'bug',
        'unknown-method',
        'The application has no such method.',
        'Reload the window: it may be of another version.',
      )
    if (body.length > maxBody)
      return refused(
        'request',
        'too-large',
        `What was sent has ${Math.round(body.length / 1e6)} million characters; ${Math.round(maxBody / 1e6)} million are the most.`,
        'Send less at a time.',
      )
    let json: unknown
    try {
      json = body === '' ? {} : JSON.parse(body)
    } catch {
      // What JSON.parse says quotes the text, which may hold a secret.
      return refused(
        'request',
        'bad-input',
        `The input of ${name} is not JSON.`,
        'Reload the window: it may be of another version.',
      )
    }
    try {
      const input = contract[name].in.safeParse(json)
      if (!input.success)
        return refused(
          'request',
          'bad-input',
          `The input of ${name} is not what it takes.`,
          'Correct what is named below.',
          redact(told(input.error)),
        )
      const value = await api[name](input.data as never)
      const wrong = contract[name].out.safeParse(value).error
      if (wrong)
        return refused(
          'bug',
          'bad-output',
          `The output of ${name} is not what the contract says.`,
          'Report it with the evidence.',
          redact(told(wrong)),
        )
      return { ok: true, value }
    } catch (thrown) {
      const failure = toFailure(thrown)
      if (failure.kind === 'bug') onBug?.(name, thrown)
      return { ok: false, failure: cleaned(failure, redact) }
    }
  }
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(contract, name)
}

// The code is a word of ours: a secret that happens to be the same must not make it unknown.
function cleaned(failure: Failure, redact: DispatchOptions['redact']): Failure {
  return { ...redact(failure), kind: failure.kind, code: failure.code, retry: failure.retry }
}

function refused(kind: Failure['kind'], code: string, message: string, hint: string, evidence: string[] = []): Reply {
  return { ok: false, failure: failed(kind, code, message, hint, 'never', evidence).failure }
}

// Where and what was expected, never what was found; a document of a thousand faults is told by its first twenty.
function told(error: z.ZodError): string[] {
  return error.issues
    .slice(0, 20)
    .map(
      ({ path, code, message }) =>
        `${path.map(String).join('.') || '(input)'}: ${code === 'unrecognized_keys' ? 'holds a key that is not known here' : message}`,
    )
}
