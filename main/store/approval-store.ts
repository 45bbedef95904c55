/** The approvals of a plan revision: who approved it, and who withdrew an approval. */
import { Approval } from '../../domain/plan/approval.ts'
import type { AuditStore } from './audit-store.ts'
import { canonicalJson } from './canonical.ts'
import type { Database } from './database/database.ts'
import { checkSealed, insertSealed, type SealedRow } from './database/seal.ts'

export interface ApprovalStore {
  /** Adds a word about a revision. What was approved of one revision says nothing about the next. */
  record(planId: string, revision: number, approval: Approval): void
  /** Every word about a revision, in the order in which they were given. */
  approvals(planId: string, revision: number): Approval[]
}

/** The approvals of a database. */
export function createApprovalStore(database: Database, audit: AuditStore): ApprovalStore {
  return {
    record: (planId, revision, given) =>
      database.transaction(() => {
        const approval = Approval.parse(given)
        const { count } = database.get<{ count: number }>(
          'SELECT count(*) AS count FROM approvals WHERE plan_id = ? AND revision = ?',
          planId,
          revision,
        ) ?? { count: 0 }
        insertSealed(database, 'approvals', [planId, revision, count + 1, canonicalJson(approval)])
        audit.record({
          at: Date.parse(approval.at),
          by: approval.by,
          action: approval.verdict === 'approved' ? 'plan.approved' : 'approval.withdrawn',
          subject: `${planId} revision ${revision}, ${approval.of}: ${approval.who}`,
          why: approval.why,
        })
      }),
    approvals: (planId, revision) =>
      database
        .all<SealedRow & { body: string }>(
          'SELECT * FROM approvals WHERE plan_id = ? AND revision = ? ORDER BY number',
          planId,
          revision,
        )
        .map((row) => {
          checkSealed(database, 'approvals', row)
          return Approval.parse(JSON.parse(row.body))
        }),
  }
}
