/** A very long list of lines: virtual, searchable, following its end, and paged beyond the limit of a scroll box. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { movedWindow, windowStart } from './line-window.ts'
import { mostLines } from './output-lines.ts'
import { useLineSearch } from './use-line-search.ts'
import { outputText } from './text.ts'
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
  /** Wraps long lines; false unless given. */
  readonly wrap?: boolean
}

interface LineListProps extends Listing {
  readonly label: string
  readonly count: number
  /** Must stay the same function while the lines before `count` do not change. */
  readonly line: (i: number) => ListedLine
  /** Which lines to show; null for all. Must stay the same function in the same way as `line`. */
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
  // A row keeps its measured height by its own number when the window over the list moves.
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
  // The window moves while the person reads: the lines in view stay in place.
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
  const newCount = count - seen
  const note = found
    ? outputText.found(found.length, searching)
    : !follow && total > mostLines
      ? outputText.range(start + 1, start + shown, total)
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
            const number = start + item.index
            const listed = line(found?.[number] ?? number)
            return (
              <div
                key={item.key}
                ref={wrap ? rows.measureElement : undefined}
                data-index={item.index}
                className={styles.line}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <span className={styles.at}>{listed.at}</span>
                <span className={styles.who}>{listed.who}</span>
                <span className={styles.kind}>{listed.kind}</span>
                <span className={styles.text} title={listed.text}>
                  {listed.mark}
                  {listed.text}
                </span>
              </div>
            )
          })}
        </div>
      </div>
      {note !== '' && <span className={styles.found}>{note}</span>}
      {note === '' && !follow && newCount > 0 && (
        <button
          type="button"
          className={styles.news}
          onClick={() => {
            onFollow(true)
          }}
        >
          {outputText.newLines(newCount)}
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
    (i: number) => (wanted === null || wanted(i)) && (text === '' || contains(line(i), text)),
    [line, wanted, text],
  )
  return text === '' && wanted === null ? null : test
}

function contains({ who, kind, text }: ListedLine, wanted: string): boolean {
  return text.toLowerCase().includes(wanted) || who.toLowerCase().includes(wanted) || kind === wanted
}
