/** Owns the table of hosts of a run: sorted, filtered by name, picked by row; rows of fixed height, only those in sight mounted. */
import { Button, Input } from '@fluentui/react-components'
import { Copy16Regular, Filter16Regular } from '@fluentui/react-icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type HostColumn, type HostSort, hostsInOrder } from './host-order.ts'
import { plural } from '../../../domain/base/plural.ts'
import type { Status } from '../../status/status.ts'
import { chooseLane, useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { HostRow } from './host-row.tsx'
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
  { by: 'host', title: 'Host' },
  { by: 'status', title: 'Status' },
  { by: null, title: 'Step' },
  { by: 'progress', title: 'Progress', right: true },
  { by: 'attempts', title: 'Attempts', right: true },
]

export function HostsTable({ filter, shown: chosen }: { readonly filter: Status | null; readonly shown: number }) {
  const state = useRun((picture) => picture.state)
  const picked = useViewState((place) => place.picked)
  const [sort, setSort] = useState<HostSort>({ by: 'host', descending: false })
  const [text, setText] = useState('')
  const [under, setUnder] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const fresh = useMemo(() => hostsInOrder(state, sort, filter, text), [state, sort, filter, text])
  const lanes = useHeld(fresh, under, `${sort.by} ${sort.descending} ${filter ?? ''} ${text}`)
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
          placeholder="Filter by name"
          aria-label="Filter by name"
          value={text}
          onChange={(_, { value }) => {
            setText(value)
          }}
        />
        <span className={styles.told}>
          {picked.size === 0 ? plural(lanes.length, 'host') : `${plural(picked.size, 'host')} selected`}
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
              Copy names
            </Button>
            <Button
              size="small"
              onClick={() => {
                useViewState.setState({ logOfPicked: true, outputOpen: true })
              }}
            >
              Show their log
            </Button>
            <Button
              size="small"
              appearance="subtle"
              onClick={() => {
                useViewState.setState({ picked: new Set(), logOfPicked: false })
              }}
            >
              Clear selection
            </Button>
          </>
        )}
      </div>
      <div
        ref={box}
        className={styles.table}
        role="grid"
        aria-label="Hosts"
        aria-multiselectable
        aria-rowcount={lanes.length + 1}
        tabIndex={0}
        onKeyDown={keys}
        aria-activedescendant={`host-${chosen}`}
        onPointerEnter={() => {
          setUnder(true)
        }}
        onPointerLeave={() => {
          setUnder(false)
        }}
      >
        <div className={`${styles.row} ${styles.head}`} role="row" aria-rowindex={1}>
          <span role="columnheader">
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label="Select all shown"
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
          <p className={styles.none}>
            {text === '' ? 'No host has this status now.' : `No host here is named like ${text}.`}
          </p>
        )}
      </div>
    </div>
  )
}

/** The newest order; while the pointer is over the rows these stay where they are, unless the person asks for another order. */
function useHeld(fresh: number[], held: boolean, asked: string): number[] {
  const [kept, setKept] = useState({ lanes: fresh, asked })
  const same = kept.asked === asked
  const lanes = held && same ? kept.lanes : fresh
  useEffect(() => {
    if (kept.lanes !== lanes || !same) setKept({ lanes, asked })
  }, [kept, lanes, asked, same])
  return lanes
}
