/** Redaction: removes known secrets from text, data and streams. */
import { leastSecret } from './entry.ts'
import { formsOf } from './secret-forms.ts'
import { searchFor, type TextSearch } from './text-search.ts'

/** Removes secrets from a text that arrives in pieces. The pieces' sum is what redact() of the whole text gives. */
export interface RedactStream {
  /** Takes a piece and returns what is safe to show by now. A tail that may begin a secret is returned later. */
  push(text: string): string
  /** Returns the rest; the stream is then as new. */
  flush(): string
}

export interface Redactor {
  /** Makes a secret known, in all its forms. False, and nothing learnt, where it has fewer than 4 characters. */
  learn(secret: string): boolean
  /** Makes known what HTTP Basic authentication sends for that user: the pair, encoded together. */
  learnPair(user: string, password: string): void
  /** The text with every secret replaced by `(secret)`. */
  redact(text: string): string
  /** A copy of JSON-like data with every text in it redacted, keys too. Data without secrets is returned as it is. */
  redactDeep<T>(value: T): T
  redactStream(): RedactStream
}

// The first that no secret could be part of or run into. Somebody's password may well be "secret".
const marks = ['(secret)', '[hidden]', '<***>', '***'] as const

/** A redactor that knows nothing yet. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  const forms = new Set<string>()
  let search: TextSearch = searchFor([])
  let mark: string = marks[0]
  const learn = (secret: string): boolean => {
    if (secret.trim().length < leastSecret) return false
    if (secrets.has(secret)) return true
    secrets.add(secret)
    for (const form of formsOf(secret)) forms.add(form)
    search = searchFor([...forms])
    mark = marks.find((candidate) => ![...forms].some((form) => touches(form, candidate))) ?? '***'
    return true
  }
  const redact = (text: string): string => {
    let result = ''
    let from = 0
    for (const [start, end] of search.covered(text)) {
      result += text.slice(from, start) + mark
      from = end
    }
    return result + text.slice(from)
  }
  return {
    learn,
    learnPair: (user, password) => void learn(`${user}:${password}`),
    redact,
    redactDeep: <T>(value: T): T => deep(value, redact) as T,
    redactStream: () => stream(() => ({ search, mark })),
  }
}

function deep(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => deep(item, redact))
    return items.every((item, i) => Object.is(item, value[i])) ? value : items
  }
  if (typeof value !== 'object' || value === null) return value
  const entries: [string, unknown][] = Object.entries(value)
  const redacted = entries.map(([key, item]): [string, unknown] => [redact(key), deep(item, redact)])
  const same = entries.every((entry, i) => entry.every((part, n) => Object.is(part, redacted[i]?.[n])))
  return same ? value : Object.fromEntries(redacted)
}

function stream(known: () => { search: TextSearch; mark: string }): RedactStream {
  let held = ''
  // Where the last covered stretch ends, counted from the beginning of `held`; below zero when it ended before.
  let coveredTo = -1

  const release = (text: string, cut: number, search: TextSearch, mark: string): string => {
    let shown = ''
    let from = Math.max(0, Math.min(coveredTo, cut))
    for (const [start, end] of search.covered(text)) {
      if (start >= cut) break
      if (start > coveredTo) shown += text.slice(from, start) + mark
      coveredTo = Math.max(coveredTo, end)
      from = Math.min(coveredTo, cut)
    }
    shown += text.slice(from, cut)
    held = text.slice(cut)
    coveredTo = Math.max(-1, coveredTo - cut)
    return shown
  }
  return {
    push: (piece) => {
      const { search, mark } = known()
      const text = held + piece
      return release(text, wholeCharacters(text, search.openEnd(text)), search, mark)
    },
    flush: () => {
      const { search, mark } = known()
      const rest = release(held, held.length, search, mark)
      coveredTo = -1
      return rest
    },
  }
}

// A character beyond the basic plane is two units; shown apart, each would become a replacement character.
function wholeCharacters(text: string, cut: number): number {
  const last = text.charCodeAt(cut - 1)
  return last >= 0xd800 && last <= 0xdbff ? cut - 1 : cut
}

/** True where the mark, standing in text, could be seen as a part of the secret or the secret as a part of it. */
function touches(form: string, mark: string): boolean {
  if (form.includes(mark) || mark.includes(form)) return true
  for (let n = 1; n < Math.min(mark.length, form.length); n++) {
    if (form.endsWith(mark.slice(0, n)) || form.startsWith(mark.slice(-n))) return true
  }
  return false
}
