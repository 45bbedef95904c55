/** Turns the issues of the plan's schema into problems: where, and what would be right. */
import type { z } from 'zod'
import { problemText as text } from './text.ts'

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
        message: text.unknownKey,
      }))
    case 'invalid_union': {
      const options: unknown = 'options' in issue ? issue.options : undefined
      if (Array.isArray(options)) return [{ path: pathText(path), message: text.oneOf(options, foundText(json, path)) }]
      // A message of the union itself is better than one of a branch.
      if (issue.message !== 'Invalid input') return [{ path: pathText(path), message: issue.message }]
      const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? []
      return deepest.length > 0
        ? deepest.flatMap((inner) => problemsOf(inner, path, json))
        : [{ path: pathText(path), message: issue.message }]
    }
    case 'invalid_key':
      return [{ path: pathText(path), message: text.key(issue.issues[0]?.message ?? text.keyRefused) }]
    case 'invalid_value':
      return [
        {
          path: pathText(path),
          message:
            issue.values.length > 1
              ? text.oneOf(issue.values, foundText(json, path))
              : text.exactly(JSON.stringify(issue.values[0]), foundText(json, path)),
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
          message: found === undefined ? text.missing(wanted) : text.wrongType(wanted, kindOf(found)),
        },
      ]
    }
    case 'too_small':
      return [
        {
          path: pathText(path),
          message: issue.message.startsWith('Too small') ? atLeast(issue.origin, Number(issue.minimum)) : issue.message,
        },
      ]
    case 'too_big':
      return [
        {
          path: pathText(path),
          message: issue.message.startsWith('Too big') ? atMost(issue.origin, Number(issue.maximum)) : issue.message,
        },
      ]
    default:
      return [{ path: pathText(path), message: issue.message }]
  }
}

const typeWords: Readonly<Record<string, string>> = text.types

function atLeast(origin: string, minimum: number): string {
  if (origin === 'string') return minimum === 1 ? text.notEmpty : text.fewCharacters(minimum)
  if (origin === 'array') return text.fewEntries(minimum)
  return text.small(minimum)
}

function atMost(origin: string, maximum: number): string {
  if (origin === 'string') return text.manyCharacters(maximum)
  if (origin === 'array') return text.manyEntries(maximum)
  return text.large(maximum)
}

// Only short words are quoted: they are misspelt choices. Other text might be a secret in the wrong field.
function foundText(json: unknown, path: readonly PropertyKey[]): string {
  const found = valueAt(json, path)
  if (found === undefined) return text.foundNothing
  const short = typeof found === 'number' || (typeof found === 'string' && /^[\w .-]{0,30}$/.test(found))
  return text.found(short ? JSON.stringify(found) : kindOf(found))
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
  if (value === null) return text.kinds.null
  if (Array.isArray(value)) return text.kinds.list
  if (typeof value === 'number' && !Number.isInteger(value)) return text.kinds.fraction
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' || type === 'object' ? text.kinds[type] : type
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((most, issue) => Math.max(most, issue.path.length), 0)
}

function pathText(path: readonly PropertyKey[]): string {
  const joined = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return joined.startsWith('.') ? joined.slice(1) : joined === '' ? text.document : joined
}
