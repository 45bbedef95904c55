/** Inspects a file before it is opened for writing: its application, its version, and whether it is sound. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { FailureError } from '../../../domain/base/failure.ts'
import { anotherApplication, corrupted, newerVersion, notADatabase, readOnly } from './failures.ts'
import { openDatabase, type Database } from './database.ts'
import { checkAllSealed } from './seal.ts'

/** SQLite's application_id of our databases: the letters "Exro". */
export const applicationId = 0x4578726f

// The bulk of larger files is output, which has a seal in each row; checking it all would delay each start by seconds.
const wholeCheckBytes = 256 * 2 ** 20

/** `new`: nothing is there yet. Otherwise the database's version. */
export type Inspection = { readonly kind: 'new' } | { readonly kind: 'ours'; readonly version: number }

/**
 * Reads the file without writing to it and refuses what must not be touched, throwing FailureError: not-a-database,
 * another-application, newer-version, corrupted, read-only, cannot-open. `migrations` say which versions there are and
 * what each looks like. `open` is for tests that act between two reads.
 */
export function inspect(
  file: string,
  migrations: readonly string[],
  open: typeof openDatabase = openDatabase,
): Inspection {
  const size = sizeOf(file)
  if (size === undefined || size === 0) return { kind: 'new' }
  refuseByHeader(file)
  // A read-only connection: closing it never folds the write-ahead log into a file that we are about to refuse.
  const database = open(file, { readonly: true })
  try {
    // One snapshot for every read: another process may be making the file, or writing to it, at this moment.
    database.exec('BEGIN')
    const version = Number(database.pragma('user_version'))
    const owner = Number(database.pragma('application_id'))
    if (owner !== applicationId) {
      // What a crash leaves between making a file and its first migration.
      if (owner === 0 && version === 0 && isEmpty(database)) return { kind: 'new' }
      throw anotherApplication(file, owner)
    }
    if (version > migrations.length) throw newerVersion(file, version, migrations.length)
    if (schemaOf(database) !== expectedSchema(migrations.slice(0, version)))
      throw corrupted(file, [`its tables and triggers are not those of version ${version}`])
    checkWhole(database, size)
    return { kind: 'ours', version }
  } finally {
    database.close()
  }
}

/** SQLite's own check, then the seals of the small tables. */
function checkWhole(database: Database, size: number): void {
  const tables = database
    .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .map(({ name }) => name)
  const parts = size <= wholeCheckBytes ? ['10'] : tables.filter((name) => name !== 'outputs')
  for (const part of parts) {
    const answers = database.all<{ quick_check: string }>(`PRAGMA quick_check(${part})`)
    if (answers.length !== 1 || answers[0]?.quick_check !== 'ok')
      throw corrupted(
        database.file,
        answers.map((answer) => answer.quick_check),
      )
  }
  checkAllSealed(database, tables)
  if (size <= wholeCheckBytes && tables.includes('output_order')) checkOutput(database)
}

// A seal is seen only with its row: a damaged key hides both, and output would be missing without a word.
function checkOutput(database: Database): void {
  const lost =
    database.get<{ n: number }>(
      'SELECT count(*) AS n FROM output_order LEFT JOIN outputs USING (run_id, step_id, attempt, at_byte) WHERE bytes IS NULL',
    )?.n ?? 0
  const counts = database.get<{ written: number; ordered: number }>(
    'SELECT (SELECT count(*) FROM outputs) AS written, (SELECT count(*) FROM output_order) AS ordered',
  )
  if (lost > 0 || counts?.written !== counts?.ordered)
    throw corrupted(database.file, [
      `${lost} of ${counts?.ordered ?? 0} pieces of output are not where they were written`,
    ])
}

// A file format says whose it is in its first bytes: https://www.sqlite.org/fileformat.html#the_database_header
function refuseByHeader(file: string): void {
  const header = Buffer.alloc(100)
  const descriptor = reading(file, () => openSync(file, 'r'))
  try {
    const read = reading(file, () => readSync(descriptor, header, 0, 100, 0))
    if (read < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw notADatabase(file)
    const owner = header.readUInt32BE(68)
    if (owner !== 0 && owner !== applicationId) throw anotherApplication(file, owner)
  } finally {
    closeSync(descriptor)
  }
}

function sizeOf(file: string): number | undefined {
  const stat = reading(file, () => statSync(file, { throwIfNoEntry: false }))
  if (stat && !stat.isFile()) throw notADatabase(file, ['it is not a file'])
  return stat?.size
}

function reading<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof FailureError || !(thrown instanceof Error)) throw thrown
    throw readOnly(file, [thrown.message])
  }
}

function isEmpty(database: Database): boolean {
  return database.get('SELECT 1 FROM sqlite_schema LIMIT 1') === undefined
}

// A table that is gone, or a trigger that somebody dropped to rewrite the audit.
function schemaOf(database: Database): string {
  return JSON.stringify(
    database.all("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"),
  )
}

function expectedSchema(migrations: readonly string[]): string {
  const database = openDatabase(':memory:', { readonly: false, create: true })
  try {
    for (const sql of migrations) database.exec(sql)
    return schemaOf(database)
  } finally {
    database.close()
  }
}
