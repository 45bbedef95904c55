/** Says why a file could not become a plan. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import type { Failure } from '../../domain/base/failure.ts'
import type { PlanProblem } from '../../domain/plan/plan-problem.ts'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { Modal } from '../shared/components/modal.tsx'
import { homeText } from './text.ts'
import styles from './home.module.css'

/** Nothing while there is neither a failure nor a problem. */
export function RefusedPlanDialog({
  failure,
  problems,
  onClose,
}: {
  readonly failure: Failure | null
  readonly problems: readonly PlanProblem[]
  readonly onClose: () => void
}) {
  if (failure === null && problems.length === 0) return null
  return (
    <Modal onClose={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{homeText.refusedTitle}</DialogTitle>
          <DialogContent>
            <FailureNote failure={failure} />
            <ul className={styles.problems}>
              {problems.map(({ path, message }) => (
                <li key={path + message}>
                  <code>{path === '' ? homeText.refusedWhole : path}</code> {message}
                </li>
              ))}
            </ul>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {homeText.close}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  )
}
