/** Owns the help: what this screen is for, every key, and the way back to the guidance of the practice site. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { Modal } from '../shared/components/modal.tsx'
import { setGuide, useGuide } from '../guide/guide-store.ts'
import { useRoute } from '../shared/route.ts'
import { helpFor } from './help-text.ts'
import { keyList } from './keys.ts'
import styles from './help-dialog.module.css'

export function HelpDialog({ practice, onClose }: { readonly practice: boolean; readonly onClose: () => void }) {
  const { title, text } = helpFor(useRoute())
  const shown = useGuide((guide) => guide.shown)
  return (
    <Modal onClose={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{`Help: ${title}`}</DialogTitle>
          <DialogContent className={styles.content} tabIndex={0}>
            <p>{text}</p>
            <h3 className={styles.heading}>Keys</h3>
            <table className={styles.keys}>
              <tbody>
                {keyList.map(({ keys, does }) => (
                  <tr key={keys}>
                    <th scope="row">
                      <kbd>{keys}</kbd>
                    </th>
                    <td>{does}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className={styles.quiet}>No key cancels, aborts or opens a gate.</p>
          </DialogContent>
          <DialogActions>
            {practice && !shown && (
              <Button
                onClick={() => {
                  setGuide(true)
                  onClose()
                }}
              >
                Show the practice guide
              </Button>
            )}
            <Button appearance="primary" onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  )
}
