/** Owns what a store error says to the operator: SQLite's codes turned into Failures with a way out. */
import { commandName } from '../../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { pasteable } from '../../../domain/base/shell-quote.ts'

/** The command that copies a database without writing to it; named in every hint about a damaged one. */
export function backupCommand(file: string): string {
  return `${commandName} runs --db ${pasteable(file, process.platform)} --backup ${pasteable(`${file}.copy`, process.platform)}`
}

/**
 * The Failure of an error SQLite threw, or undefined where the error is not SQLite's or is a bug of ours (a wrong statement, a broken constraint).
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
      `The disk of ${file} is full; nothing of the last change was kept.`,
      'Free space on that disk, then resume: the log is whole up to the change before.',
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
      `Another process has held ${file} for longer than the store waits.`,
      'Try again; if it stays so, see which other Rollout uses this file.',
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
    `${file} is not a Rollout database; it was left as it is.`,
    'Name another file with --db, or one that does not exist yet to begin a new database.',
    'never',
    evidence,
  )
}

/** The file, or a row of it, is not what was written. */
export function corrupted(file: string, evidence: string[] = []): FailureError {
  return failed(
    'workstation',
    'corrupted',
    `${file} is damaged; nothing was changed in it.`,
    `Keep a copy before anything else, then go on from your last good backup: ${backupCommand(file)}`,
    'never',
    evidence,
  )
}

/** The file, or the folder it should be in, is not there or is closed to us. */
export function cannotOpen(file: string, evidence: string[] = []): FailureError {
  return failed(
    'workstation',
    'cannot-open',
    `${file} cannot be opened.`,
    'Check that its folder exists, and that this user may write to the folder and to the file.',
    'never',
    evidence,
  )
}

/** The file or its folder may not be written. */
export function readOnly(file: string, evidence: string[] = []): FailureError {
  return failed(
    'workstation',
    'read-only',
    `${file} or its folder is read-only for this user.`,
    'Give this user write access to the file and its folder, or copy the file elsewhere and name the copy with --db.',
    'never',
    evidence,
  )
}

/** The file is a database, of some other program. */
export function anotherApplication(file: string, applicationId: number): FailureError {
  return failed(
    'workstation',
    'another-application',
    `${file} is the database of another application; it was left as it is.`,
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
    `${file} was written by a newer Rollout (database version ${found}; this one knows ${ours}); it was left as it is.`,
    `Use that newer Rollout, or keep a copy with ${backupCommand(file)} and name another file with --db.`,
  )
}

/** The file was written by an earlier Rollout and may not be changed now. */
export function olderVersion(file: string, found: number, ours: number): FailureError {
  return failed(
    'workstation',
    'older-version',
    `${file} was written by an older Rollout (database version ${found}; this one reads ${ours}).`,
    `Open it once for writing, for example with ${commandName} resume: it is brought up to date, and a copy of the old file is kept beside it.`,
  )
}

function sqliteCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' && thrown.code.startsWith('SQLITE_') ? thrown.code : undefined
}

function is(code: string, primary: string): boolean {
  return code === primary || code.startsWith(`${primary}_`)
}
