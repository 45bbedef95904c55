/** Checks what goes to a verb, and reads the result or the host's Failure from its envelope. */
import { Envelope, verbs, type Verb, type VerbParams, type VerbResult } from '../../../domain/remote/verb.ts'
import { badQuestion, noEnvelope, scriptFailed, wrongShape } from './failures.ts'

/** The parameters as a script gets them. Throws FailureError `bug` if they do not have the verb's shape. */
export function checkedParams<V extends Verb>(verb: V, params: VerbParams<V>): unknown {
  const parsed = verbs[verb].params.safeParse(params)
  if (!parsed.success) throw badQuestion(verb, parsed.error.issues.map(describeIssue))
  return parsed.data
}

/**
 * The result in an envelope. Throws FailureError of kind `host`: the script's own code, or `bad-answer` with the start
 * of the answer.
 */
export function readEnvelope<V extends Verb>(verb: V, envelope: string): VerbResult<V> {
  const parsed = Envelope.safeParse(parseJson(envelope))
  if (!parsed.success) throw noEnvelope(verb, envelope)
  if (!parsed.data.ok) {
    const { code, message, detail } = parsed.data.error
    throw scriptFailed(verb, code, message, detail)
  }
  const result = verbs[verb].result.safeParse(parsed.data.data)
  if (!result.success) throw wrongShape(verb, result.error.issues.slice(0, 3).map(describeIssue), envelope)
  return result.data as VerbResult<V>
}

function describeIssue({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return `${path.join('.')}: ${message}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
