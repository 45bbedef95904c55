/** Owns the search over hosts, steps, commands and places. */
import { DialogBody, DialogContent, DialogSurface, DialogTitle, Input } from '@fluentui/react-components'
import { Search20Regular } from '@fluentui/react-icons'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Modal } from '../shared/components/modal.tsx'
import { formatCount, plural } from '../../domain/base/plural.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { statusWords } from '../status/status.ts'
import { type Found, search } from './search.ts'
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
  const take = (one: Found | undefined): void => {
    if (!one) return
    onClose()
    one.go()
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
          <DialogTitle className={styles.title}>Search</DialogTitle>
          <DialogContent className={styles.content}>
            <Input
              autoFocus
              className={styles.field}
              contentBefore={<Search20Regular />}
              placeholder="Hosts, steps, commands"
              aria-label="Search hosts, steps, commands"
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
            <ul id="found" ref={list} className={styles.list} role="listbox" aria-label="Found">
              {found.map((one, i) => (
                <li
                  key={`${one.group} ${one.title} ${one.detail} ${i}`}
                  id={`found-${i}`}
                  role="option"
                  aria-selected={i === chosen}
                  className={styles.found}
                  onClick={() => {
                    take(one)
                  }}
                >
                  {one.status !== undefined && <StatusGlyph status={one.status} label={statusWords[one.status]} />}
                  <strong>{one.title}</strong>
                  <span className={styles.detail}>{one.detail}</span>
                  <small>{one.group}</small>
                </li>
              ))}
            </ul>
            <p className={styles.count} role="status">
              {found.length === 0
                ? `Nothing is called ${query}.`
                : fits > found.length
                  ? `The first ${formatCount(found.length)} of ${plural(fits, 'result')}`
                  : plural(fits, 'result')}
            </p>
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Modal>
  )
}
