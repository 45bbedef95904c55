/** The bar of a run: its state and numbers, with pause, resume and cancel. */
import { Button } from '@fluentui/react-components'
import { Pause20Regular, Play20Regular, Square20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { pendingGate } from '../../../domain/run/pending.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { shortHash } from '../../shared/format.ts'
import { StatusTag } from '../../status/status-glyph.tsx'
import type { Status } from '../../status/status.ts'
import { runNumber, useOverview } from '../../shared/overview-store.ts'
import { mayAct, type RunPicture, useRun } from '../session/run-store.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { RunNumbers } from './run-numbers.tsx'
import { barText, runStateText } from './text.ts'
import styles from './run-bar.module.css'

export function RunBar() {
  const client = useClient()
  const act = useAct()
  const [cancelling, setCancelling] = useState(false)
  const summary = useRun((picture) => picture.summary)
  const state = useRun((picture) => picture.state)
  const engine = useRun((picture) => picture.engine)
  const acts = useRun(mayAct) && state.status !== 'finished'
  const number = useOverview((store) => runNumber(store.home, summary))
  const { status, word } = statusOfRun({ state, engine })
  const canResume = state.status === 'paused' || state.status === 'created' || engine.role === 'free'
  const { runId } = summary
  return (
    <section className={styles.bar} aria-label={barText.region} data-region="page bar" tabIndex={-1}>
      <div className={styles.line}>
        <h1 className={styles.title}>{barText.title}</h1>
        <StatusTag status={status}>{word}</StatusTag>
        <span className={styles.what}>
          {`${number === null ? '' : `${barText.run(number)} · `}${barText.plan(summary.revision)} `}
          <code title={summary.planHash}>{shortHash(summary.planHash)}</code>
        </span>
        <span className={styles.space} />
        <RunNumbers />
        {acts && (
          <>
            {canResume ? (
              <Button
                appearance="primary"
                icon={<Play20Regular />}
                disabledFocusable={act.busy}
                onClick={() => {
                  if (!act.busy)
                    void act.run(async () => {
                      await client.call('run.resume', { runId })
                    })
                }}
              >
                {barText.resume}
              </Button>
            ) : state.status === 'running' ? (
              <Button
                icon={<Pause20Regular />}
                title="F9"
                disabledFocusable={act.busy}
                onClick={() => {
                  if (!act.busy)
                    void act.run(async () => {
                      await client.call('run.pause', { runId })
                    })
                }}
              >
                {barText.pause}
              </Button>
            ) : null}
            {state.status !== 'cancelling' && (
              <Button
                icon={<Square20Regular />}
                onClick={() => {
                  setCancelling(true)
                }}
              >
                {barText.cancel}
              </Button>
            )}
          </>
        )}
      </div>
      <FailureNote failure={act.failure} />
      {cancelling && (
        <CancelDialog
          onClose={() => {
            setCancelling(false)
          }}
        />
      )}
    </section>
  )
}

/** Returns the status of the whole run, and the words for it. */
export function statusOfRun({ state, engine }: Pick<RunPicture, 'state' | 'engine'>): {
  readonly status: Status
  readonly word: string
} {
  if (state.status === 'finished') {
    if (state.outcome === 'accepted') return { status: 'done', word: runStateText.accepted }
    return state.outcome === 'cancelled'
      ? { status: 'cancelled', word: runStateText.cancelled }
      : { status: 'warn', word: runStateText.acceptedWithExceptions }
  }
  if (state.status === 'cancelling') return { status: 'waiting', word: runStateText.cancelling }
  if (state.status === 'paused')
    return { status: 'waiting', word: state.pause ? runStateText.pausedBy(state.pause.by) : runStateText.paused }
  if (pendingGate(state) !== null || state.deciding.some((bits) => bits !== 0))
    return { status: 'needs-you', word: runStateText.needsYou }
  if (engine.role === 'free') return { status: 'waiting', word: runStateText.interrupted }
  return state.status === 'created'
    ? { status: 'planned', word: runStateText.planned }
    : { status: 'running', word: runStateText.running }
}
