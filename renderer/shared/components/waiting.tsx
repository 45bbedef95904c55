/** Owns what is shown while something is read: nothing for 300 ms, then a spinner, rows, and what is read. */
import { Spinner } from '@fluentui/react-components'
import styles from './waiting.module.css'

/** `alone`: nothing else stands in the window yet, which then has its first heading here. */
export function Waiting({
  children,
  rows = 6,
  alone = false,
}: {
  readonly children: string
  readonly rows?: number
  readonly alone?: boolean
}) {
  return (
    <div className={styles.waiting} role="status">
      {alone && <h1 className={styles.unseen}>{children}</h1>}
      <Spinner size="tiny" label={children} labelPosition="after" />
      <div className={styles.rows} aria-hidden="true">
        {Array.from({ length: rows }, (_, i) => (
          <span key={i} className={styles.row} />
        ))}
      </div>
    </div>
  )
}
