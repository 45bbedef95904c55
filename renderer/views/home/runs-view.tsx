/** Owns the page of all runs. */
import { Waiting } from '../../components/waiting.tsx'
import { useHome } from '../../stores/home.ts'
import { RunList } from './run-list.tsx'
import styles from './home.module.css'

export function RunsView() {
  const home = useHome((store) => store.home)
  return (
    <main id="main" className={styles.page} tabIndex={-1} data-region="main">
      <div className={styles.reading}>
        <h1 className={styles.title}>Runs</h1>
        {!home ? <Waiting>Reading runs</Waiting> : home.runs.length === 0 ? <p className={styles.lead}>No run yet. A run begins from the Rollout page of a locked plan.</p> : <RunList runs={home.runs} home={home} />}
      </div>
    </main>
  )
}
