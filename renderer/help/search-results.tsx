/** The results of a search in Help, each with the page, the heading and the words around the first hit. */
import type { KeyboardEvent, RefObject } from 'react'
import { goInHelp } from './help-store.ts'
import type { PageResult } from './search-pages.ts'
import { helpText } from './text.ts'
import styles from './help.module.css'

/** Up from the first result goes back to `field`. */
export function SearchResults({
  results,
  field,
}: {
  readonly results: readonly PageResult[]
  readonly field: RefObject<HTMLInputElement | null>
}) {
  const onKeys = (event: KeyboardEvent<HTMLUListElement>): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0) return
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-result]')]
    const next = buttons.findIndex((button) => button === document.activeElement) + by
    if (next < 0) field.current?.focus()
    else buttons[Math.min(next, buttons.length - 1)]?.focus()
    event.preventDefault()
  }
  return (
    <ul className={styles.results} aria-label={helpText.results} onKeyDown={onKeys}>
      {results.map(({ page, title, heading, excerpt }) => (
        <li key={`${page}#${heading?.id ?? ''}`}>
          <button
            type="button"
            className={styles.result}
            data-result=""
            onClick={() => {
              goInHelp({ kind: 'page', page, heading: heading?.id ?? null })
            }}
          >
            <strong>{title}</strong>
            {heading && <span className={styles.resultHeading}>{heading.text}</span>}
            <span className={styles.excerpt}>
              {excerpt.map((part, i) => (part.found ? <mark key={i}>{part.text}</mark> : part.text))}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
