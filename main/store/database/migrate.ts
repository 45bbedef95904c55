/**
 * Brings a database up to date: forward only, a transaction for each version, with a copy of an older file beside it.
 */
import { existsSync } from 'node:fs'
import { type Database, makePrivately } from './database.ts'
import { applicationId } from './inspect.ts'

/**
 * Applies the migrations that the database has not had. Returns the file name of the copy that was kept, or undefined
 * where nothing older was there. Two processes may do this at once: the second finds it done.
 */
export function migrate(database: Database, migrations: readonly string[]): string | undefined {
  const from = versionOf(database)
  const kept = from > 0 && from < migrations.length ? keepCopy(database, from) : undefined
  // A new database is made whole: no other process may take an early version of it for an older file.
  if (from === 0) database.transaction(() => applyMigrations(database, migrations))
  else applyMigrations(database, migrations)
  return kept
}

/** Applies the migrations that the database has not had, a transaction each. */
export function applyMigrations(database: Database, migrations: readonly string[]): void {
  migrations.forEach((sql, index) => {
    database.transaction(() => {
      if (versionOf(database) !== index) return
      database.exec(sql)
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1};`)
    })
  })
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version'))
}

function keepCopy(database: Database, version: number): string {
  const base = `${database.file}.version-${version}`
  let copy = base
  for (let n = 2; existsSync(copy); n++) copy = `${base}.${n}`
  makePrivately(copy)
  // A consistent copy with all that is still in the write-ahead log; VACUUM INTO refuses a file that holds something.
  database.run('VACUUM INTO ?', copy)
  return copy
}
