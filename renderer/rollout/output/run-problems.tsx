/** The hosts with problems: failed, waiting for a person, not answering, or in an unknown state. */
import { hostSentence, hostStatus, troubled } from '../hosts/host-status.ts'
import { laneAt } from '../../../domain/run/run.ts'
import { StatusText } from '../../status/status-glyph.tsx'
import { chooseLane } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { useRunNow } from '../session/use-site-now.ts'
import { panelText } from './text.ts'
import styles from './output-panel.module.css'

export function RunProblems() {
  const state = useRun((picture) => picture.state)
  const now = useRunNow()
  const lanes = troubled(state)
  if (lanes.length === 0) return <p className={styles.none}>{panelText.noProblem}</p>
  return (
    <ul className={styles.problems} aria-label={panelText.problems} tabIndex={0}>
      {lanes.map((n) => {
        const lane = laneAt(state, n)
        const failure = lane.steps[lane.cursor]?.failure ?? lane.unreachable?.failure
        return (
          <li key={n}>
            <button
              type="button"
              className={styles.problem}
              onClick={() => {
                chooseLane(n)
              }}
            >
              <strong>{lane.host}</strong>
              <StatusText status={hostStatus(state, n)} />
              <span>{hostSentence(state, n, now) || (failure?.message ?? '')}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
