/** The signatures under acceptance summaries, and the lines to be signed on paper. */
import type { Signature } from '../../domain/acceptance/dossier-shared.ts'
import { failed } from '../../domain/base/failure.ts'
import type { AuditStore } from './audit-store.ts'
import type { Database } from './database/database.ts'
import { checkSealed, insertSealed, type SealedRow } from './database/seal.ts'
import { signatureText } from './text.ts'

export interface SignatureStore {
  /**
   * Adds a signature, or a line where `signedAt` is null. `at`: milliseconds since 1970.
   * Throws `signed-already` where that person is listed in that role.
   */
  add(runId: string, signature: Omit<Signature, 'number'>, at: number): void
  /** Removes an unsigned line; false where there is none. */
  removeLine(runId: string, number: number): boolean
  /** In the order in which they came. */
  of(runId: string): Signature[]
}

type Row = SealedRow & {
  readonly number: number
  readonly name: string
  readonly role: string
  readonly by: string
  readonly signed_at: number | null
  readonly sha256: string
}

/** The signatures of a database. */
export function createSignatureStore(database: Database, audit: AuditStore): SignatureStore {
  const of = (runId: string): Signature[] =>
    database.all<Row>('SELECT * FROM signatures WHERE run_id = ? ORDER BY number', runId).map((row) => {
      checkSealed(database, 'signatures', row)
      const { number, name, role, by, signed_at, sha256 } = row
      return { number, name, role, by, signedAt: signed_at, sha256 }
    })
  return {
    of,
    add: (runId, { name, role, by, signedAt, sha256 }, at) =>
      database.transaction(() => {
        const signatures = of(runId)
        if (signatures.some((signature) => signature.name === name && signature.role === role))
          throw failed('request', 'signed-already', signatureText.twice(name, role), signatureText.twiceHint)
        insertSealed(database, 'signatures', [
          runId,
          (signatures.at(-1)?.number ?? 0) + 1,
          name,
          role,
          by,
          signedAt,
          sha256,
        ])
        if (signedAt !== null)
          audit.record({
            at,
            by,
            action: 'dossier.signed',
            subject: `${runId} SHA-256 ${sha256}`,
            why: `${name}, ${role}`,
          })
      }),
    removeLine: (runId, number) =>
      database.run('DELETE FROM signatures WHERE run_id = ? AND number = ? AND signed_at IS NULL', runId, number) > 0,
  }
}
