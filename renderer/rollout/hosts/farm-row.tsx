/** One row of the farm: a head with counts, and tiles that each subscribe to the store on their own. */
import { memo } from 'react'
import type { GraphIndex } from '../../../domain/graph/graph-index.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { FarmRow, FarmTile } from './farm-layout.ts'
import { hostStatus, isThrough, laneProgress } from './host-status.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { type Status, statusWords } from '../../status/status.ts'
import { chooseLane } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { farmText } from './text.ts'
import styles from './farm.module.css'

// A planned wave says what it waits for only where its row has more than one line.
const oneLine = 18

export const FarmRowView = memo(function FarmRowView({
  row,
  filter,
  shown,
}: {
  readonly row: FarmRow
  readonly filter: Status | null
  readonly shown: number
}) {
  // All values of the head in one text: the head is drawn again only when that text changes.
  const [word, settled, excluded, skipped, matching] = useRun(({ state }) => headOf(state, row, filter)).split(' ')
  const status = word as Status
  const index = useRun(({ state }) => state.index)
  const slots = index.graph.policy.stageConcurrency.runner ?? index.graph.policy.concurrency
  const without = [
    excluded !== '0' ? farmText.excluded(excluded ?? '') : '',
    skipped !== '0' ? farmText.skipped(skipped ?? '') : '',
  ]
    .filter(Boolean)
    .join(', ')
  const note =
    without !== ''
      ? without
      : row.wave === null
        ? ''
        : status === 'running' && row.tiles.length > slots
          ? farmText.atATime(slots)
          : status === 'planned' && row.wave > 1 && row.tiles.length > oneLine
            ? farmText.startsAfter(row.wave - 1)
            : ''
  if (matching === '0') return null
  return (
    <div
      className={styles.row}
      role="group"
      aria-label={row.wave === null ? row.title : farmText.row(row.id.replace(/\/\d+$/, ''), row.title)}
    >
      <div className={styles.head}>
        <span className={styles.wave}>
          <StatusGlyph status={status} size={14} label={statusWords[status]} />
          <strong>{row.title}</strong>
          <span>{status === 'planned' ? row.tiles.length : farmText.countOf(Number(settled), row.tiles.length)}</span>
        </span>
        {status === 'running' && row.wave !== null && (
          <span className={styles.track}>
            <span className={styles.fill} style={{ width: `${(100 * Number(settled)) / row.tiles.length}%` }} />
          </span>
        )}
        {note !== '' && <span className={styles.noteLine}>{note}</span>}
      </div>
      <div className={styles.tiles}>
        {row.tiles.map((tile) => (
          <Tile key={tile.host} tile={tile} index={index} filter={filter} chosen={tile.lane === shown} />
        ))}
      </div>
    </div>
  )
})

function headOf(state: RunState, row: FarmRow, filter: Status | null): string {
  const counts = { settled: 0, excluded: 0, skipped: 0, failed: 0, planned: 0, matching: 0 }
  for (const { lane } of row.tiles) {
    const status = hostStatus(state, lane)
    if (filter === null || status === filter) counts.matching++
    if (status === 'done' || status === 'unchanged') counts.settled++
    else if (status === 'excluded') counts.excluded++
    else if (status === 'skipped') counts.skipped++
    else if (status === 'failed') counts.failed++
    else if (status === 'planned') counts.planned++
  }
  const all = row.tiles.length
  const status: Status =
    counts.failed > 0
      ? 'failed'
      : counts.settled + counts.excluded + counts.skipped === all
        ? counts.settled > 0
          ? 'done'
          : counts.skipped > 0
            ? 'skipped'
            : 'excluded'
        : counts.planned === all
          ? 'planned'
          : state.status === 'finished'
            ? 'cancelled'
            : 'running'
  return `${status} ${counts.settled} ${counts.excluded} ${counts.skipped} ${counts.matching}`
}

const Tile = memo(function Tile({
  tile,
  index,
  filter,
  chosen,
}: {
  readonly tile: FarmTile
  readonly index: GraphIndex
  readonly filter: Status | null
  readonly chosen: boolean
}) {
  const shown = useRun(({ state }) => {
    const lane = laneAt(state, tile.lane)
    const { settled, total } = laneProgress(lane)
    return `${hostStatus(state, tile.lane)} ${settled} ${total} ${lane.cursor}`
  })
  const [word, settledText, totalText, cursor] = shown.split(' ')
  const title = index.lanes[tile.lane]?.steps[Number(cursor)]?.title ?? ''
  const status = word as Status
  const settled = Number(settledText)
  const total = Number(totalText)
  if (filter !== null && status !== filter) return null
  const moving = !isThrough(status) && settled > 0
  const stepShown = moving || status === 'running' ? farmText.tileStep(Math.min(settled + 1, total), total, title) : ''
  return (
    <button
      type="button"
      className={`${styles.tile} ${styles[status] ?? ''} ${tile.label === tile.host ? styles.named : ''}`}
      data-tile
      data-status={status}
      tabIndex={chosen ? 0 : -1}
      aria-pressed={chosen}
      aria-label={farmText.tile(tile.host, statusWords[status].toLowerCase(), stepShown)}
      onClick={() => {
        chooseLane(tile.lane)
      }}
    >
      <span className={styles.label}>{tile.label}</span>
      <StatusGlyph status={status} size={12} />
      {moving && <span className={styles.bar} style={{ width: `${(100 * settled) / total}%` }} />}
    </button>
  )
})
