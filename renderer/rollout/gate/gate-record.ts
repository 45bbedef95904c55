/** Owns what a person writes down at a gate until it opens, item by item, and how it is read back. */
import type { Confirmation, EvidenceFile } from '../../../domain/run/confirmation.ts'
import { shortHash } from '../../shared/format.ts'

/** What was said of one item so far. */
export interface ItemRecord {
  /** When the person confirmed it, milliseconds since 1970; null while it is open. */
  readonly at: number | null
  readonly note: string
  readonly files: readonly EvidenceFile[]
}

export const unconfirmed: ItemRecord = { at: null, note: '', files: [] }

/** Changes the record of one item, as it stands at that moment: a file that is still on its way must not put back what was said meanwhile. */
export type ChangeRecord = (change: (record: ItemRecord) => ItemRecord) => void

export interface GateRecords {
  /** Changes one item and returns all as they are then. */
  change(at: number, change: (record: ItemRecord) => ItemRecord): readonly ItemRecord[]
}

/** The records of a gate's items from now on; `keep` is given all of them after each change. */
export function gateRecords(first: readonly ItemRecord[], keep: (records: readonly ItemRecord[]) => void): GateRecords {
  let records = first
  return {
    change(at, change) {
      records = records.map((record, i) => (i === at ? change(record) : record))
      keep(records)
      return records
    },
  }
}

/** The items that are confirmed, as they go into the log. */
export function confirmedItems(checklist: readonly string[], records: readonly ItemRecord[]): Confirmation[] {
  return checklist.flatMap((item, i) => {
    const { at, note, files } = records[i] ?? unconfirmed
    return at === null ? [] : [{ item, at, note: note.trim(), files: [...files] }]
  })
}

/** The record with a file; the same content once. */
export function withFile(record: ItemRecord, file: EvidenceFile): ItemRecord {
  return record.files.some(({ sha256 }) => sha256 === file.sha256)
    ? record
    : { ...record, files: [...record.files, file] }
}

/** A file in a few words. */
export function evidenceWord({ name, size, sha256 }: EvidenceFile): string {
  return `${name} ${size < 1024 ? `${size} B` : `${Math.round(size / 1024)} kB`} ${shortHash(sha256)}`
}

/** What was kept of a gate between visits; everything open where it cannot be read or is of another checklist. */
export function readRecords(text: string | null, items: number): ItemRecord[] {
  const fresh = Array.from({ length: items }, () => unconfirmed)
  try {
    const read: unknown = JSON.parse(text ?? '')
    return Array.isArray(read) && read.length === items && read.every(isRecord) ? read : fresh
  } catch {
    return fresh
  }
}

function isRecord(value: unknown): value is ItemRecord {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('note' in value) || !('files' in value))
    return false
  return (
    (value.at === null || typeof value.at === 'number') &&
    typeof value.note === 'string' &&
    Array.isArray(value.files) &&
    value.files.every(isFile)
  )
}

function isFile(value: unknown): value is EvidenceFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'size' in value &&
    typeof value.size === 'number' &&
    'sha256' in value &&
    typeof value.sha256 === 'string'
  )
}
