/** Owns the output of the chosen step: what the host itself wrote while an attempt ran. */
import { useCallback } from 'react'
import { laneAt } from '../../../domain/run/run.ts'
import { kindWord } from './event-line.ts'
import { formatCount } from '../../../domain/base/plural.ts'
import { formatTimeMs } from '../../shared/format.ts'
import { useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { type ListedLine, LineList, type Listing } from './line-list.tsx'
import { useOutput } from './use-output.ts'
import styles from './output-panel.module.css'

export function StepOutput({ lane, ...listing }: Listing & { readonly lane: number }) {
  const runId = useRun((picture) => picture.runId)
  const chosen = useViewState((place) => place.step)
  const at = useRun(({ state }) => laneAt(state, lane))
  const steps = useRun(({ state }) => state.index.lanes[lane]?.steps)
  const place = chosen ?? (at.steps[at.cursor]?.attempt ? at.cursor : Math.max(0, at.cursor - 1))
  const step = steps?.[place]
  const stands = at.steps[place]
  const { lines, length, leftOut, failure } = useOutput(
    runId,
    step?.id ?? null,
    stands?.attempt ?? 0,
    stands?.status === 'running',
  )
  const kind = step ? kindWord(step.work.kind) : ''
  const { host } = at
  const line = useCallback(
    (i: number): ListedLine => {
      const one = lines.at(i)
      return one
        ? { at: formatTimeMs(one.at), who: host, kind: one.stream === 'output' ? kind : one.stream, text: one.text }
        : { at: '', who: '', kind: '', text: '' }
    },
    [lines, host, kind],
  )
  const title = `Output of ${step?.title ?? 'the step'} on ${host}${stands && stands.attempt > 1 ? `, attempt ${stands.attempt}` : ''}`
  const note = failure ? failure.message : leftOut > 0 ? `${formatCount(leftOut)} bytes were left out` : ''
  return (
    <>
      <p className={styles.title}>
        {title}
        {note === '' ? '' : ` · ${note}`}
      </p>
      {length === 0 ? (
        <p className={styles.none}>{stands?.attempt ? 'No output so far.' : 'The step has not begun.'}</p>
      ) : (
        <LineList
          key={`${step?.id ?? ''} ${stands?.attempt ?? 0}`}
          label={title}
          count={length}
          line={line}
          {...listing}
        />
      )}
    </>
  )
}
