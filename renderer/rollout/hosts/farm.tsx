/** The farm: hosts grouped by environment, one row per wave. Above a thousand hosts only visible rows are mounted. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { type FarmGroup, type FarmRow, farmOf } from './farm-layout.ts'
import { plural } from '../../../domain/base/plural.ts'
import type { Status } from '../../status/status.ts'
import { useRun } from '../session/run-store.ts'
import { FarmRowView } from './farm-row.tsx'
import { moveTile } from './move-tile.ts'
import { farmText } from './text.ts'
import styles from './farm.module.css'

/** Above this number of hosts only visible rows are mounted. */
const mostMounted = 1000
/** Up to this number of hosts, the glyphs of running hosts are animated. */
const mostTurning = 120
const fewTiles = 10
const headHeight = 29
const lineHeight = 32
const tileWidth = 46
const headWidth = 172

/** A line of the farm: the title of a group, or rows. */
interface FarmLine {
  readonly key: string
  readonly title: FarmGroup | null
  /** Several short rows share a line. */
  readonly rows: readonly FarmRow[]
}

interface FarmProps {
  readonly filter: Status | null
  readonly shown: number
}

export function Farm({ filter, shown }: FarmProps) {
  const index = useRun((picture) => picture.state.index)
  const plan = useRun((picture) => picture.plan)
  const lines = useMemo(() => linesOf(farmOf(index, plan)), [index, plan])
  const farm = useRef<HTMLDivElement>(null)
  const keys = (event: KeyboardEvent): void => {
    if (farm.current && moveTile(farm.current, event.key)) event.preventDefault()
  }
  return (
    <div
      ref={farm}
      className={styles.farm}
      role="group"
      aria-label={farmText.list}
      data-still={index.lanes.length > mostTurning ? '' : undefined}
      onKeyDown={keys}
    >
      {index.lanes.length > mostMounted ? (
        <LinesInSight lines={lines} filter={filter} shown={shown} />
      ) : (
        lines.map((line) => <Line key={line.key} line={line} filter={filter} shown={shown} />)
      )}
    </div>
  )
}

function LinesInSight({ lines, filter, shown }: FarmProps & { readonly lines: readonly FarmLine[] }) {
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current?.closest<HTMLElement>('[data-scroll]') ?? null,
    estimateSize: (i) => heightOf(lines[i], (box.current?.clientWidth ?? 900) - headWidth),
    overscan: 3,
  })
  return (
    <div ref={box} className={styles.tall} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const line = lines[item.index]
        return (
          line && (
            <div
              key={line.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={styles.inSight}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Line line={line} filter={filter} shown={shown} />
            </div>
          )
        )
      })}
    </div>
  )
}

function Line({ line, filter, shown }: FarmProps & { readonly line: FarmLine }) {
  if (line.title)
    return (
      <h2 className={styles.group}>
        {line.title.title} <span>{plural(line.title.count, line.title.unit)}</span>
      </h2>
    )
  return (
    <div className={styles.side}>
      {line.rows.map((row) => (
        <FarmRowView key={row.id} row={row} filter={filter} shown={shown} />
      ))}
    </div>
  )
}

/** Puts hosts outside waves on one line where they are few, which leaves more room for Runners. */
function linesOf(groups: readonly FarmGroup[]): FarmLine[] {
  const plain = groups
    .filter((group) => group.unit === 'host')
    .flatMap((group) => group.rows.map((row) => ({ ...row, title: group.title })))
  const short = plain.reduce((sum, row) => sum + row.tiles.length, 0) <= fewTiles
  return [
    ...(short
      ? plain.length > 0
        ? [{ key: 'hosts', title: null, rows: plain }]
        : []
      : plain.map((row) => ({ key: row.id, title: null, rows: [row] }))),
    ...groups
      .filter((group) => group.unit === 'Runner')
      .flatMap((group): FarmLine[] => [
        { key: group.title, title: group, rows: [] },
        ...group.rows.map((row) => ({ key: row.id, title: null, rows: [row] })),
      ]),
  ]
}

function heightOf(line: FarmLine | undefined, width: number): number {
  const tiles = line?.rows[0]?.tiles.length
  return tiles === undefined
    ? headHeight
    : 7 + lineHeight * Math.max(1, Math.ceil(tiles / Math.max(1, Math.floor(width / tileWidth))))
}
