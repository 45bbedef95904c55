/** The table of hosts of a run: sortable, filterable and selectable. Only visible rows are mounted. */
import { Button, Input } from '@fluentui/react-components'
import { Copy16Regular, Filter16Regular } from '@fluentui/react-icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type HostColumn, type HostSort, hostsInOrder } from './host-order.ts'
import type { Status } from '../../status/status.ts'
import { chooseLane, useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { HostRow } from './host-row.tsx'
import { tableText } from './text.ts'
import styles from './hosts-table.module.css'

const rowHeight = 36

function pick(picked: ReadonlySet<number>): void {
  useViewState.setState({ picked })
}

function toggle(n: number): void {
  const next = new Set(useViewState.getState().picked)
  if (!next.delete(n)) next.add(n)
  pick(next)
}

const columns: readonly { readonly by: HostColumn | null; readonly title: string; readonly right?: boolean }[] = [
  { by: 'host', title: tableText.columns.host },
  { by: 'status', title: tableText.columns.status },
  { by: null, title: tableText.columns.step },
  { by: 'progress', title: tableText.columns.progress, right: true },
  { by: 'attempts', title: tableText.columns.attempts, right: true },
]

export function HostsTable({ filter, shown: chosen }: { readonly filter: Status | null; readonly shown: number }) {
  const state = useRun((picture) => picture.state)
  const picked = useViewState((view) => view.picked)
  const [sort, setSort] = useState<HostSort>({ by: 'host', descending: false })
  const [text, setText] = useState('')
  const [hovered, setHovered] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const newest = useMemo(() => hostsInOrder(state, sort, filter, text), [state, sort, filter, text])
  const lanes = useSteadyOrder(newest, hovered, `${sort.by} ${sort.descending} ${filter ?? ''} ${text}`)
  const rows = useVirtualizer({
    count: lanes.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const keys = (event: KeyboardEvent): void => {
    const here = lanes.indexOf(chosen)
    if (event.key === ' ') {
      event.preventDefault()
      toggle(chosen)
      return
    }
    if (event.ctrlKey && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      pick(new Set(lanes))
      return
    }
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
    const to = Math.max(0, Math.min(lanes.length - 1, next))
    const lane = lanes[to]
    if (lane === undefined) return
    if (event.shiftKey)
      pick(new Set([...picked, ...lanes.slice(Math.max(0, Math.min(here, to)), Math.max(here, to) + 1)]))
    rows.scrollToIndex(to)
    chooseLane(lane)
  }
  const names = (): string =>
    [...picked]
      .map((n) => state.index.lanes[n]?.host ?? '')
      .sort()
      .join('\n')
  return (
    <div className={styles.around}>
      <div className={styles.tools}>
        <Input
          size="small"
          data-find
          contentBefore={<Filter16Regular />}
          placeholder={tableText.filter}
          aria-label={tableText.filter}
          value={text}
          onChange={(_, { value }) => {
            setText(value)
          }}
        />
        <span className={styles.count}>
          {picked.size === 0 ? tableText.hosts(lanes.length) : tableText.selected(picked.size)}
        </span>
        {picked.size > 0 && (
          <>
            <Button
              size="small"
              icon={<Copy16Regular />}
              onClick={() => {
                void navigator.clipboard.writeText(names())
              }}
            >
              {tableText.copyNames}
            </Button>
            <Button
              size="small"
              onClick={() => {
                useViewState.setState({ logOfPicked: true, outputOpen: true })
              }}
            >
              {tableText.showLog}
            </Button>
            <Button
              size="small"
              appearance="subtle"
              onClick={() => {
                useViewState.setState({ picked: new Set(), logOfPicked: false })
              }}
            >
              {tableText.clear}
            </Button>
          </>
        )}
      </div>
      <div
        ref={box}
        className={styles.table}
        role="grid"
        aria-label={tableText.list}
        aria-multiselectable
        aria-rowcount={lanes.length + 1}
        tabIndex={0}
        onKeyDown={keys}
        aria-activedescendant={`host-${chosen}`}
        onPointerEnter={() => {
          setHovered(true)
        }}
        onPointerLeave={() => {
          setHovered(false)
        }}
      >
        <div className={`${styles.row} ${styles.head}`} role="row" aria-rowindex={1}>
          <span role="columnheader">
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={tableText.selectAll}
              checked={lanes.length > 0 && lanes.every((n) => picked.has(n))}
              onChange={(event) => {
                pick(event.target.checked ? new Set(lanes) : new Set())
              }}
            />
          </span>
          {columns.map(({ by, title, right }) => (
            <span
              key={title}
              role="columnheader"
              className={right === true ? styles.number : undefined}
              aria-sort={by === sort.by ? (sort.descending ? 'descending' : 'ascending') : undefined}
            >
              {by === null ? (
                title
              ) : (
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => {
                    setSort({ by, descending: by === sort.by && !sort.descending })
                  }}
                >
                  {title}
                  {by === sort.by ? (sort.descending ? ' ↓' : ' ↑') : ''}
                </button>
              )}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const lane = lanes[item.index]
            return lane === undefined ? null : (
              <HostRow
                key={lane}
                lane={lane}
                top={item.start}
                rowIndex={item.index + 2}
                chosen={lane === chosen}
                picked={picked.has(lane)}
                onPick={toggle}
              />
            )
          })}
        </div>
        {lanes.length === 0 && (
          <p className={styles.none}>{text === '' ? tableText.noneWithStatus : tableText.noneNamed(text)}</p>
        )}
      </div>
    </div>
  )
}

/** Freezes the order of rows while the pointer is over them, unless the person asks for another order. */
function useSteadyOrder(newest: number[], frozen: boolean, order: string): number[] {
  const [shown, setShown] = useState({ lanes: newest, order })
  const same = shown.order === order
  const lanes = frozen && same ? shown.lanes : newest
  useEffect(() => {
    if (shown.lanes !== lanes || !same) setShown({ lanes, order })
  }, [shown, lanes, order, same])
  return lanes
}
