/** Owns what is shown while something is read: nothing for 300 ms, then a spinner, rows, and what is read. */
import { Spinner } from '@fluentui/react-components'
import styles from './waiting.module.css'

export function Waiting({ children, rows = 6 }: { readonly children: string; readonly rows?: number }) {
  return (
    <div className={styles.waiting} role="status">
      <Spinner size="tiny" label={children} labelPosition="after" />
      <div className={styles.rows} aria-hidden="true">
        {Array.from({ length: rows }, (_, i) => <span key={i} className={styles.row} />)}
      </div>
    </div>
  )
}
