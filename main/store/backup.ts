/** Copies a database, sound or damaged, without writing to it. */
import { constants, copyFileSync, existsSync, rmSync } from 'node:fs'
import { failed, FailureError } from '../../domain/base/failure.ts'
import { makePrivately, openDatabase } from './database/database.ts'
import { backupText } from './text.ts'

/** `consistent`: SQLite read it all and wrote a new database. `salvaged`: it could not; the bytes were copied. */
export interface Backup {
  readonly kind: 'consistent' | 'salvaged'
  readonly files: readonly string[]
}

/**
 * Copies the database `file` to `to`, which must not exist. The file is only read.
 * A sound database is copied as of this moment, even while an engine writes to it;
 * a damaged one as bytes, with its write-ahead log (`-wal`) beside it.
 * Throws FailureError `backup-exists`, `backup-missing` or `backup-failed`.
 */
export function backupStore(file: string, to: string): Backup {
  if (!existsSync(file)) throw failed('request', 'backup-missing', backupText.missing(file), backupText.missingHint)
  for (const target of [to, `${to}-wal`]) {
    if (existsSync(target)) throw failed('request', 'backup-exists', backupText.exists(target), backupText.existsHint)
  }
  return copyByReading(file, to) ?? copyBytes(file, to)
}

function copyByReading(file: string, to: string): Backup | undefined {
  try {
    const database = openDatabase(file, { readonly: true })
    try {
      if (database.pragma('quick_check(1)') !== 'ok') return undefined
      // SQLite writes into a file that is there and empty, and leaves its mode.
      makePrivately(to)
      database.run('VACUUM INTO ?', to)
      return { kind: 'consistent', files: [to] }
    } finally {
      database.close()
    }
  } catch (thrown) {
    rmSync(to, { force: true })
    if (thrown instanceof FailureError && thrown.failure.code === 'disk-full') throw copyFailed(to, thrown)
    return undefined
  }
}

function copyBytes(file: string, to: string): Backup {
  const files: string[] = []
  for (const suffix of ['', '-wal']) {
    if (!existsSync(file + suffix)) continue
    try {
      copyFileSync(file + suffix, to + suffix, constants.COPYFILE_EXCL)
    } catch (thrown) {
      for (const half of [...files, to + suffix]) rmSync(half, { force: true })
      throw copyFailed(to, thrown)
    }
    files.push(to + suffix)
  }
  return { kind: 'salvaged', files }
}

function copyFailed(to: string, thrown: unknown): FailureError {
  return failed('workstation', 'backup-failed', backupText.failed(to), backupText.failedHint, 'never', [String(thrown)])
}
