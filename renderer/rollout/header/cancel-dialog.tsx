/** Asks before a run is cancelled: shows the running steps, takes the reason, and offers to pause instead. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Textarea,
} from '@fluentui/react-components'
import { useState } from 'react'
import { members } from '../../../domain/run/lane-sets.ts'
import { laneAt } from '../../../domain/run/run.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { Modal } from '../../shared/components/modal.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { useRun } from '../session/run-store.ts'
import { cancelText } from './text.ts'
import styles from './cancel-dialog.module.css'

export function CancelDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useClient()
  const act = useAct()
  const [why, setWhy] = useState('')
  const runId = useRun((picture) => picture.runId)
  const state = useRun((picture) => picture.state)
  const running = [...members(state.running)].map((n) => ({
    host: laneAt(state, n).host,
    title: state.index.lanes[n]?.steps[laneAt(state, n).cursor]?.title ?? '',
  }))
  const cancel = async (): Promise<void> => {
    await client.call('run.cancel', { runId, why })
    onClose()
  }
  const pause = async (): Promise<void> => {
    await client.call('run.pause', { runId, why: why.trim() })
    onClose()
  }
  return (
    <Modal onClose={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{cancelText.title}</DialogTitle>
          <DialogContent className={styles.body}>
            <p>
              {running.length === 0 ? cancelText.nothingRuns : cancelText.stepsRun(running.length)} {cancelText.after}
            </p>
            <ul className={styles.list}>
              {running.slice(0, 12).map(({ host, title }) => (
                <li key={host}>
                  <strong>{host}</strong> {title}
                </li>
              ))}
            </ul>
            {running.length > 12 && <p>{cancelText.more(running.length - 12)}</p>}
            <Field label={cancelText.reason} required>
              <Textarea
                value={why}
                onChange={(_, { value }) => {
                  setWhy(value)
                }}
              />
            </Field>
            <FailureNote failure={act.failure} />
          </DialogContent>
          <DialogActions fluid>
            <Button onClick={onClose}>
              {state.status === 'paused' ? cancelText.keepPaused : cancelText.keepRunning}
            </Button>
            {state.status === 'running' && (
              <Button
                title={cancelText.pauseHint}
                onClick={() => {
                  if (!act.busy) void act.run(pause)
                }}
              >
                {cancelText.pauseInstead}
              </Button>
            )}
            <Button
              appearance="primary"
              disabledFocusable={why.trim() === '' || act.busy}
              title={why.trim() === '' ? cancelText.reasonMissing : undefined}
              onClick={() => {
                if (why.trim() !== '' && !act.busy) void act.run(cancel)
              }}
            >
              {cancelText.cancel}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  )
}
