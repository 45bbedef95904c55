/** Owns the row of a run: how a summary is laid down in the table and read back. */
import type { RunSummary } from './run-summary.ts'
import type { Database, SqlValue } from './database.ts'
import { insertSealed, sealedTables, sealOf, type SealedRow } from './seal.ts'

export type RunRow = SealedRow & { readonly run_id: string }

/** Lays down a new run. */
export function insertRun(database: Database, run: RunSummary): void {
  insertSealed(database, 'runs', valuesOf(run))
}

/** Writes what events have changed of a run. */
export function updateRun(database: Database, run: RunSummary): void {
  const values = valuesOf(run)
  database.run(
    'UPDATE runs SET status = ?, outcome = ?, started_at = ?, ended_at = ?, last_seq = ?, last_at = ?, seal = ? WHERE run_id = ?',
    run.status, run.outcome, run.startedAt, run.endedAt, run.lastSeq, run.lastAt, sealOf(values), run.runId,
  )
}

/** The summary of a row whose seal was checked. */
export function fromRow(row: RunRow): RunSummary {
  const values = Object.fromEntries(sealedTables.runs.map((column) => [names[column], row[column]]))
  return values as unknown as RunSummary
}

const names = {
  run_id: 'runId', plan_id: 'planId', revision: 'revision', plan_hash: 'planHash', graph_hash: 'graphHash', base_dir: 'baseDir', created_by: 'createdBy', created_at: 'createdAt',
  status: 'status', outcome: 'outcome', started_at: 'startedAt', ended_at: 'endedAt', last_seq: 'lastSeq', last_at: 'lastAt',
} as const satisfies Record<(typeof sealedTables.runs)[number], keyof RunSummary>

function valuesOf(run: RunSummary): SqlValue[] {
  return sealedTables.runs.map((column) => run[names[column]])
}
