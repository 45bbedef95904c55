/** Owns what an envelope means: the verb's result, or the host's Failure. */
import { failed } from '../../../domain/base/failure.ts'
import { Envelope, verbs, type Verb, type VerbParams, type VerbResult } from '../../../domain/remote/verb.ts'

const evidenceLength = 2_000

/** The params as a script gets them. Throws `bug` when they do not have the verb's shape. */
export function checkedParams<V extends Verb>(verb: V, params: VerbParams<V>): unknown {
  const parsed = verbs[verb].params.safeParse(params)
  // The values stay out of it: they may hold secrets.
  if (!parsed.success)
    throw failed(
      'bug',
      'bad-question',
      `${verb} was asked with parameters of the wrong shape.`,
      'Report it.',
      'never',
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    )
  return parsed.data
}

/** The result in an envelope. Throws FailureError of kind `host`: the script's own code, or `bad-answer` with the start of what came. */
export function readEnvelope<V extends Verb>(verb: V, envelope: string): VerbResult<V> {
  const parsed = Envelope.safeParse(parseJson(envelope))
  if (!parsed.success) throw badAnswer(verb, 'an answer that is no envelope', envelope)
  if (!parsed.data.ok) {
    const { code, message, detail } = parsed.data.error
    throw failed(
      'host',
      code,
      message,
      hints[code] ?? 'Look at the host, put right what the message names, then retry.',
      'never',
      [`${verb}: ${detail}`.slice(0, evidenceLength)],
    )
  }
  const result = verbs[verb].result.safeParse(parsed.data.data)
  if (!result.success)
    throw badAnswer(
      verb,
      `an answer of the wrong shape (${result.error.issues
        .slice(0, 3)
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .join('; ')})`,
      envelope,
    )
  return result.data as VerbResult<V>
}

const hints: Readonly<Record<string, string>> = {
  'access-denied': 'Use an account that is an administrator of the host.',
  'disk-full': 'Free space on the drive the message names, then retry.',
  'not-supported': 'Choose a host that has it, or do this part by hand.',
  'batch-file': 'Name cmd.exe as the program, with /d /c and the batch file as arguments.',
}

function badAnswer(verb: Verb, what: string, envelope: string) {
  return failed(
    'host',
    'bad-answer',
    `The host answered ${verb} with ${what}.`,
    'Report it with the evidence.',
    'never',
    [envelope.slice(0, evidenceLength)],
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
