/** Owns a long list of lines: only those in sight mounted, followed at its end, searched through, paged where it is longer than a scroll box can be. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { movedWindow, windowStart } from './line-window.ts'
import { mostLines } from './output-lines.ts'
import { formatCount as countText, plural } from '../../../domain/base/plural.ts'
import { useLineSearch } from './use-line-search.ts'
import styles from './line-list.module.css'

export interface ListedLine {
  readonly at: string
  readonly who: string
  readonly kind: string
  readonly text: string
  readonly mark?: ReactNode
}

export interface Listing {
  readonly find: string
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
  /** Long lines go on in the next row instead of beyond the edge; false unless given. */
  readonly wrap?: boolean
}

interface LineListProps extends Listing {
  readonly label: string
  readonly count: number
  /** Must stay the same function while the lines before `count` are the same. */
  readonly line: (i: number) => ListedLine
  /** Which lines are wanted at all; null for all. The same rule holds. */
  readonly wanted?: ((i: number) => boolean) | null
}

const lineHeight = 20

export function LineList({ label, count, line, wanted = null, find, follow, onFollow, wrap = false }: LineListProps) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(count)
  const [from, setFrom] = useState<number | null>(null)
  const { found, searching } = useLineSearch(count, useTest(line, wanted, find))
  const total = found?.length ?? count
  const start = windowStart(follow ? null : from, total, mostLines)
  const shown = Math.min(total - start, mostLines)
  // A row keeps its measured height by its own number, wherever the window over the list stands.
  const getItemKey = useCallback((i: number) => start + i, [start])
  const rows = useVirtualizer({
    count: shown,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    getItemKey,
    overscan: 12,
  })
  useEffect(() => {
    rows.measure()
  }, [rows, wrap])
  useEffect(() => {
    if (!follow || shown === 0) return
    rows.scrollToIndex(shown - 1, { align: 'end' })
    setSeen(count)
  }, [follow, shown, count, rows])
  const scrolled = (): void => {
    const at = box.current
    if (!at) return
    const atEnd = start + shown >= total && at.scrollHeight - at.scrollTop - at.clientHeight < lineHeight * 1.5
    if (atEnd) setSeen(count)
    if (atEnd !== follow && at.scrollHeight > at.clientHeight) {
      if (!atEnd) setFrom(start)
      onFollow(atEnd)
    }
  }
  // The window moves under the person's eyes: what was seen stays where it was.
  const paged = (): void => {
    const at = box.current
    if (!at || follow) return
    const top = wrap ? (rows.getVirtualItemForOffset(at.scrollTop)?.index ?? 0) : Math.floor(at.scrollTop / lineHeight)
    const next = movedWindow(start, top, Math.ceil(at.clientHeight / lineHeight), total, mostLines)
    if (next === start) return
    setFrom(next)
    if (wrap)
      requestAnimationFrame(() => {
        rows.scrollToIndex(top + start - next, { align: 'start' })
      })
    else at.scrollTop += (start - next) * lineHeight
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'End') onFollow(true)
    else if (event.key === 'Home') {
      setFrom(0)
      onFollow(false)
      rows.scrollToOffset(0)
    } else if (event.key === 'PageUp' || event.key === 'ArrowUp') {
      if (follow) setFrom(start)
      onFollow(false)
    }
  }
  const news = count - seen
  const note = found
    ? `${plural(found.length, 'line')} found${searching ? ', still looking' : ''}`
    : !follow && total > mostLines
      ? `Lines ${countText(start + 1)} to ${countText(start + shown)} of ${countText(total)}`
      : ''
  return (
    <div className={styles.around}>
      <div
        ref={box}
        className={`${styles.list} ${wrap ? styles.wrapped : ''}`}
        role="log"
        aria-live="off"
        aria-label={label}
        tabIndex={0}
        onScroll={paged}
        onWheel={scrolled}
        onTouchMove={scrolled}
        onKeyUp={scrolled}
        onKeyDown={keys}
        onMouseUp={scrolled}
      >
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map((item) => {
            const place = start + item.index
            const one = line(found?.[place] ?? place)
            return (
              <div
                key={item.key}
                ref={wrap ? rows.measureElement : undefined}
                data-index={item.index}
                className={styles.line}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <span className={styles.at}>{one.at}</span>
                <span className={styles.who}>{one.who}</span>
                <span className={styles.kind}>{one.kind}</span>
                <span className={styles.text} title={one.text}>
                  {one.mark}
                  {one.text}
                </span>
              </div>
            )
          })}
        </div>
      </div>
      {note !== '' && <span className={styles.found}>{note}</span>}
      {note === '' && !follow && news > 0 && (
        <button
          type="button"
          className={styles.news}
          onClick={() => {
            onFollow(true)
          }}
        >
          {plural(news, 'new line')}
        </button>
      )}
    </div>
  )
}

function useTest(
  line: (i: number) => ListedLine,
  wanted: ((i: number) => boolean) | null,
  find: string,
): ((i: number) => boolean) | null {
  const text = find.trim().toLowerCase()
  const test = useCallback(
    (i: number) => (wanted === null || wanted(i)) && (text === '' || holds(line(i), text)),
    [line, wanted, text],
  )
  return text === '' && wanted === null ? null : test
}

function holds({ who, kind, text }: ListedLine, wanted: string): boolean {
  return text.toLowerCase().includes(wanted) || who.toLowerCase().includes(wanted) || kind === wanted
}
