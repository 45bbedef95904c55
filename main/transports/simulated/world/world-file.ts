/** The file of a practice site: its tables and how it is opened. An effect is on the disk before it is reported. */
import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { newerPracticeSite, noPracticeSite, notAPracticeSite } from '../failures.ts'

export const siteFormat = 1

const schema = `
  CREATE TABLE site (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE hosts (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, ip TEXT NOT NULL, os TEXT NOT NULL, faulty INTEGER NOT NULL, boots INTEGER NOT NULL, booted_at INTEGER NOT NULL,
    down_from INTEGER, down_until INTEGER, went_down INTEGER NOT NULL DEFAULT 0, pending TEXT NOT NULL DEFAULT '[]',
    due_at INTEGER
  );
  CREATE TABLE addresses (address TEXT PRIMARY KEY, host INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE files (host INTEGER NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL, folder INTEGER NOT NULL, length INTEGER, sha256 TEXT, version TEXT, source TEXT, PRIMARY KEY (host, key)) WITHOUT ROWID;
  CREATE TABLE contents (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE services (host INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, start_type TEXT NOT NULL, start_ms INTEGER NOT NULL, wanted INTEGER NOT NULL, ready_at INTEGER NOT NULL, installed INTEGER NOT NULL, PRIMARY KEY (host, key)) WITHOUT ROWID;
  CREATE TABLE listeners (host INTEGER NOT NULL, port INTEGER NOT NULL, service TEXT, endpoint TEXT, PRIMARY KEY (host, port)) WITHOUT ROWID;
  CREATE TABLE rules (host INTEGER NOT NULL, name TEXT NOT NULL, display TEXT NOT NULL, port INTEGER NOT NULL, remote TEXT NOT NULL, PRIMARY KEY (host, name)) WITHOUT ROWID;
  CREATE TABLE products (host INTEGER NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, PRIMARY KEY (host, name)) WITHOUT ROWID;
  CREATE TABLE certificates (host INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (host, sha256)) WITHOUT ROWID;
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL, path TEXT NOT NULL, ticket TEXT NOT NULL, installer TEXT NOT NULL, started_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,
    state TEXT NOT NULL, outcome TEXT NOT NULL, lines TEXT NOT NULL, boot_id TEXT NOT NULL, stopped_at INTEGER
  );
  CREATE UNIQUE INDEX job_of_ticket ON jobs (host, path);
  CREATE INDEX running_jobs ON jobs (host, ends_at) WHERE state = 'running';
  CREATE TABLE starts (host INTEGER NOT NULL, installer TEXT NOT NULL, path TEXT NOT NULL, ticket TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (host, installer, path)) WITHOUT ROWID;
  CREATE TABLE installers (sha256 TEXT PRIMARY KEY, model TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE faults (id INTEGER PRIMARY KEY, host INTEGER NOT NULL, kind TEXT NOT NULL, step TEXT, skip INTEGER NOT NULL, count INTEGER NOT NULL, remaining INTEGER NOT NULL, seen INTEGER NOT NULL DEFAULT 0, shown INTEGER NOT NULL DEFAULT 0, armed INTEGER NOT NULL DEFAULT 0);
  CREATE INDEX faults_of_host ON faults (host);
`

/**
 * `full`: a reported effect survives a power cut. `relaxed` survives only the end of our process; for tests of scale.
 */
export type Durability = 'full' | 'relaxed'

export interface WorldFile {
  readonly database: Database.Database
  readonly seed: number
  /** Unix milliseconds at which the site was made. */
  readonly createdAt: number
  readonly speed: number
  readonly virtual: boolean
  /** The statement of that text, prepared once for this file. */
  statement(text: string): Database.Statement
  /** Runs `work` in one transaction that other writers wait for; a throw undoes it. */
  change<T>(work: () => T): T
  close(): void
}

/**
 * Opens the file of an existing practice site. Throws FailureError of kind `workstation` when it is missing, is no
 * practice site or was written by a newer version.
 */
export function openWorldFile(file: string, durability: Durability = 'full'): WorldFile {
  if (!existsSync(file)) throw noPracticeSite(file)
  const database = new Database(file, { timeout: 5000 })
  try {
    const format = readMeta(database, 'format')
    if (format !== String(siteFormat)) throw newerPracticeSite(file, format, siteFormat)
    return siteOf(database, durability)
  } catch (thrown) {
    database.close()
    if (thrown instanceof Database.SqliteError) throw notAPracticeSite(file, thrown.message)
    throw thrown
  }
}

/** True while another process, or another part of this one, has the practice site open: a rollout is using it. */
export function isWorldInUse(file: string): boolean {
  const database = new Database(file, { timeout: 0 })
  try {
    // A file that others have open stays in its mode; SQLite answers that, or that it is busy.
    return database.pragma('journal_mode = DELETE', { simple: true }) !== 'delete'
  } catch (thrown) {
    if (thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY')) return true
    throw thrown
  } finally {
    database.close()
  }
}

/** Makes an empty site file; the file must not exist. */
export function createWorldFile(
  file: string,
  meta: { seed: number; createdAt: number; speed: number; virtual: boolean },
  durability: Durability = 'full',
): WorldFile {
  if (existsSync(file)) throw new Error(`${file} exists already`)
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.transaction(() => {
    database.exec(schema)
    const put = database.prepare('INSERT INTO site (key, value) VALUES (?, ?)')
    for (const [key, value] of Object.entries({ format: siteFormat, ...meta, lastAt: meta.createdAt }))
      put.run(key, String(value))
  })()
  return siteOf(database, durability)
}

function siteOf(database: Database.Database, durability: Durability): WorldFile {
  database.pragma('journal_mode = WAL')
  database.pragma(durability === 'full' ? 'synchronous = FULL' : 'synchronous = OFF')
  database.pragma('foreign_keys = ON')
  const statements = new Map<string, Database.Statement>()
  const begin = database.transaction((work: () => unknown) => work())
  return {
    database,
    seed: Number(readMeta(database, 'seed')),
    createdAt: Number(readMeta(database, 'createdAt')),
    speed: Number(readMeta(database, 'speed')),
    virtual: readMeta(database, 'virtual') === 'true',
    statement: (text) => {
      const known = statements.get(text)
      if (known) return known
      const made = database.prepare(text)
      statements.set(text, made)
      return made
    },
    change: <T>(work: () => T) => begin.immediate(work) as T,
    close: () => void database.close(),
  }
}

function readMeta(database: Database.Database, key: string): string | undefined {
  const row = database.prepare('SELECT value FROM site WHERE key = ?').get(key) as { value: string } | undefined
  return row?.value
}
