/** Opens a database: inspects it, brings it up to date, and returns it as one Store. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { createApprovalStore, type ApprovalStore } from './approval-store.ts'
import { createAuditStore, type AuditStore } from './audit-store.ts'
import { cannotOpen, olderVersion, readOnly } from './database/failures.ts'
import { createControlStore, type ControlStore } from './control-store.ts'
import { copyInMemory, openDatabase, type Database } from './database/database.ts'
import { createEvidenceStore, type EvidenceStore } from './evidence-store.ts'
import { createInbox, type Inbox } from './inbox.ts'
import { inspect } from './database/inspect.ts'
import { createLeases, type Leases } from './lease.ts'
import { applyMigrations, migrate } from './database/migrate.ts'
import { migrations as ourMigrations } from './database/migrations/list.ts'
import { createOutputStore, type OutputLimits, type StoredOutput } from './output-store.ts'
import { createPlanStore, type PlanStore } from './plan-store.ts'
import { createRunStore, type StoredRuns } from './run-store.ts'
import { createSignatureStore, type SignatureStore } from './signature-store.ts'
import { createSurveyStore, type SurveyStore } from './survey-store.ts'
import { createPinStore, type PinStore } from './trust-store.ts'
import { createUnsavedStore, type UnsavedStore } from './unsaved-store.ts'
import { createWaiverStore, type WaiverStore } from './waiver-store.ts'
import { storeText } from './text.ts'

/** Everything in one database. */
export interface Store {
  readonly file: string
  /** The copy of the older file that was kept when this one was brought up to date. */
  readonly keptCopy: string | undefined
  readonly database: Database
  readonly plans: PlanStore
  readonly runs: StoredRuns
  readonly output: StoredOutput
  readonly evidence: EvidenceStore
  readonly waivers: WaiverStore
  readonly approvals: ApprovalStore
  readonly unsaved: UnsavedStore
  readonly surveys: SurveyStore
  readonly signatures: SignatureStore
  readonly pins: PinStore
  readonly audit: AuditStore
  readonly inbox: Inbox
  readonly lease: Leases
  readonly control: ControlStore
  /** Writes buffered output, gives the lease back and closes the file. */
  close(): void
}

export interface OpenOptions {
  /** Never writes; the file must exist. An earlier version is brought up to date in memory. */
  readonly readonly?: boolean
  /** For tests: the size in bytes up to which a file of an earlier version is copied to memory; 256 MiB unless given. */
  readonly copyLimit?: number
  readonly output?: Partial<OutputLimits>
  /** For tests of migrations; ours unless given. */
  readonly migrations?: readonly string[]
}

/**
 * Opens a database, making it where there is none. Throws FailureError with the code not-a-database,
 * another-application, newer-version, older-version (readonly, above 256 MiB), corrupted, read-only, cannot-open, disk-full or
 * store-busy; the file's bytes are then unchanged.
 */
export function openStore(file: string, options: OpenOptions = {}): Store {
  const migrations = options.migrations ?? ourMigrations
  const found = inspect(file, migrations)
  if (options.readonly === true && found.kind === 'new') throw cannotOpen(file, [storeText.noDatabase])
  if (options.readonly === true) {
    if (found.kind === 'ours' && found.version < migrations.length)
      return storeOf(readOlder(file, found.version, migrations, options.copyLimit ?? largestCopy), undefined, options)
    return storeOf(openDatabase(file, { readonly: true }), undefined, options)
  }
  refuseUnwritable(file)
  const database = openDatabase(file, { readonly: false, create: true })
  try {
    return storeOf(database, migrate(database, migrations), options)
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

// A larger file is read only once it has been brought up to date: a copy of it would fill the memory.
const largestCopy = 256 * 2 ** 20

/** A database of an earlier version, brought up to date in memory: the file stays as it is. */
function readOlder(file: string, version: number, migrations: readonly string[], limit: number): Database {
  if (statSync(file).size > limit) throw olderVersion(file, version, migrations.length)
  const database = copyInMemory(file)
  try {
    applyMigrations(database, migrations)
    database.exec('PRAGMA query_only = ON')
    return database
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

function storeOf(database: Database, keptCopy: string | undefined, options: OpenOptions): Store {
  const audit = createAuditStore(database)
  const lease = createLeases(database, audit)
  const output = createOutputStore(database, options.output)
  return {
    file: database.file,
    keptCopy,
    database,
    audit,
    lease,
    output,
    plans: createPlanStore(database, audit),
    runs: createRunStore(database, lease, audit),
    evidence: createEvidenceStore(database),
    waivers: createWaiverStore(database, audit),
    approvals: createApprovalStore(database, audit),
    unsaved: createUnsavedStore(database),
    surveys: createSurveyStore(database),
    signatures: createSignatureStore(database, audit),
    pins: createPinStore(database, audit),
    inbox: createInbox(database),
    control: createControlStore(database, audit),
    close: () => {
      try {
        output.flush()
        lease.release()
      } finally {
        database.close()
      }
    },
  }
}

// SQLite opens a read-only file without an error and fails at the first change.
// The folder must be writable too: the write-ahead log is in it.
function refuseUnwritable(file: string): void {
  const folder = dirname(file)
  if (!existsSync(folder)) throw cannotOpen(file, [storeText.noFolder(folder)])
  for (const path of [folder, file]) {
    if (!existsSync(path)) continue
    try {
      accessSync(path, constants.W_OK)
    } catch (thrown) {
      throw readOnly(file, [String(thrown)])
    }
  }
}
