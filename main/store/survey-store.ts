/** The newest survey of each plan revision, stored host by host as answers arrive. */
import { z } from 'zod'
import { SurveyedHost } from '../../domain/contract/shapes.ts'
import { Failure } from '../../domain/base/failure.ts'
import type { SurveyAnswer } from '../../domain/checks/survey.ts'
import { canonicalJson } from './canonical.ts'
import { corrupted } from './database/failures.ts'
import type { Database } from './database/database.ts'
import { checkSealed, insertSealed, sealOf, type SealedRow } from './database/seal.ts'
import { damageText } from './text.ts'

const statuses = ['running', 'done', 'stopped', 'failed'] as const

/** `running` in the database means that no end was recorded: a process still runs it, or that process has ended. */
export interface StoredSurvey {
  /** The hash of the plan that was surveyed. */
  readonly planHash: string
  readonly by: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly status: (typeof statuses)[number]
  readonly failure: Failure | null
}

/** `number` counts the answers of a revision in order; a host that is asked again gets the next one. */
export interface StoredAnswer {
  readonly number: number
  readonly seenAt: number
  readonly answer: SurveyedHost
}

export interface RevisionKey {
  readonly planId: string
  readonly revision: number
}

export interface SurveyStore {
  /** Begins a survey. `all` forgets what was seen before; else the answers of other hosts stay, with their age. */
  begin(of: RevisionKey, survey: Pick<StoredSurvey, 'planHash' | 'by' | 'startedAt'>, all: boolean): void
  /** Keeps the answer of a host in place of its older one. */
  put(of: RevisionKey, answer: SurveyAnswer, seenAt: number): void
  end(of: RevisionKey, status: 'done' | 'stopped' | 'failed', endedAt: number, failure: Failure | null): void
  survey(of: RevisionKey): StoredSurvey | undefined
  /**
   * The answers with a number greater than `after`, in order. Throws `corrupted` for one that is not what was written.
   */
  answers(of: RevisionKey, after?: number): StoredAnswer[]
}

type SurveyRow = SealedRow & {
  readonly plan_hash: string
  readonly begun_by: string
  readonly started_at: number
  readonly ended_at: number | null
  readonly status: string
  readonly failure: string | null
}
type HostRow = SealedRow & {
  readonly host: string
  readonly number: number
  readonly seen_at: number
  readonly body: string
}

const Status = z.enum(statuses)

/** The surveys of a database. */
export function createSurveyStore(database: Database): SurveyStore {
  const find = ({ planId, revision }: RevisionKey): StoredSurvey | undefined => {
    const row = database.get<SurveyRow>('SELECT * FROM surveys WHERE plan_id = ? AND revision = ?', planId, revision)
    if (!row) return undefined
    checkSealed(database, 'surveys', row)
    return {
      planHash: row.plan_hash,
      by: row.begun_by,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      status: Status.parse(row.status),
      failure: row.failure === null ? null : Failure.parse(JSON.parse(row.failure)),
    }
  }
  const write = (
    { planId, revision }: RevisionKey,
    { planHash, by, startedAt, endedAt, status, failure }: StoredSurvey,
  ) => {
    const values = [
      planId,
      revision,
      planHash,
      by,
      startedAt,
      endedAt,
      status,
      failure === null ? null : canonicalJson(failure),
    ]
    const changed = database.run(
      'UPDATE surveys SET plan_hash = ?, begun_by = ?, started_at = ?, ended_at = ?, status = ?, failure = ?, seal = ? WHERE plan_id = ? AND revision = ?',
      ...values.slice(2),
      sealOf(values),
      planId,
      revision,
    )
    if (changed === 0) insertSealed(database, 'surveys', values)
  }
  return {
    begin: (of, survey, all) =>
      database.transaction(() => {
        if (all) database.run('DELETE FROM surveyed_hosts WHERE plan_id = ? AND revision = ?', of.planId, of.revision)
        write(of, { ...survey, endedAt: null, status: 'running', failure: null })
      }),
    put: (of, answer, seenAt) =>
      database.transaction(() => {
        const { last } = database.get<{ last: number | null }>(
          'SELECT max(number) AS last FROM surveyed_hosts WHERE plan_id = ? AND revision = ?',
          of.planId,
          of.revision,
        ) ?? { last: 0 }
        database.run(
          'DELETE FROM surveyed_hosts WHERE plan_id = ? AND revision = ? AND host = ?',
          of.planId,
          of.revision,
          answer.host,
        )
        insertSealed(database, 'surveyed_hosts', [
          of.planId,
          of.revision,
          answer.host,
          (last ?? 0) + 1,
          seenAt,
          canonicalJson(SurveyedHost.parse(answer)),
        ])
      }),
    end: (of, status, endedAt, failure) =>
      database.transaction(() => {
        const begun = find(of)
        if (begun) write(of, { ...begun, status, endedAt, failure })
      }),
    survey: find,
    answers: (of, after = 0) =>
      database
        .all<HostRow>(
          'SELECT * FROM surveyed_hosts WHERE plan_id = ? AND revision = ? AND number > ? ORDER BY number',
          of.planId,
          of.revision,
          after,
        )
        .map((row) => {
          checkSealed(database, 'surveyed_hosts', row)
          const answer = SurveyedHost.safeParse(JSON.parse(row.body))
          if (!answer.success) throw corrupted(database.file, [damageText.answer(row.host, of.planId, of.revision)])
          return { number: row.number, seenAt: row.seen_at, answer: answer.data }
        }),
  }
}
