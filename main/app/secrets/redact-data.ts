/** Redaction of data of our own making: what people and hosts wrote is redacted, names and codes are left as they are. */
import type { Redactor } from '../../vault/redaction.ts'

// Names come from the plan and codes from us: a password "runner" or "never" must not make a step or a failure unknown.
const namesAndCodes: ReadonlySet<string> = new Set([
  'type',
  'step',
  'host',
  'gate',
  'stage',
  'mode',
  'phase',
  'observation',
  'choice',
  'outcome',
  'planId',
  'planHash',
  'graphHash',
  'ticket',
  'learned',
  'sha256',
  // Of failures, findings and diagnoses.
  'kind',
  'code',
  'retry',
  'check',
  'severity',
  'subject',
  'field',
  'source',
  'cause',
  'at',
  // Of facts, of how a host is reached, and of the planned paths between hosts.
  'productType',
  'bootId',
  'bootTime',
  'clock',
  'reach',
  'flow',
])

/**
 * The value with every secret in its texts redacted. Keys stay, and so does everything under the key of a name or code:
 * what is returned has the shape of what was given.
 */
export function redactData<T>(redactor: Redactor, value: T): T {
  return cleaned(redactor, value) as T
}

function cleaned(redactor: Redactor, value: unknown): unknown {
  if (typeof value === 'string') return redactor.redact(value)
  if (Array.isArray(value)) return value.map((item) => cleaned(redactor, item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, namesAndCodes.has(key) ? item : cleaned(redactor, item)]),
  )
}
