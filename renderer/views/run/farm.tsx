/** Owns the farm: one tile a host, a row a wave, a group an environment; one store subscription per tile. */
import { type KeyboardEvent, memo, useMemo, useRef } from 'react'
import { laneAt } from '../../../domain/run.ts'
import { type FarmRow, farmOf, type FarmTile } from '../../run/farm-layout.ts'
import { hostStatus, laneProgress } from '../../run/host-status.ts'
import { many } from '../../run/words.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { type Status, statusWords } from '../../status/status.ts'
import { chooseLane } from '../../stores/run-place.ts'
import { useRun } from '../../stores/run-session.ts'
import { moveTile } from './move-tile.ts'
import styles from './farm.module.css'

export function Farm({ filter, shown }: { readonly filter: Status | null; readonly shown: number }) {
  const index = useRun((picture) => picture.state.index)
  const plan = useRun((picture) => picture.plan)
  const groups = useMemo(() => farmOf(index, plan), [index, plan])
  const farm = useRef<HTMLDivElement>(null)
  const keys = (event: KeyboardEvent): void => {
    if (farm.current && moveTile(farm.current, event.key)) event.preventDefault()
  }
  return (
    <div ref={farm} className={styles.farm} role="group" aria-label="Hosts" onKeyDown={keys}>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h2 className={styles.group}>{group.title} <span>{many(group.count, group.unit)}</span></h2>
          {group.rows.map((row) => <Row key={row.id} row={row} filter={filter} shown={shown} />)}
        </section>
      ))}
    </div>
  )
}

function Row({ row, filter, shown }: { readonly row: FarmRow; readonly filter: Status | null; readonly shown: number }) {
  const progress = useRun(({ state }) => {
    let settled = 0
    let excluded = 0
    for (const { lane } of row.tiles) {
      const status = hostStatus(state, lane)
      if (status === 'done' || status === 'unchanged') settled++
      else if (status === 'excluded') excluded++
    }
    return `${settled} ${excluded}`
  })
  const [settled = 0, excluded = 0] = progress.split(' ').map(Number)
  return (
    <div className={styles.row}>
      {row.wave !== null && (
        <div className={styles.head}>
          <span className={styles.wave}><strong>{row.title}</strong><span>{`${settled} of ${row.tiles.length}`}</span></span>
          {excluded > 0 && <span>{`${excluded} excluded`}</span>}
        </div>
      )}
      <div className={styles.tiles}>{row.tiles.map((tile) => <Tile key={tile.host} tile={tile} filter={filter} chosen={tile.lane === shown} />)}</div>
    </div>
  )
}

const Tile = memo(function Tile({ tile, filter, chosen }: { readonly tile: FarmTile; readonly filter: Status | null; readonly chosen: boolean }) {
  // One text for all the tile shows: it is drawn again only when that text is another.
  const shown = useRun(({ state }) => {
    const { settled, total } = laneProgress(laneAt(state, tile.lane))
    return `${hostStatus(state, tile.lane)} ${settled} ${total}`
  })
  const stepTitle = useRun(({ state }) => state.index.lanes[tile.lane]?.steps[laneAt(state, tile.lane).cursor]?.title ?? '')
  const [word, settledText, totalText] = shown.split(' ')
  const status = word as Status
  const settled = Number(settledText)
  const total = Number(totalText)
  if (filter !== null && status !== filter) return null
  const moving = status !== 'done' && status !== 'unchanged' && settled > 0
  const where = moving || status === 'running' ? `, step ${Math.min(settled + 1, total)} of ${total}, ${stepTitle}` : ''
  return (
    <button type="button" className={`${styles.tile} ${styles[status] ?? ''} ${tile.label === tile.host ? styles.named : ''}`} data-tile data-status={status} tabIndex={chosen ? 0 : -1} aria-pressed={chosen} aria-label={`${tile.host}, ${statusWords[status].toLowerCase()}${where}`} onClick={() => { chooseLane(tile.lane) }}>
      <span className={styles.label}>{tile.label}</span>
      <StatusGlyph status={status} size={12} />
      {moving && <span className={styles.bar} style={{ width: `${(100 * settled) / total}%` }} />}
    </button>
  )
})
