/** Owns what a person writes down at a gate, item by item, and how it becomes the reason that enters the log. */
import { clock, shortHash } from './words.ts'

export interface Evidence {
  readonly name: string
  readonly sha256: string
}

export interface Confirmation {
  /** When the person confirmed it, milliseconds since 1970; null while it is open. */
  readonly at: number | null
  readonly note: string
  readonly evidence: readonly Evidence[]
}

export const unconfirmed: Confirmation = { at: null, note: '', evidence: [] }

/** The most characters that the log takes for a reason. */
export const mostCharacters = 2000

/** The text that enters the log: the note, then each item with when, note and evidence. */
export function gateReason(note: string, items: readonly string[], confirmations: readonly Confirmation[]): string {
  const lines = items.map((item, i) => {
    const { at, note: own, evidence } = confirmations[i] ?? unconfirmed
    const files = evidence.map(({ name, sha256 }) => `${name} SHA-256 ${sha256}`).join(', ')
    return `Confirmed${at === null ? '' : ` ${clock(at)}`}: ${[item, own.trim() === '' ? '' : `Note: ${own.trim()}`, files === '' ? '' : `Evidence: ${files}`].filter(Boolean).join(' ')}`
  })
  return [note.trim(), ...lines].filter(Boolean).join('\n')
}

/** A file in a few words. */
export function evidenceWord({ name, sha256 }: Evidence): string {
  return `${name} ${shortHash(sha256)}`
}

/** What was kept of a gate between visits; everything open where it cannot be read or is of another checklist. */
export function readConfirmations(text: string | null, items: number): Confirmation[] {
  const fresh = Array.from({ length: items }, () => unconfirmed)
  try {
    const read: unknown = JSON.parse(text ?? '')
    return Array.isArray(read) && read.length === items && read.every(isConfirmation) ? read : fresh
  } catch {
    return fresh
  }
}

function isConfirmation(value: unknown): value is Confirmation {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('note' in value) || !('evidence' in value)) return false
  return (value.at === null || typeof value.at === 'number') && typeof value.note === 'string' && Array.isArray(value.evidence)
    && value.evidence.every((one: unknown) => typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string' && 'sha256' in one && typeof one.sha256 === 'string')
}
