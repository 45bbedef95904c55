/** One row of the table of hosts, drawn again only when its own values change. */
import { memo } from 'react'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { hostSentence, hostStatus, laneProgress } from './host-status.ts'
import { StatusText } from '../../status/status-glyph.tsx'
import type { Status } from '../../status/status.ts'
import { chooseLane } from '../session/view-state.ts'
import { useRun, useSession } from '../session/run-store.ts'
import { tableText } from './text.ts'
import styles from './hosts-table.module.css'

interface HostRowProps {
  readonly lane: number
  readonly top: number
  readonly rowIndex: number
  readonly chosen: boolean
  readonly picked: boolean
  readonly onPick: (lane: number) => void
}

// Only these statuses show the current step: the next step of an idle host is of no interest.
const busy: ReadonlySet<Status> = new Set<Status>(['running', 'failed', 'needs-you', 'unreachable', 'unknown'])

export const HostRow = memo(function HostRow({ lane, top, rowIndex, chosen, picked, onPick }: HostRowProps) {
  const { siteNow } = useSession()
  const host = useRun(({ state }) => laneAt(state, lane).host)
  const status = useRun(({ state }) => hostStatus(state, lane))
  const progress = useRun(({ state }) => progressOf(state, lane))
  const sentence = useRun(
    ({ state }) =>
      hostSentence(state, lane, siteNow()) ||
      (busy.has(status) ? (state.index.lanes[lane]?.steps[laneAt(state, lane).cursor]?.title ?? '') : ''),
  )
  const attempt = useRun(({ state }) => laneAt(state, lane).steps[laneAt(state, lane).cursor]?.attempt ?? 0)
  return (
    <div
      id={`host-${lane}`}
      className={styles.row}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={picked}
      aria-current={chosen ? 'true' : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        chooseLane(lane)
      }}
    >
      <span role="gridcell">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={tableText.select(host)}
          checked={picked}
          onClick={(event) => {
            event.stopPropagation()
          }}
          onChange={() => {
            onPick(lane)
          }}
        />
      </span>
      <strong role="gridcell">{host}</strong>
      <span role="gridcell">
        <StatusText status={status} />
      </span>
      <span role="gridcell" title={sentence}>
        {sentence}
      </span>
      <span role="gridcell" className={styles.number}>
        {progress}
      </span>
      <span role="gridcell" className={styles.number}>
        {busy.has(status) && attempt > 0 ? attempt : ''}
      </span>
    </div>
  )
})

function progressOf(state: RunState, n: number): string {
  const { settled, total } = laneProgress(laneAt(state, n))
  return tableText.progress(settled, total)
}
