/** The strip over the matrix: how far the survey is, who started it and how old it is. */
import { type ReactNode, useEffect } from 'react'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { formatDuration, formatWhen } from '../shared/format.ts'
import { StatusTag } from '../status/status-glyph.tsx'
import type { Status } from '../status/status.ts'
import { announce } from '../shared/announcer.ts'
import type { SurveyResult } from './survey-store.ts'
import { surveyText } from './text.ts'
import type { Row } from './matrix.ts'
import styles from './survey.module.css'

const tags: Record<SurveyResult['status'], { readonly status: Status; readonly word: string }> = {
  running: { status: 'running', word: surveyText.states.running },
  done: { status: 'done', word: surveyText.states.done },
  stopped: { status: 'cancelled', word: surveyText.states.stopped },
  failed: { status: 'failed', word: surveyText.states.failed },
  unended: { status: 'unknown', word: surveyText.states.unended },
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
    surveyText.answered(answered, rows.length) +
    (result.status === 'running' ? '' : surveyText.startedBy(result.by, formatWhen(result.startedAt, Date.now())))
  useEffect(() => {
    announce('survey', () => surveyText.announced(tag.word, sentence))
  }, [tag.word, sentence])
  const oldest = Math.min(...seen.flatMap((row) => row.seen?.seenAt ?? []))
  const age = Number.isFinite(oldest) ? Date.now() - oldest : 0
  return (
    <section className={styles.state} aria-label={surveyText.state}>
      <div className={styles.stateLine}>
        <StatusTag status={tag.status}>{tag.word}</StatusTag>
        <span>{sentence}</span>
        {result.status !== 'running' && age > 60 * 60_000 && <span>{surveyText.oldest(formatDuration(age))}</span>}
        <span className={styles.space} />
        {acts}
      </div>
      {result.status === 'unended' && <p className={styles.note}>{surveyText.unended}</p>}
      {result.planChanged && <p className={styles.note}>{surveyText.planChanged}</p>}
      <FailureNote failure={result.failure} />
    </section>
  )
}
