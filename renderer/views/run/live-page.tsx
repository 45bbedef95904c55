/** Owns the live picture: filters and hosts, the lane of the chosen host, the output below. */
import { useEffect, useMemo } from 'react'
import { members } from '../../../domain/bits.ts'
import { hostStatus } from '../../run/host-status.ts'
import { count } from '../../run/words.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { type Status, statusWords } from '../../status/status.ts'
import { type HostsAs, useRunPlace } from '../../stores/run-place.ts'
import { useRun, useSession } from '../../stores/run-session.ts'
import { Farm } from './farm.tsx'
import { HostsTable } from './hosts-table.tsx'
import { LanePanel } from './lane-panel.tsx'
import { OutputPanel } from './output-panel.tsx'
import styles from './live-page.module.css'

const order: readonly Status[] = ['done', 'unchanged', 'running', 'waiting', 'planned', 'failed', 'needs-you', 'unreachable', 'unknown', 'excluded', 'cancelled']

export function LivePage() {
  const hostsAs = useRunPlace((place) => place.hostsAs)
  const filter = useRunPlace((place) => place.filter)
  const lane = useFirstLane()
  return (
    <div className={styles.page}>
      <main id="main" className={styles.main} tabIndex={-1} data-region="main">
        <ToolRow />
        <div className={styles.hosts}>{hostsAs === 'table' ? <HostsTable filter={filter} /> : <Farm filter={filter} />}</div>
      </main>
      {lane !== null && <LanePanel key={lane} lane={lane} />}
      <OutputPanel lane={lane} />
    </div>
  )
}

// Something is always chosen, so that the panel never stands empty; it stays what it is when the run goes on.
function useFirstLane(): number | null {
  const chosen = useRunPlace((place) => place.lane)
  const { store } = useSession()
  useEffect(() => {
    if (chosen !== null) return
    const { state } = store.getState()
    const [busy] = [...members(state.running)]
    useRunPlace.setState({ lane: busy ?? state.index.stages[state.stage]?.lanes[0] ?? 0 })
  }, [chosen, store])
  return chosen
}

function ToolRow() {
  const state = useRun((picture) => picture.state)
  const filter = useRunPlace((place) => place.filter)
  const hostsAs = useRunPlace((place) => place.hostsAs)
  const counts = useMemo(() => {
    const found = new Map<Status, number>()
    state.index.lanes.forEach((_, n) => {
      const status = hostStatus(state, n)
      found.set(status, (found.get(status) ?? 0) + 1)
    })
    return found
  }, [state])
  const choose = (status: Status | null): void => { useRunPlace.setState({ filter: status }) }
  return (
    <div className={styles.tools}>
      <div className={styles.chips} role="group" aria-label="Filter by status">
        <button type="button" className={styles.chip} aria-pressed={filter === null} onClick={() => { choose(null) }}>All <strong>{count(state.index.lanes.length)}</strong></button>
        {order.map((status) => {
          const n = counts.get(status) ?? 0
          return n > 0 || filter === status ? (
            <button key={status} type="button" className={styles.chip} aria-pressed={filter === status} onClick={() => { choose(filter === status ? null : status) }}>
              <StatusGlyph status={status} size={14} />
              {statusWords[status]} <strong>{count(n)}</strong>
            </button>
          ) : null
        })}
      </div>
      <div className={styles.views} role="group" aria-label="Hosts as">
        {(['farm', 'table'] satisfies HostsAs[]).map((view) => (
          <button key={view} type="button" className={styles.view} aria-pressed={hostsAs === view} onClick={() => { useRunPlace.setState({ hostsAs: view }) }}>{view === 'farm' ? 'Farm' : 'Table'}</button>
        ))}
      </div>
    </div>
  )
}
