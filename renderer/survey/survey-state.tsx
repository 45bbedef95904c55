/** Owns the strip over the matrix: how far the survey is, who made it and how old it is. */
import { type ReactNode, useEffect } from 'react'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { formatCount } from '../../domain/base/plural.ts'
import { formatDuration, formatWhen } from '../shared/format.ts'
import { StatusTag } from '../status/status-glyph.tsx'
import type { Status } from '../status/status.ts'
import { announce } from '../shared/announcer.ts'
import type { SurveyResult } from './survey-store.ts'
import type { Row } from './matrix.ts'
import styles from './survey.module.css'

const tags: Record<SurveyResult['status'], { readonly status: Status; readonly word: string }> = {
  running: { status: 'running', word: 'Running' },
  done: { status: 'done', word: 'Done' },
  stopped: { status: 'cancelled', word: 'Stopped' },
  failed: { status: 'failed', word: 'Failed' },
  unended: { status: 'unknown', word: 'Not ended' },
}

export function SurveyState({
  result,
  rows,
  acts,
}: {
  readonly result: SurveyResult
  readonly rows: readonly Row[]
  readonly acts: ReactNode
}) {
  const seen = rows.filter((row) => row.seen !== undefined)
  const answered = seen.filter((row) => row.seen?.unreached === null).length
  const tag = tags[result.status]
  const sentence =
    result.status === 'running'
      ? `${formatCount(answered)} of ${formatCount(rows.length)} hosts answered`
      : `${formatCount(answered)} of ${formatCount(rows.length)} hosts answered, asked by ${result.by}, ${formatWhen(result.startedAt, Date.now())}`
  useEffect(() => {
    announce('survey', () => `Survey ${tag.word.toLowerCase()}: ${sentence}`)
  }, [tag.word, sentence])
  const oldest = Math.min(...seen.flatMap((row) => row.seen?.seenAt ?? []))
  const age = Number.isFinite(oldest) ? Date.now() - oldest : 0
  return (
    <section className={styles.state} aria-label="State of the survey">
      <div className={styles.stateLine}>
        <StatusTag status={tag.status}>{tag.word}</StatusTag>
        <span>{sentence}</span>
        {result.status !== 'running' && age > 60 * 60_000 && (
          <span>{`The oldest answer is ${formatDuration(age)} old.`}</span>
        )}
        <span className={styles.space} />
        {acts}
      </div>
      {result.status === 'unended' && (
        <p className={styles.note}>
          It may be under way in another window or on the command line; answers show here as they come. If not, survey
          again.
        </p>
      )}
      {result.planChanged && (
        <p className={styles.note}>
          The plan was edited after this survey. Findings are judged against the plan as it is now; paths and clocks are
          those of the survey.
        </p>
      )}
      <FailureNote failure={result.failure} />
    </section>
  )
}
