/** Writes and reads the row of a run. */
import type { RunSummary } from './run-summary.ts'
import type { Database, SqlValue } from './database/database.ts'
import { insertSealed, sealedTables, sealOf, type SealedRow } from './database/seal.ts'

/** A run as the table holds it. */
export type RunRow = SealedRow & {
  readonly run_id: string
  readonly plan_id: string
  readonly revision: number
  readonly plan_hash: string
  readonly graph_hash: string
  readonly base_dir: string
  readonly created_by: string
  readonly created_at: number
  readonly status: RunSummary['status']
  readonly outcome: RunSummary['outcome']
  readonly started_at: number | null
  readonly ended_at: number | null
  readonly last_seq: number
  readonly last_at: number
}

/** Lays down a new run. */
export function insertRun(database: Database, run: RunSummary): void {
  insertSealed(database, 'runs', valuesOf(run))
}

/** Writes what events have changed of a run. */
export function updateRun(database: Database, run: RunSummary): void {
  const values = valuesOf(run)
  database.run(
    'UPDATE runs SET status = ?, outcome = ?, started_at = ?, ended_at = ?, last_seq = ?, last_at = ?, seal = ? WHERE run_id = ?',
    run.status,
    run.outcome,
    run.startedAt,
    run.endedAt,
    run.lastSeq,
    run.lastAt,
    sealOf(values),
    run.runId,
  )
}

/** The summary of a row whose seal was checked. */
export function fromRow(row: RunRow): RunSummary {
  return {
    runId: row.run_id,
    planId: row.plan_id,
    revision: row.revision,
    planHash: row.plan_hash,
    graphHash: row.graph_hash,
    baseDir: row.base_dir,
    createdBy: row.created_by,
    createdAt: row.created_at,
    status: row.status,
    outcome: row.outcome,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    lastSeq: row.last_seq,
    lastAt: row.last_at,
  }
}

const names = {
  run_id: 'runId',
  plan_id: 'planId',
  revision: 'revision',
  plan_hash: 'planHash',
  graph_hash: 'graphHash',
  base_dir: 'baseDir',
  created_by: 'createdBy',
  created_at: 'createdAt',
  status: 'status',
  outcome: 'outcome',
  started_at: 'startedAt',
  ended_at: 'endedAt',
  last_seq: 'lastSeq',
  last_at: 'lastAt',
} as const satisfies Record<(typeof sealedTables.runs)[number], keyof RunSummary>

function valuesOf(run: RunSummary): SqlValue[] {
  return sealedTables.runs.map((column) => run[names[column]])
}
