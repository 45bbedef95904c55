/** Shows that something is being read: nothing for 300 ms, then a spinner with a text and grey rows. */
import { Spinner } from '@fluentui/react-components'
import styles from './waiting.module.css'

/** `alone`: the window has no other heading yet. */
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

/** The main region of a view whose data is still being read. */
export function WaitingMain({ children, alone = false }: { readonly children: string; readonly alone?: boolean }) {
  return (
    <main id="main" tabIndex={-1} data-region="main">
      <Waiting alone={alone}>{children}</Waiting>
    </main>
  )
}
