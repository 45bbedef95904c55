/** Owns the question before a run is cancelled: what is in flight, what happens to it, and why. */
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
import { members } from '../../../domain/run/bits.ts'
import { laneAt } from '../../../domain/run/run.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { Modal } from '../../shared/components/modal.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { plural } from '../../../domain/base/plural.ts'
import { useRun } from '../session/run-store.ts'
import styles from './cancel-dialog.module.css'

export function CancelDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useClient()
  const act = useAct()
  const [why, setWhy] = useState('')
  const runId = useRun((picture) => picture.runId)
  const state = useRun((picture) => picture.state)
  const flying = [...members(state.running)].map((n) => ({
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
          <DialogTitle>Cancel this rollout?</DialogTitle>
          <DialogContent className={styles.body}>
            <p>
              {flying.length === 0
                ? 'Nothing is in flight.'
                : `${plural(flying.length, 'step')} in flight: each ends by itself, then nothing new begins.`}{' '}
              Files that Rollout copied are removed. Nothing is undone on any host.
            </p>
            <ul className={styles.list}>
              {flying.slice(0, 12).map(({ host, title }) => (
                <li key={host}>
                  <strong>{host}</strong> {title}
                </li>
              ))}
            </ul>
            {flying.length > 12 && <p>{`and ${flying.length - 12} more`}</p>}
            <Field label="Reason, goes to the log" required>
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
            <Button onClick={onClose}>Keep running</Button>
            {state.status === 'running' && (
              <Button
                title="Nothing is lost: resume when you like"
                onClick={() => {
                  if (!act.busy) void act.run(pause)
                }}
              >
                Pause after current steps
              </Button>
            )}
            <Button
              appearance="primary"
              disabledFocusable={why.trim() === '' || act.busy}
              title={why.trim() === '' ? 'Say why first' : undefined}
              onClick={() => {
                if (why.trim() !== '' && !act.busy) void act.run(cancel)
              }}
            >
              Cancel rollout
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  )
}
