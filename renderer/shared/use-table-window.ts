/** Mounts only the visible rows of a long table, and all of them for paper; padding keeps the height. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useRef } from 'react'
import { usePaper } from './use-paper.ts'

export interface TableWindow {
  /** For the body of the table. The page scrolls in the `main` around it. */
  readonly body: RefObject<HTMLTableSectionElement | null>
  /** Indexes of the rows to mount. */
  readonly shown: readonly number[]
  /** Pixels above and below the rows that are mounted. */
  readonly before: number
  readonly after: number
  /** For the ref of each row, which carries its index as `data-index`: rows differ in height. */
  readonly measure: (row: Element | null) => void
}

/**
 * The rows of a table of `count` rows that are in sight; `rowHeight` in pixels is that of a row nobody has seen yet.
 */
export function useTableWindow(count: number, rowHeight: number): TableWindow {
  const body = useRef<HTMLTableSectionElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => body.current?.closest('main') ?? null,
    estimateSize: () => rowHeight,
    overscan: 20,
    initialRect: { width: 1000, height: 800 },
    measureElement: (element) => element.getBoundingClientRect().height,
  })
  const paper = usePaper()
  if (paper)
    return { body, shown: Array.from({ length: count }, (_, i) => i), before: 0, after: 0, measure: () => undefined }
  const items = virtual.getVirtualItems()
  return {
    body,
    shown: items.map(({ index }) => index),
    before: items[0]?.start ?? 0,
    after: virtual.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtual.measureElement,
  }
}
