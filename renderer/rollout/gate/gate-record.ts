/** What a person records at a gate before it opens, item by item, and how the browser keeps it. */
import type { Confirmation, EvidenceFile } from '../../../domain/run/confirmation.ts'
import { shortHash } from '../../shared/format.ts'
import { itemText } from './text.ts'

/** The record of one item so far. */
export interface ItemRecord {
  /** When the person confirmed it, milliseconds since 1970; null while it is open. */
  readonly at: number | null
  readonly note: string
  readonly files: readonly EvidenceFile[]
}

export const unconfirmed: ItemRecord = { at: null, note: '', files: [] }

/** Changes the record of one item from its state at that moment: a slow upload must not undo later edits. */
export type ChangeRecord = (change: (record: ItemRecord) => ItemRecord) => void

export interface GateRecords {
  /** Changes one item and returns all records after the change. */
  change(at: number, change: (record: ItemRecord) => ItemRecord): readonly ItemRecord[]
}

/** Keeps the records of a gate's items, starting from `first`; calls `keep` with all of them after each change. */
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

/** Returns the confirmed items in the form the log records. */
export function confirmedItems(checklist: readonly string[], records: readonly ItemRecord[]): Confirmation[] {
  return checklist.flatMap((item, i) => {
    const { at, note, files } = records[i] ?? unconfirmed
    return at === null ? [] : [{ item, at, note: note.trim(), files: [...files] }]
  })
}

/** Returns the record with the file added; the same content only once. */
export function withFile(record: ItemRecord, file: EvidenceFile): ItemRecord {
  return record.files.some(({ sha256 }) => sha256 === file.sha256)
    ? record
    : { ...record, files: [...record.files, file] }
}

/** Returns a file's name, size and short hash as one label. */
export function evidenceLabel({ name, size, sha256 }: EvidenceFile): string {
  const bytes = size < 1024 ? itemText.bytes(size) : itemText.kilobytes(Math.round(size / 1024))
  return itemText.file(name, bytes, shortHash(sha256))
}

/** Reads the stored records of a gate. All items are open where the text is unreadable or of another checklist. */
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
