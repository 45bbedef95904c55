/** The waivers of a plan revision: who accepted which finding. */
import { subjectText } from '../../domain/base/subject.ts'
import { Waiver } from '../../domain/checks/waiver.ts'
import type { AuditStore } from './audit-store.ts'
import { canonicalJson } from './canonical.ts'
import type { Database } from './database/database.ts'
import { checkSealed, insertSealed, type SealedRow } from './database/seal.ts'

export interface WaiverStore {
  /** Adds a waiver. It holds for this revision only: what was accepted of one plan says nothing about the next. */
  grant(planId: string, revision: number, waiver: Waiver): void
  /** The waivers of a revision in the order in which they were given. */
  waivers(planId: string, revision: number): Waiver[]
}

/** The waivers of a database. */
export function createWaiverStore(database: Database, audit: AuditStore): WaiverStore {
  return {
    grant: (planId, revision, given) =>
      database.transaction(() => {
        const waiver = Waiver.parse(given)
        const { count } = database.get<{ count: number }>(
          'SELECT count(*) AS count FROM waivers WHERE plan_id = ? AND revision = ?',
          planId,
          revision,
        ) ?? { count: 0 }
        insertSealed(database, 'waivers', [planId, revision, count + 1, canonicalJson(waiver)])
        audit.record({
          at: Date.parse(waiver.at),
          by: waiver.by,
          action: 'waiver.granted',
          subject: `${planId} revision ${revision}: ${waiver.check} on ${subjectText(waiver.subject)}`,
          why: waiver.reason,
        })
      }),
    waivers: (planId, revision) =>
      database
        .all<SealedRow & { body: string }>(
          'SELECT * FROM waivers WHERE plan_id = ? AND revision = ? ORDER BY number',
          planId,
          revision,
        )
        .map((row) => {
          checkSealed(database, 'waivers', row)
          return Waiver.parse(JSON.parse(row.body))
        }),
  }
}
