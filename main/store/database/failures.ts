/** The failures of a database file: SQLite's codes as sentences with a next step. */
import { commandName } from '../../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { pasteable } from '../../../domain/base/shell-quote.ts'

/** The command that copies a database without writing to it, for hints about a damaged one. */
export function backupCommand(file: string): string {
  return `${commandName} runs --db ${pasteable(file, process.platform)} --backup ${pasteable(`${file}.copy`, process.platform)}`
}

/**
 * The failure of an error that SQLite threw; undefined where the error is not SQLite's or is a bug of ours
 * (a wrong statement, a broken constraint).
 * Codes: https://www.sqlite.org/rescode.html
 */
export function storeFailure(thrown: unknown, file: string): FailureError | undefined {
  const code = sqliteCode(thrown)
  if (code === undefined) return undefined
  const evidence = [`${code}: ${thrown instanceof Error ? thrown.message : ''}`]
  if (is(code, 'SQLITE_FULL')) {
    return failed(
      'workstation',
      'disk-full',
      `The disk of ${file} is full, so Rollout did not save the last change.`,
      'Free space on that disk, then resume: the log is complete up to the change before.',
      'never',
      evidence,
    )
  }
  if (is(code, 'SQLITE_NOTADB')) return notADatabase(file, evidence)
  if (is(code, 'SQLITE_CORRUPT')) return corrupted(file, evidence)
  if (is(code, 'SQLITE_READONLY')) return readOnly(file, evidence)
  if (is(code, 'SQLITE_CANTOPEN') || is(code, 'SQLITE_PERM') || is(code, 'SQLITE_AUTH')) {
    return cannotOpen(file, evidence)
  }
  if (is(code, 'SQLITE_BUSY') || is(code, 'SQLITE_LOCKED')) {
    return failed(
      'workstation',
      'store-busy',
      `Another process has locked ${file} for too long.`,
      'Try again. If it happens again, find out which other Rollout process uses this file.',
      'backoff',
      evidence,
    )
  }
  if (is(code, 'SQLITE_IOERR') || is(code, 'SQLITE_NOLFS')) {
    return failed(
      'workstation',
      'disk-error',
      `The disk of ${file} answered with an error.`,
      `Check the disk. Keep a copy of the file: ${backupCommand(file)}`,
      'never',
      evidence,
    )
  }
  return undefined
}

/** The file is no SQLite database at all. */
export function notADatabase(file: string, evidence: string[] = []): FailureError {
  return failed(
    'workstation',
    'not-a-database',
    `${file} is not a Rollout database. Rollout did not change it.`,
    'Name another file with --db. A file that does not exist becomes a new database.',
    'never',
    evidence,
  )
}

/** The file, or a row of it, is not what was written. */
export function corrupted(file: string, evidence: string[] = []): FailureError {
  return failed(
    'workstation',
    'corrupted',
    `${file} is damaged. Rollout did not change it.`,
    `Make a copy first, then continue from your last good backup: ${backupCommand(file)}`,
    'never',
    evidence,
  )
}

/** The file or its folder does not exist or is not accessible. */
export function cannotOpen(file: string, evidence: string[] = []): FailureError {
  return failed(
    'workstation',
    'cannot-open',
    `Rollout cannot open ${file}.`,
    'Check that its folder exists, and that your account may write to the folder and to the file.',
    'never',
    evidence,
  )
}

/** The file or its folder may not be written. */
export function readOnly(file: string, evidence: string[] = []): FailureError {
  return failed(
    'workstation',
    'read-only',
    `${file} or its folder is read-only for your account.`,
    'Give your account write access to the file and its folder, or copy the file elsewhere and name the copy with --db.',
    'never',
    evidence,
  )
}

/** The file is a database, of some other program. */
export function anotherApplication(file: string, applicationId: number): FailureError {
  return failed(
    'workstation',
    'another-application',
    `${file} is the database of another application. Rollout did not change it.`,
    'Name another file with --db.',
    'never',
    [`application_id ${applicationId}`],
  )
}

/** The file was written by a later Rollout. */
export function newerVersion(file: string, found: number, ours: number): FailureError {
  return failed(
    'workstation',
    'newer-version',
    `A newer Rollout wrote ${file} (database version ${found}, this one reads ${ours}). Rollout did not change it.`,
    `Use that newer Rollout, or keep a copy with ${backupCommand(file)} and name another file with --db.`,
  )
}

/** The file was written by an earlier Rollout and may not be changed now. */
export function olderVersion(file: string, found: number, ours: number): FailureError {
  return failed(
    'workstation',
    'older-version',
    `An older Rollout wrote ${file} (database version ${found}, this one reads ${ours}).`,
    `Open it once for writing, for example with ${commandName} resume. Rollout updates it and keeps a copy of the old file.`,
  )
}

function sqliteCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' && thrown.code.startsWith('SQLITE_') ? thrown.code : undefined
}

function is(code: string, primary: string): boolean {
  return code === primary || code.startsWith(`${primary}_`)
}
