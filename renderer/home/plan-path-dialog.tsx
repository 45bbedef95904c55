/** Asks for the path of a plan file where the shell has no file dialog. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components'
import { useState } from 'react'
import { Modal } from '../shared/components/modal.tsx'
import { homeText } from './text.ts'
import styles from './home.module.css'

/** `onPath` gets the path without surrounding blanks, never an empty one. */
export function PlanPathDialog({
  onClose,
  onPath,
}: {
  readonly onClose: () => void
  readonly onPath: (path: string) => void
}) {
  const [path, setPath] = useState('')
  return (
    <Modal onClose={onClose}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (path.trim() !== '') onPath(path.trim())
          }}
        >
          <DialogBody>
            <DialogTitle>{homeText.openPlan}</DialogTitle>
            <DialogContent className={styles.form}>
              <Field label={homeText.openPlanPath} hint={homeText.openPlanPathHint}>
                <Input
                  value={path}
                  onChange={(_, { value }) => {
                    setPath(value)
                  }}
                />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{homeText.cancel}</Button>
              <Button appearance="primary" type="submit" disabledFocusable={path.trim() === ''}>
                {homeText.openPlanOpen}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Modal>
  )
}
