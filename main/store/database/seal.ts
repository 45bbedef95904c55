/** The seal of a row: a checksum of its values, because SQLite does not detect a changed byte in a value. */
import { crc32 } from 'node:zlib'
import { damageText } from '../text.ts'
import { corrupted } from './failures.ts'
import type { Database, SqlValue } from './database.ts'

/** The CRC-32 of a row's values in order. It finds accidents; against forgery the audit has a hash chain. */
export function sealOf(values: readonly SqlValue[]): number {
  return crc32(JSON.stringify(values))
}

/** Tables small enough to be looked through whenever a database is opened, with the columns that their seal covers. */
export const sealedTables = {
  runs: [
    'run_id',
    'plan_id',
    'revision',
    'plan_hash',
    'graph_hash',
    'base_dir',
    'created_by',
    'created_at',
    'status',
    'outcome',
    'started_at',
    'ended_at',
    'last_seq',
    'last_at',
  ],
  pins: ['address', 'port', 'fingerprint', 'pinned_at', 'pinned_by'],
  waivers: ['plan_id', 'revision', 'number', 'body'],
  approvals: ['plan_id', 'revision', 'number', 'body'],
  unsaved_edits: ['plan_id', 'based_on', 'kept_at', 'body'],
  surveys: ['plan_id', 'revision', 'plan_hash', 'begun_by', 'started_at', 'ended_at', 'status', 'failure'],
  surveyed_hosts: ['plan_id', 'revision', 'host', 'number', 'seen_at', 'body'],
  signatures: ['run_id', 'number', 'name', 'role', 'by', 'signed_at', 'sha256'],
} as const satisfies Record<string, readonly string[]>
export type SealedTable = keyof typeof sealedTables

/** A row of a sealed table as it is read: every column by name. */
export type SealedRow = Record<string, SqlValue> & { readonly seal: number }

/** Throws `corrupted` unless the row's values are those that were sealed. */
export function checkSealed(database: Database, table: SealedTable, row: SealedRow): void {
  const values = sealedTables[table].map((column) => row[column] ?? null)
  if (sealOf(values) !== row.seal) throw corrupted(database.file, [damageText.row(table, String(values[0]))])
}

/** Looks through those of the given tables that carry seals. */
export function checkAllSealed(database: Database, tables: readonly string[]): void {
  for (const table of Object.keys(sealedTables) as SealedTable[]) {
    if (!tables.includes(table)) continue
    for (const row of database.all<SealedRow>(`SELECT * FROM ${table}`)) checkSealed(database, table, row)
  }
}

/** Inserts a row into a sealed table; values in the order of `sealedTables`. */
export function insertSealed(database: Database, table: SealedTable, values: readonly SqlValue[]): void {
  const columns = sealedTables[table]
  database.run(
    `INSERT INTO ${table} (${columns.join(', ')}, seal) VALUES (${columns.map(() => '?').join(', ')}, ?)`,
    ...values,
    sealOf(values),
  )
}
