/** Plans with their revisions: one draft that may change, and locked revisions that never do. */
import { failed } from '../../domain/base/failure.ts'
import { readPlan, type Plan } from '../../domain/plan/plan.ts'
import type { AuditStore } from './audit-store.ts'
import { canonicalHash, canonicalJson, sha256 } from './canonical.ts'
import { corrupted } from './database/failures.ts'
import type { Database } from './database/database.ts'
import { sealOf } from './database/seal.ts'
import { damageText, planText } from './text.ts'

export interface PlanRevision {
  readonly planId: string
  /** Counts from 1 within its plan. */
  readonly revision: number
  readonly state: 'draft' | 'locked'
  /** SHA-256 of the plan's canonical JSON, defaults filled in. */
  readonly hash: string
  readonly changedBy: string
  /** Milliseconds since 1970, UTC: when it was locked, or last edited. */
  readonly changedAt: number
}

export interface Change {
  readonly by: string
  readonly at: number
}

export interface PlanStore {
  /** Writes the plan's draft: the revision after the last locked one. */
  saveDraft(planId: string, plan: Plan, change: Change): PlanRevision
  /** Locks this content. The same content keeps the revision it has; otherwise it takes the draft's number. */
  lock(planId: string, plan: Plan, change: Change): PlanRevision
  /**
   * Every revision of a plan, oldest first; of all plans where no id is given.
   * Then a damaged one throws only when it is read itself, so that the others stay readable.
   */
  revisions(planId?: string): PlanRevision[]
  /** The plan at a revision. Throws `unknown-plan`, or `corrupted` where its hash no longer fits. */
  plan(planId: string, revision: number): { readonly plan: Plan; readonly revision: PlanRevision }
}

interface Row {
  readonly plan_id: string
  readonly revision: number
  readonly state: 'draft' | 'locked'
  readonly hash: string
  readonly body: string
  readonly changed_by: string
  readonly changed_at: number
  /** Of the columns beside the body, which has its hash; null where a version before 9 wrote the row. */
  readonly seal: number | null
}

const columns = 'plan_id, revision, state, hash, changed_by, changed_at, seal'

/**
 * The id of a plan without one: its name as a word, and eight digits that tell equal words apart.
 * The same plan file has the same id everywhere.
 */
export function planIdOf(plan: Pick<Plan, 'name' | 'site'>): string {
  const word = plan.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return `${word === '' ? 'plan' : word}-${canonicalHash([plan.name, plan.site.name]).slice(0, 8)}`
}

/** The hash of a plan's content, as every revision carries it. */
export function planHash(plan: Plan): string {
  return canonicalHash(plan)
}

/** The plans of a database. */
export function createPlanStore(database: Database, audit: AuditStore): PlanStore {
  const sealed = (row: Row): PlanRevision => {
    const { planId, revision, state, hash, changedBy, changedAt } = toRevision(row)
    if (row.seal !== null && row.seal !== sealOf([planId, revision, state, hash, changedBy, changedAt]))
      throw corrupted(database.file, [damageText.revision(planId, revision)])
    return toRevision(row)
  }
  const put = (planId: string, plan: Plan, state: Row['state'], change: Change): PlanRevision => {
    const body = canonicalJson(plan)
    const newest = database.get<Row>(
      `SELECT ${columns} FROM plan_revisions WHERE plan_id = ? ORDER BY revision DESC LIMIT 1`,
      planId,
    )
    // A locked one that reads as a draft would be written over.
    const last = newest && sealed(newest)
    const revision = last === undefined ? 1 : last.state === 'draft' ? last.revision : last.revision + 1
    const hash = sha256(body)
    database.run(
      `INSERT INTO plan_revisions (${columns}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (plan_id, revision) DO UPDATE SET state = excluded.state, hash = excluded.hash, changed_by = excluded.changed_by, changed_at = excluded.changed_at, seal = excluded.seal, body = excluded.body`,
      planId,
      revision,
      state,
      hash,
      change.by,
      change.at,
      sealOf([planId, revision, state, hash, change.by, change.at]),
      body,
    )
    return { planId, revision, state, hash, changedBy: change.by, changedAt: change.at }
  }
  return {
    saveDraft: (planId, plan, change) => database.transaction(() => put(planId, plan, 'draft', change)),
    lock: (planId, plan, change) =>
      database.transaction(() => {
        const same = database.get<Row>(
          `SELECT ${columns} FROM plan_revisions WHERE plan_id = ? AND state = 'locked' AND hash = ? ORDER BY revision LIMIT 1`,
          planId,
          planHash(plan),
        )
        if (same) return sealed(same)
        const locked = put(planId, plan, 'locked', change)
        audit.record({
          at: change.at,
          by: change.by,
          action: 'plan.locked',
          subject: `${planId} revision ${locked.revision}, ${locked.hash}`,
          why: '',
        })
        return locked
      }),
    revisions: (planId) =>
      planId === undefined
        ? database.all<Row>(`SELECT ${columns} FROM plan_revisions ORDER BY plan_id, revision`).map(toRevision)
        : database
            .all<Row>(`SELECT ${columns} FROM plan_revisions WHERE plan_id = ? ORDER BY revision`, planId)
            .map(sealed),
    plan: (planId, revision) => {
      const row = database.get<Row>(
        `SELECT ${columns}, body FROM plan_revisions WHERE plan_id = ? AND revision = ?`,
        planId,
        revision,
      )
      if (!row)
        throw failed('request', 'unknown-plan', planText.unknown(revision, planId, database.file), planText.unknownHint)
      if (sha256(row.body) !== row.hash) throw corrupted(database.file, [damageText.revision(planId, revision)])
      const reading = readPlan(JSON.parse(row.body))
      if (!reading.ok) {
        const problems = reading.problems.map(({ path, message }) => `${path} ${message}`)
        throw failed(
          'workstation',
          'unreadable-plan',
          planText.unreadable(revision, planId),
          planText.unreadableHint,
          'never',
          problems,
        )
      }
      return { plan: reading.plan, revision: sealed(row) }
    },
  }
}

function toRevision(row: Row): PlanRevision {
  return {
    planId: row.plan_id,
    revision: row.revision,
    state: row.state,
    hash: row.hash,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  }
}
