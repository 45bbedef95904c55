/** Owns the table of hosts of a run: rows of fixed height, only those in sight mounted. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useMemo, useRef } from 'react'
import { laneAt } from '../../../domain/run.ts'
import { hostSentence, hostStatus, laneProgress } from '../../run/host-status.ts'
import { StatusText } from '../../status/status-glyph.tsx'
import type { Status } from '../../status/status.ts'
import { chooseLane } from '../../stores/run-place.ts'
import { useRun, useSession } from '../../stores/run-session.ts'
import styles from './hosts-table.module.css'

const rowHeight = 36

export function HostsTable({ filter, shown: chosen }: { readonly filter: Status | null; readonly shown: number }) {
  const state = useRun((picture) => picture.state)
  const box = useRef<HTMLDivElement>(null)
  const lanes = useMemo(
    () => state.index.lanes.map((lane, n) => ({ n, host: lane.host })).filter(({ n }) => filter === null || hostStatus(state, n) === filter).sort((a, b) => (a.host < b.host ? -1 : 1)),
    [state, filter],
  )
  const rows = useVirtualizer({ count: lanes.length, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 8 })
  const keys = (event: KeyboardEvent): void => {
    const here = lanes.findIndex(({ n }) => n === chosen)
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: lanes.length - 1, PageDown: here + 10, PageUp: here - 10 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const to = Math.max(0, Math.min(lanes.length - 1, next))
    const lane = lanes[to]
    if (!lane) return
    rows.scrollToIndex(to)
    chooseLane(lane.n)
  }
  return (
    <div ref={box} className={styles.table} role="grid" aria-label="Hosts" aria-rowcount={lanes.length + 1} tabIndex={0} onKeyDown={keys} aria-activedescendant={`host-${chosen}`}>
      <div className={`${styles.row} ${styles.head}`} role="row">
        {['Host', 'Status', 'Step', 'Progress', 'Attempts'].map((title) => <span key={title} role="columnheader">{title}</span>)}
      </div>
      <div className={styles.body} style={{ height: rows.getTotalSize() }} role="presentation">
        {rows.getVirtualItems().map((item) => {
          const lane = lanes[item.index]
          return lane ? <Row key={lane.n} lane={lane.n} host={lane.host} top={item.start} rowIndex={item.index + 2} chosen={lane.n === chosen} /> : null
        })}
      </div>
    </div>
  )
}

const Row = memo(function Row({ lane, host, top, rowIndex, chosen }: { readonly lane: number; readonly host: string; readonly top: number; readonly rowIndex: number; readonly chosen: boolean }) {
  const state = useRun((picture) => picture.state)
  const { siteNow } = useSession()
  const at = laneAt(state, lane)
  const { settled, total } = laneProgress(at)
  const status = hostStatus(state, lane)
  // What comes next is of no interest before it begins.
  const busy = ['running', 'failed', 'needs-you', 'unreachable', 'unknown'].includes(status)
  const step = state.index.lanes[lane]?.steps[at.cursor]
  return (
    <div id={`host-${lane}`} className={styles.row} role="row" aria-rowindex={rowIndex} aria-selected={chosen} style={{ transform: `translateY(${top}px)` }} onClick={() => { chooseLane(lane) }}>
      <strong role="gridcell">{host}</strong>
      <span role="gridcell"><StatusText status={status} /></span>
      <span role="gridcell">{hostSentence(state, lane, siteNow()) || (busy ? (step?.title ?? '') : '')}</span>
      <span role="gridcell" className={styles.number}>{`${settled} of ${total}`}</span>
      <span role="gridcell" className={styles.number}>{busy ? (at.steps[at.cursor]?.attempt ?? '') : ''}</span>
    </div>
  )
})
