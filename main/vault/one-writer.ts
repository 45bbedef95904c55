/** Lets one process at a time change a vault: by a lock of the system, which ends with the process that holds it. */
import { mkdir, open, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { vaultBusy, vaultNotWritten } from './failures.ts'

/** Milliseconds that a change waits for another process to end its own; a change takes some hundredths of a second. */
const longestWait = 10_000

/**
 * Does the work while no other process, and nothing else in this one, changes that vault. An empty file `FILE.lock`
 * stays beside the vault. Throws FailureError: vault-busy after 10 seconds, vault-not-written.
 */
export async function aloneWith<T>(file: string, work: () => Promise<T>): Promise<T> {
  const target = await realpath(file).catch(() => file)
  const lock = await lockedFile(file, `${target}.lock`)
  try {
    return await work()
  } finally {
    lock.close()
  }
}

// SQLite locks files in a way that holds on every system and in every thread: https://www.sqlite.org/lockingv3.html
async function lockedFile(file: string, path: string): Promise<Sqlite.Database> {
  let lock: Sqlite.Database | undefined
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await makePrivately(path)
    lock = new Sqlite(path, { timeout: 0 })
    const deadline = performance.now() + longestWait
    while (!taken(lock)) {
      if (performance.now() > deadline) throw vaultBusy(file)
      await delay(10)
    }
    return lock
  } catch (thrown) {
    lock?.close()
    throw thrown instanceof Error && 'code' in thrown ? vaultNotWritten(file, thrown.message) : thrown
  }
}

function taken(lock: Sqlite.Database): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return true
  } catch (thrown) {
    if (thrown instanceof Sqlite.SqliteError && thrown.code.startsWith('SQLITE_BUSY')) return false
    throw thrown
  }
}

// Only a file that is not there is opened here: closing one that is locked would end the lock (POSIX).
async function makePrivately(path: string): Promise<void> {
  try {
    await (await open(path, 'wx', 0o600)).close()
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown
  }
}
