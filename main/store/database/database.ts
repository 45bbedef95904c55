/** The connection to a database file; the only file that imports the driver. */
import { closeSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { cannotOpen, storeFailure } from './failures.ts'

export type SqlValue = string | number | null | Uint8Array

/** One connection. Every method throws FailureError for a full disk, a damaged, read-only or busy file. */
export interface Database {
  readonly file: string
  readonly readonly: boolean
  /** Runs a statement and returns how many rows it changed. */
  run(sql: string, ...values: readonly SqlValue[]): number
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[]
  /** Runs statements that return nothing and take no values. */
  exec(sql: string): void
  /** A pragma's single value. */
  pragma(text: string): unknown
  /**
   * Does the work in one transaction that takes the write lock at its start; inside another one it becomes part of it.
   * An exception undoes it all.
   */
  transaction<T>(work: () => T): T
  close(): void
}

// Milliseconds to wait for another process's write lock.
const busyTimeout = 5_000

/**
 * A copy of the file in memory, with what is still in its write-ahead log. Writing to it changes no file. Throws FailureError
 * as openDatabase does. The whole file is read: the caller limits its size.
 */
export function copyInMemory(file: string): Database {
  const source = connect(file, file, { readonly: true, fileMustExist: true })
  try {
    const bytes = guarded(file, () => source.serialize())
    // A database in memory has no write-ahead log: https://www.sqlite.org/fileformat.html#file_format_version_numbers
    bytes.fill(1, 18, 20)
    return databaseOf(connect(file, bytes, {}), file, true)
  } finally {
    source.close()
  }
}

/**
 * Opens the file. `create` is needed to make a new one. Writing connections use WAL and commit to disk before they
 * return.
 */
export function openDatabase(file: string, how: { readonly readonly: boolean; readonly create?: boolean }): Database {
  if (how.create === true && file !== ':memory:') makePrivately(file)
  const driver = connect(file, file, {
    readonly: how.readonly,
    fileMustExist: how.readonly || how.create !== true,
  })
  try {
    if (!how.readonly) guarded(file, () => configureForWriting(driver, file))
  } catch (thrown) {
    driver.close()
    throw thrown
  }
  return databaseOf(driver, file, how.readonly)
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw storeFailure(thrown, file) ?? thrown
  }
}

function connect(file: string, source: string | Buffer, options: Sqlite.Options): Sqlite.Database {
  const driver = guarded(file, () => new Sqlite(source, { ...options, timeout: busyTimeout }))
  try {
    guarded(file, () => protect(driver))
    return driver
  } catch (thrown) {
    driver.close()
    throw thrown
  }
}

function databaseOf(driver: Sqlite.Database, file: string, readonly: boolean): Database {
  const guard = <T>(work: () => T): T => guarded(file, work)
  const statements = new Map<string, Sqlite.Statement<SqlValue[]>>()
  const statement = (sql: string) => {
    const known = statements.get(sql)
    if (known) return known
    const made = driver.prepare<SqlValue[]>(sql)
    statements.set(sql, made)
    return made
  }
  const inTransaction = () => driver.inTransaction
  const transaction = <T>(work: () => T): T => {
    if (inTransaction()) return work()
    guard(() => statement('BEGIN IMMEDIATE').run())
    try {
      const result = work()
      guard(() => statement('COMMIT').run())
      return result
    } catch (thrown) {
      // A full disk may have undone the transaction already.
      if (inTransaction()) statement('ROLLBACK').run()
      throw thrown
    }
  }
  return {
    file,
    readonly,
    run: (sql, ...values) => guard(() => statement(sql).run(...values).changes),
    get: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      guard(() => statement(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: readonly SqlValue[]) => guard(() => statement(sql).all(...values) as Row[]),
    exec: (sql) => void guard(() => driver.exec(sql)),
    pragma: (text) => guard(() => driver.pragma(text, { simple: true })),
    transaction,
    close: () => void driver.close(),
  }
}

function protect(driver: Sqlite.Database): void {
  driver.pragma('foreign_keys = ON')
  // Refuses what a tampered schema could make SQL do: https://www.sqlite.org/pragma.html#pragma_trusted_schema
  driver.pragma('trusted_schema = OFF')
  driver.pragma('cell_size_check = ON')
}

function configureForWriting(driver: Sqlite.Database, file: string): void {
  // SQLite answers with the mode that it could take, and throws nothing where that is another one.
  const mode: unknown = driver.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal' && file !== ':memory:') throw cannotOpen(file, [`journal_mode ${String(mode)}`])
  // Each commit reaches the disk before it returns: an acknowledged event survives a power cut.
  driver.pragma('synchronous = FULL')
  // On macOS fsync leaves the data in the cache of the disk: https://www.sqlite.org/pragma.html#pragma_fullfsync
  driver.pragma('fullfsync = ON')
  driver.pragma('checkpoint_fullfsync = ON')
}

/**
 * Makes an empty file that only its owner may read, where there is none: SQLite gives its log the mode of the database.
 * What cannot be made here is told when SQLite opens it.
 */
export function makePrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch {
    // There is one already, or SQLite will say why there cannot be one.
  }
}
