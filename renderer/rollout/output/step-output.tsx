/** The output of the selected step: what the host wrote during an attempt. */
import { useCallback } from 'react'
import { laneAt } from '../../../domain/run/run.ts'
import { kindTitle } from './event-line.ts'
import { formatTimeMs } from '../../shared/format.ts'
import { useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { type ListedLine, LineList, type Listing } from './line-list.tsx'
import { useOutput } from './use-output.ts'
import { outputText } from './text.ts'
import styles from './output-panel.module.css'

export function StepOutput({ lane, ...listing }: Listing & { readonly lane: number }) {
  const runId = useRun((picture) => picture.runId)
  const chosen = useViewState((view) => view.step)
  const at = useRun(({ state }) => laneAt(state, lane))
  const steps = useRun(({ state }) => state.index.lanes[lane]?.steps)
  const number = chosen ?? (at.steps[at.cursor]?.attempt ? at.cursor : Math.max(0, at.cursor - 1))
  const step = steps?.[number]
  const stepState = at.steps[number]
  const { lines, length, leftOut, failure } = useOutput(
    runId,
    step?.id ?? null,
    stepState?.attempt ?? 0,
    stepState?.status === 'running',
  )
  const kind = step ? kindTitle(step.work.kind) : ''
  const { host } = at
  const line = useCallback(
    (i: number): ListedLine => {
      const read = lines.at(i)
      return read
        ? { at: formatTimeMs(read.at), who: host, kind: read.stream === 'output' ? kind : read.stream, text: read.text }
        : { at: '', who: '', kind: '', text: '' }
    },
    [lines, host, kind],
  )
  const title = outputText.ofStep(step?.title ?? outputText.anyStep, host, stepState?.attempt ?? 0)
  const note = failure ? failure.message : leftOut > 0 ? outputText.leftOut(leftOut) : ''
  return (
    <>
      <p className={styles.title}>
        {title}
        {note === '' ? '' : ` · ${note}`}
      </p>
      {length === 0 ? (
        <p className={styles.none}>{stepState?.attempt ? outputText.none : outputText.notStarted}</p>
      ) : (
        <LineList
          key={`${step?.id ?? ''} ${stepState?.attempt ?? 0}`}
          label={title}
          count={length}
          line={line}
          {...listing}
        />
      )}
    </>
  )
}
