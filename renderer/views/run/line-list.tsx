/** Owns a long list of lines: only those in sight mounted, followed at its end, searched through. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { mostLines } from '../../run/output-lines.ts'
import { many } from '../../run/words.ts'
import styles from './line-list.module.css'

export interface ListedLine {
  readonly at: string
  readonly who: string
  readonly text: string
  readonly mark?: ReactNode
}

interface LineListProps {
  readonly label: string
  readonly count: number
  readonly line: (i: number) => ListedLine
  readonly find: string
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
}

const lineHeight = 20

export function LineList({ label, count, line, find, follow, onFollow }: LineListProps) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(count)
  const wanted = find.trim().toLowerCase()
  // Searching keeps the lines that hold the text, so that what is found stands together.
  const found = useMemo(() => (wanted === '' ? null : Array.from({ length: count }, (_, i) => i).filter((i) => holds(line(i), wanted))), [count, wanted, line])
  const first = Math.max(0, count - mostLines)
  const shown = found?.length ?? count - first
  const rows = useVirtualizer({ count: shown, getScrollElement: () => box.current, estimateSize: () => lineHeight, overscan: 12 })
  useEffect(() => {
    if (!follow || shown === 0) return
    rows.scrollToIndex(shown - 1, { align: 'end' })
    setSeen(count)
  }, [follow, shown, count, rows])
  const scrolled = (): void => {
    const at = box.current
    if (!at) return
    const atEnd = at.scrollHeight - at.scrollTop - at.clientHeight < lineHeight * 1.5
    if (atEnd) setSeen(count)
    if (atEnd !== follow && at.scrollHeight > at.clientHeight) onFollow(atEnd)
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'End') onFollow(true)
    else if (event.key === 'Home' || event.key === 'PageUp' || event.key === 'ArrowUp') onFollow(false)
  }
  const news = count - seen
  return (
    <div className={styles.around}>
      <div ref={box} className={styles.list} role="log" aria-live="off" aria-label={label} tabIndex={0} onWheel={scrolled} onTouchMove={scrolled} onKeyUp={scrolled} onKeyDown={keys} onMouseUp={scrolled}>
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map((item) => {
            const one = line(found?.[item.index] ?? first + item.index)
            return (
              <div key={item.key} className={styles.line} style={{ transform: `translateY(${item.start}px)` }}>
                <span className={styles.at}>{one.at}</span>
                <span className={styles.who}>{one.who}</span>
                <span className={styles.text} title={one.text}>{one.mark}{one.text}</span>
              </div>
            )
          })}
        </div>
      </div>
      {found && <span className={styles.found}>{`${many(found.length, 'line')} found`}</span>}
      {!found && !follow && news > 0 && <button type="button" className={styles.news} onClick={() => { onFollow(true) }}>{many(news, 'new line')}</button>}
    </div>
  )
}

function holds({ who, text }: ListedLine, wanted: string): boolean {
  return text.toLowerCase().includes(wanted) || who.toLowerCase().includes(wanted)
}
