/** The timeline of a run: one row per host with its steps, silences and waits, redrawn once a second. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { laneAt } from '../../../domain/run/run.ts'
import { hostStatus } from './host-status.ts'
import { hostsInOrder } from './host-order.ts'
import { type Stretch, ticks, Timeline as TimelineOfRun } from './timeline-bars.ts'
import { formatTime, formatElapsed, formatMinute } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { type Status, statusWords } from '../../status/status.ts'
import { chooseLane } from '../session/view-state.ts'
import { useRun, useSession } from '../session/run-store.ts'
import { useRunNow } from '../session/use-site-now.ts'
import { timelineText } from './text.ts'
import styles from './timeline.module.css'

const rowHeight = 28

export function Timeline({ filter, shown: chosen }: { readonly filter: Status | null; readonly shown: number }) {
  const { store } = useSession()
  const index = useRun((picture) => picture.state.index)
  const now = useRunNow()
  const box = useRef<HTMLDivElement>(null)
  const line = useMemo(() => new TimelineOfRun(index), [index])
  const drawn = useMemo(() => {
    const { state, log, length } = store.getState()
    line.take(log, length)
    return { state, lanes: hostsInOrder(state, { by: 'host', descending: false }, filter), at: now }
  }, [store, line, filter, now])
  const { state, lanes } = drawn
  const rows = useVirtualizer({
    count: lanes.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  })
  const from = state.startedAt ?? line.from ?? now
  const to = Math.max(state.endedAt ?? now, line.to, from + 1000)
  const percent = (at: number): number => (100 * (Math.max(from, Math.min(at, to)) - from)) / (to - from)
  const keys = (event: KeyboardEvent): void => {
    const here = lanes.indexOf(chosen)
    const next = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: lanes.length - 1,
      PageDown: here + 10,
      PageUp: here - 10,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const at = Math.max(0, Math.min(lanes.length - 1, next))
    rows.scrollToIndex(at)
    const lane = lanes[at]
    if (lane !== undefined) chooseLane(lane)
  }
  return (
    <div
      ref={box}
      className={styles.timeline}
      role="listbox"
      aria-label={timelineText.list}
      tabIndex={0}
      onKeyDown={keys}
      aria-activedescendant={`when-${chosen}`}
    >
      <div className={styles.scale} role="presentation" aria-hidden="true">
        <span className={styles.host}>{timelineText.span(formatMinute(from), formatMinute(to))}</span>
        <span className={styles.track}>
          {ticks(from, to).map((at) => (
            <span key={at} className={styles.tick} style={{ left: `${percent(at)}%` }}>
              {to - from < 600_000 ? formatTime(at) : formatMinute(at)}
            </span>
          ))}
        </span>
      </div>
      <div className={styles.rows} style={{ height: rows.getTotalSize() }} role="presentation">
        {rows.getVirtualItems().map((item) => {
          const n = lanes[item.index]
          if (n === undefined) return null
          const status = hostStatus(state, n)
          const stretches = line.lanes[n] ?? []
          return (
            <div
              key={n}
              id={`when-${n}`}
              role="option"
              aria-selected={n === chosen}
              aria-label={timelineText.row(
                laneAt(state, n).host,
                statusWords[status].toLowerCase(),
                describeStretches(stretches, now),
              )}
              className={styles.row}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => {
                chooseLane(n)
              }}
            >
              <span className={styles.host}>
                <StatusGlyph status={status} size={14} />
                <strong>{laneAt(state, n).host}</strong>
              </span>
              <span className={styles.track}>
                {line.gates.map((gate) => (
                  <i
                    key={`gate ${gate.title}`}
                    className={styles.gate}
                    title={timelineText.gate(gate.title)}
                    style={{ left: `${percent(gate.from)}%`, width: `${percent(gate.to ?? to) - percent(gate.from)}%` }}
                  />
                ))}
                {stretches.map((stretch) => (
                  <i
                    key={`${stretch.from} ${stretch.title}`}
                    className={`${styles.stretch} ${styles[stretch.status] ?? ''}`}
                    title={timelineText.stretch(
                      stretch.title,
                      statusWords[stretch.status].toLowerCase(),
                      formatTime(stretch.from),
                      formatElapsed((stretch.to ?? now) - stretch.from),
                    )}
                    style={{
                      left: `${percent(stretch.from)}%`,
                      width: `max(2px, ${percent(stretch.to ?? to) - percent(stretch.from)}%)`,
                    }}
                  />
                ))}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function describeStretches(stretches: readonly Stretch[], now: number): string {
  const first = stretches[0]
  const last = stretches.at(-1)
  if (!first || !last) return timelineText.nothingYet
  const silent = stretches
    .filter((stretch) => stretch.status === 'unreachable')
    .reduce((sum, stretch) => sum + (stretch.to ?? now) - stretch.from, 0)
  return timelineText.summary(
    formatTime(first.from),
    last.to === null ? null : formatTime(last.to),
    silent > 0 ? formatElapsed(silent) : null,
  )
}
