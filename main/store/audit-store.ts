/** The audit: who did what and when, append-only, each row's hash covering the one before. */
import { z } from 'zod'
import { canonicalHash, canonicalJson } from './canonical.ts'
import { corrupted } from './database/failures.ts'
import { damageText } from './text.ts'
import type { Database } from './database/database.ts'

export const auditActions = [
  'plan.locked',
  'plan.approved',
  'approval.withdrawn',
  'run.created',
  'run.paused',
  'run.resumed',
  'run.window-set',
  'run.cancel-requested',
  'gate.opened',
  'decision.made',
  'waiver.granted',
  'dossier.signed',
  'host-key.pinned',
  'host-key.removed',
  'lease.taken-over',
  'control.asked',
  'control.given',
  'control.kept',
  'vault.set',
  'vault.removed',
  'vault.renamed',
  'vault.passphrase-changed',
] as const

/**
 * `subject`: a plan revision, a run, a host's address or the name of a vault entry; never a secret.
 * `why` is the person's reason; empty where none is asked for.
 */
const AuditEntry = z.strictObject({
  at: z.number(),
  by: z.string(),
  action: z.enum(auditActions),
  subject: z.string(),
  why: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** An entry in its place; numbers count from 1 without gaps. */
export type AuditRow = AuditEntry & { readonly number: number; readonly hash: string }

/** `row` is the number of the first row that is not what was written, or is missing. */
export type AuditVerdict =
  | { readonly ok: true; readonly rows: number; readonly head: string }
  | { readonly ok: false; readonly row: number; readonly why: string }

export interface AuditStore {
  /** Adds an entry; part of the transaction that is open, if one is. */
  record(entry: AuditEntry): void
  /** Entries numbered after `after`, in order. Throws `corrupted` at a row that does not fit the one before it. */
  entries(after?: number): AuditRow[]
  /**
   * Recomputes every hash. A dossier that quotes `head` also proves that no row was rewritten with its hash.
   */
  verifyAudit(): AuditVerdict
}

interface Row {
  readonly number: number
  readonly body: string
  readonly hash: string
}

// What the first row builds on.
const root = '0'.repeat(64)

/** The audit of a database. */
export function createAuditStore(database: Database): AuditStore {
  const head = () =>
    database.get<{ number: number; hash: string }>('SELECT number, hash FROM audit_head') ?? { number: 0, hash: root }
  return {
    record: (entry) =>
      database.transaction(() => {
        const body = canonicalJson(AuditEntry.parse(entry))
        const before = head()
        const number = before.number + 1
        const hash = hashOf(number, body, before.hash)
        database.run('INSERT INTO audit (number, body, hash) VALUES (?, ?, ?)', number, body, hash)
        database.run(
          'INSERT INTO audit_head (only, number, hash) VALUES (1, ?, ?) ON CONFLICT (only) DO UPDATE SET number = excluded.number, hash = excluded.hash',
          number,
          hash,
        )
      }),
    entries: (after = 0) => {
      let before = after > 0 ? database.get<Row>('SELECT hash FROM audit WHERE number = ?', after)?.hash : root
      return database
        .all<Row>('SELECT number, body, hash FROM audit WHERE number > ? ORDER BY number', after)
        .map(({ number, body, hash }) => {
          if (before === undefined || hash !== hashOf(number, body, before))
            throw corrupted(database.file, [damageText.auditRow(number)])
          before = hash
          return { ...AuditEntry.parse(JSON.parse(body)), number, hash }
        })
    },
    verifyAudit: () => {
      let before = root
      let number = 0
      for (const row of database.all<Row>('SELECT number, body, hash FROM audit ORDER BY number')) {
        number += 1
        if (row.number !== number) return { ok: false, row: number, why: damageText.rowMissing }
        if (row.hash !== hashOf(number, row.body, before)) return { ok: false, row: number, why: damageText.rowChanged }
        before = row.hash
      }
      const end = head()
      if (end.number > number) return { ok: false, row: number + 1, why: damageText.rowMissing }
      if (end.number < number || end.hash !== before) return { ok: false, row: number, why: damageText.rowAdded }
      return { ok: true, rows: number, head: before }
    },
  }
}

function hashOf(number: number, body: string, before: string): string {
  return canonicalHash([number, body, before])
}
