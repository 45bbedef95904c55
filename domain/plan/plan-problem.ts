/** Owns how a refusal of the plan's schema is told to the operator: where, and what would be right. */
import type { z } from 'zod'

/** One thing wrong with a plan document: where (a path such as hosts[2].address) and what would be right. */
export interface PlanProblem {
  readonly path: string
  readonly message: string
}

/** Turns schema issues into problems; `json` is the document they are about. */
export function toProblems(issues: readonly z.core.$ZodIssue[], json: unknown): PlanProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], json))
}

function problemsOf(issue: z.core.$ZodIssue, before: readonly PropertyKey[], json: unknown): PlanProblem[] {
  const path = [...before, ...issue.path]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: pathText([...path, key]),
        message: 'is not a key of a plan; remove it or correct its spelling',
      }))
    case 'invalid_union': {
      const options: unknown = 'options' in issue ? issue.options : undefined
      if (Array.isArray(options))
        return [{ path: pathText(path), message: `must be one of ${options.join(', ')}${foundText(json, path)}` }]
      // A union that says itself what is right says it better than any of its branches.
      if (issue.message !== 'Invalid input') return [{ path: pathText(path), message: issue.message }]
      const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? []
      return deepest.length > 0
        ? deepest.flatMap((inner) => problemsOf(inner, path, json))
        : [{ path: pathText(path), message: issue.message }]
    }
    case 'invalid_key':
      return [{ path: pathText(path), message: `the key ${issue.issues[0]?.message ?? 'is not allowed here'}` }]
    case 'invalid_value':
      return [
        {
          path: pathText(path),
          message: `must be ${issue.values.length > 1 ? `one of ${issue.values.join(', ')}` : JSON.stringify(issue.values[0])}${foundText(json, path)}`,
        },
      ]
    case 'invalid_type': {
      // A message of the schema's own is kept; zod's begins with these words.
      if (!issue.message.startsWith('Invalid input')) return [{ path: pathText(path), message: issue.message }]
      const wanted = typeWords[issue.expected] ?? issue.expected
      const found = valueAt(json, path)
      return [
        {
          path: pathText(path),
          message: found === undefined ? `is missing; it must be ${wanted}` : `must be ${wanted}, not ${kindOf(found)}`,
        },
      ]
    }
    case 'too_small':
      return [
        {
          path: pathText(path),
          message: issue.message.startsWith('Too small')
            ? `must ${atLeast(issue.origin, Number(issue.minimum))}`
            : issue.message,
        },
      ]
    case 'too_big':
      return [
        {
          path: pathText(path),
          message: issue.message.startsWith('Too big')
            ? `must ${atMost(issue.origin, Number(issue.maximum))}`
            : issue.message,
        },
      ]
    default:
      return [{ path: pathText(path), message: issue.message }]
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object {...}',
  array: 'a list [...]',
  record: 'an object {...}',
}

function atLeast(origin: string, minimum: number): string {
  if (origin === 'string') return minimum === 1 ? 'not be empty' : `have at least ${minimum} characters`
  if (origin === 'array') return `have at least ${minimum} ${minimum === 1 ? 'entry' : 'entries'}`
  return `be at least ${minimum}`
}

function atMost(origin: string, maximum: number): string {
  if (origin === 'string') return `have at most ${maximum} characters`
  if (origin === 'array') return `have at most ${maximum} entries`
  return `be at most ${maximum}`
}

// Only short words are repeated: they are misspelt choices. Anything else might be a secret in the wrong place.
function foundText(json: unknown, path: readonly PropertyKey[]): string {
  const found = valueAt(json, path)
  if (found === undefined) return '; it is missing'
  const short = typeof found === 'number' || (typeof found === 'string' && /^[\w .-]{0,30}$/.test(found))
  return short ? `, not ${JSON.stringify(found)}` : `, not ${kindOf(found)}`
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    json,
  )
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a fraction'
  return (
    { string: 'text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value as string] ??
    typeof value
  )
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((most, issue) => Math.max(most, issue.path.length), 0)
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text.startsWith('.') ? text.slice(1) : text === '' ? '(the document)' : text
}
