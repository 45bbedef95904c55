/** Canonical JSON and its hash: the same content gives the same bytes, in any order of keys. */
import { createHash } from 'node:crypto'

/**
 * JSON text with the keys of every object sorted by UTF-16 code unit (the order of RFC 8785) and no white space.
 * Keys whose value is undefined are left out. Throws TypeError for what JSON cannot hold (NaN, functions, dates ...).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no place in JSON`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value))
    return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
  }
  throw new TypeError(`a ${typeof value} has no place in JSON`)
}

/** The SHA-256 of a text (as UTF-8), 64 lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The SHA-256 of a value's canonical JSON: how plans and graphs are told apart. */
export function canonicalHash(value: unknown): string {
  return sha256(canonicalJson(value))
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
