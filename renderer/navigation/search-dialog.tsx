/** The search over hosts, steps, commands and places. */
import { DialogBody, DialogContent, DialogSurface, DialogTitle, Input } from '@fluentui/react-components'
import { Search20Regular } from '@fluentui/react-icons'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Modal } from '../shared/components/modal.tsx'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { statusWords } from '../status/status.ts'
import { type Found, search } from './search.ts'
import { searchText } from './text.ts'
import styles from './search-dialog.module.css'

export function SearchDialog({ onClose }: { readonly onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const { found, fits } = search(query)
  const chosen = Math.min(at, found.length - 1)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const take = (result: Found | undefined): void => {
    if (!result) return
    onClose()
    result.go()
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take(found[chosen])
    else if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, found.length))
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + found.length) % Math.max(1, found.length))
    else return
    event.preventDefault()
  }
  return (
    <Modal onClose={onClose}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle className={styles.title}>{searchText.title}</DialogTitle>
          <DialogContent className={styles.content}>
            <Input
              autoFocus
              className={styles.field}
              contentBefore={<Search20Regular />}
              placeholder={searchText.placeholder}
              aria-label={searchText.label}
              value={query}
              role="combobox"
              aria-expanded
              aria-controls="found"
              aria-activedescendant={found.length > 0 ? `found-${chosen}` : undefined}
              autoComplete="off"
              onKeyDown={keys}
              onChange={(_, { value }) => {
                setQuery(value)
                setAt(0)
              }}
            />
            <ul id="found" ref={list} className={styles.list} role="listbox" aria-label={searchText.results}>
              {found.map((result, i) => (
                <li
                  key={`${result.group} ${result.title} ${result.detail} ${i}`}
                  id={`found-${i}`}
                  role="option"
                  aria-selected={i === chosen}
                  className={styles.found}
                  onClick={() => {
                    take(result)
                  }}
                >
                  {result.status !== undefined && (
                    <StatusGlyph status={result.status} label={statusWords[result.status]} />
                  )}
                  <strong>{result.title}</strong>
                  <span className={styles.detail}>{result.detail}</span>
                  <small>{result.group}</small>
                </li>
              ))}
            </ul>
            <p className={styles.count} role="status">
              {found.length === 0 ? searchText.none(query) : searchText.count(found.length, fits)}
            </p>
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Modal>
  )
}
