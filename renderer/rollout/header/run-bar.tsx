/** Owns the header of a run: its state, its numbers, pause and cancel. */
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
  const { status, word } = standing({ state, engine })
  const goesOn = state.status === 'paused' || state.status === 'created' || engine.role === 'free'
  const { runId } = summary
  return (
    <section className={styles.bar} aria-label="Page bar" data-region="page bar" tabIndex={-1}>
      <div className={styles.line}>
        <h1 className={styles.title}>Rollout</h1>
        <StatusTag status={status}>{word}</StatusTag>
        <span className={styles.what}>
          {`${number === null ? '' : `Run ${number} · `}plan r${summary.revision} `}
          <code title={summary.planHash}>{shortHash(summary.planHash)}</code>
        </span>
        <span className={styles.space} />
        <RunNumbers />
        {acts && (
          <>
            {goesOn ? (
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
                Resume
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
                Pause
              </Button>
            ) : null}
            {state.status !== 'cancelling' && (
              <Button
                icon={<Square20Regular />}
                onClick={() => {
                  setCancelling(true)
                }}
              >
                Cancel
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

/** The status of the whole run, with its word. */
export function standing({ state, engine }: Pick<RunPicture, 'state' | 'engine'>): {
  readonly status: Status
  readonly word: string
} {
  if (state.status === 'finished') {
    if (state.outcome === 'accepted') return { status: 'done', word: 'Accepted' }
    return state.outcome === 'cancelled'
      ? { status: 'cancelled', word: 'Cancelled' }
      : { status: 'warn', word: 'Accepted with exceptions' }
  }
  if (state.status === 'cancelling') return { status: 'waiting', word: 'Being cancelled' }
  if (state.status === 'paused') return { status: 'waiting', word: `Paused by ${state.pause?.by ?? 'nobody'}` }
  if (pendingGate(state) !== null || state.deciding.some((word) => word !== 0))
    return { status: 'needs-you', word: 'Needs you' }
  if (engine.role === 'free') return { status: 'waiting', word: 'Nobody drives it' }
  return state.status === 'created' ? { status: 'planned', word: 'Planned' } : { status: 'running', word: 'Running' }
}
