/** The choke point between a window and the application: only the contract passes, and every error leaves as data. */
import type { z } from 'zod'
import { contract, type Api, type MethodName } from '../../../domain/contract/api.ts'
import type { Reply } from '../../../domain/contract/wire.ts'
import { toFailure, type Failure, type FailureError } from '../../../domain/base/failure.ts'
import {
  badInput,
  badOutput,
  misfit,
  requestNotJson,
  requestTooLarge,
  unknownKey,
  unknownMethod,
} from './text/computer-failures.ts'

export interface DispatchOptions {
  readonly api: Api
  /** Redacts secrets in a failure. */
  readonly redact: <T>(value: T) => T
  /** Called for every bug, with what was thrown; never with the input. */
  readonly onBug?: (method: string, thrown: unknown) => void
}

/** Answers a call, given the method's name and its input as JSON text. Never rejects. */
export type Dispatch = (method: string, body: string) => Promise<Reply>

/** UTF-16 units. A plan of 5,000 hosts has some 3 million. */
export const maxBody = 32 * 2 ** 20

/** A dispatch over an implementation of the contract. */
export function createDispatch({ api, redact, onBug }: DispatchOptions): Dispatch {
  return async (name, body) => {
    if (!isMethod(name)) return refused(unknownMethod())
    if (body.length > maxBody) return refused(requestTooLarge(body.length, maxBody))
    let json: unknown
    try {
      json = body === '' ? {} : JSON.parse(body)
    } catch {
      // The message of JSON.parse quotes the text, which may contain a secret.
      return refused(requestNotJson())
    }
    try {
      const input = contract[name].in.safeParse(json)
      if (!input.success) return refused(badInput(redact(misfitsOf(input.error))))
      const value = await api[name](input.data as never)
      const wrong = contract[name].out.safeParse(value).error
      if (wrong) return refused(badOutput(name, redact(misfitsOf(wrong))))
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

// Kind and code are our own words: a secret that is the same word must not hide them.
function cleaned(failure: Failure, redact: DispatchOptions['redact']): Failure {
  return { ...redact(failure), kind: failure.kind, code: failure.code, retry: failure.retry }
}

function refused({ failure }: FailureError): Reply {
  return { ok: false, failure }
}

// Where and what was expected, never the value. The first twenty are enough for a document of a thousand faults.
function misfitsOf(error: z.ZodError): string[] {
  return error.issues
    .slice(0, 20)
    .map(({ path, code, message }) =>
      misfit(path.map(String).join('.'), code === 'unrecognized_keys' ? unknownKey : message),
    )
}
