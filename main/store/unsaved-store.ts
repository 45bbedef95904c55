/**
 * Edits that are not a draft yet: incomplete, refused, or in conflict with a stored plan. They outlive their window.
 */
import type { Database } from './database/database.ts'
import { checkSealed, insertSealed, type SealedRow } from './database/seal.ts'

export interface UnsavedEdits {
  /** The hash of the revision that was edited. */
  readonly basedOn: string
  /** Milliseconds since 1970, UTC. */
  readonly keptAt: number
  /** May be no plan. */
  readonly document: unknown
}

export interface UnsavedStore {
  /** Keeps the edits of a plan in the place of those before. */
  keep(planId: string, edits: UnsavedEdits): void
  /** undefined where none are kept. */
  kept(planId: string): UnsavedEdits | undefined
  forget(planId: string): void
}

/** The unsaved edits of a database: at most one a plan. */
export function createUnsavedStore(database: Database): UnsavedStore {
  const forget = (planId: string): void => {
    database.run('DELETE FROM unsaved_edits WHERE plan_id = ?', planId)
  }
  return {
    keep: (planId, { basedOn, keptAt, document }) =>
      database.transaction(() => {
        forget(planId)
        insertSealed(database, 'unsaved_edits', [planId, basedOn, keptAt, JSON.stringify(document)])
      }),
    kept: (planId) => {
      const row = database.get<SealedRow & { based_on: string; kept_at: number; body: string }>(
        'SELECT * FROM unsaved_edits WHERE plan_id = ?',
        planId,
      )
      if (!row) return undefined
      checkSealed(database, 'unsaved_edits', row)
      return { basedOn: row.based_on, keptAt: row.kept_at, document: JSON.parse(row.body) as unknown }
    },
    forget,
  }
}
