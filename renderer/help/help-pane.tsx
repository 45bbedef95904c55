/** Help beside the work: the guide's page for the present view, every other page, and a search over all of them. */
import { Button, Input } from '@fluentui/react-components'
import { ArrowLeft20Regular, Dismiss20Regular, QuestionCircle20Regular, Search20Regular } from '@fluentui/react-icons'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { setGuide, useGuide } from '../guide/guide-store.ts'
import { announce } from '../shared/announcer.ts'
import { useRestoreFocus } from '../shared/restore-focus.ts'
import { useRoute } from '../shared/route.ts'
import { Article } from './article.tsx'
import { closeHelp, goBackInHelp, goInHelp, searchInHelp, useHelp } from './help-store.ts'
import { KeyList } from './key-list.tsx'
import { contentsPage, pages } from './pages.ts'
import { SearchResults } from './search-results.tsx'
import { searchPages } from './search-pages.ts'
import { helpText } from './text.ts'
import { helpFor } from './view-help.ts'
import styles from './help.module.css'

/** `practice`: the open plan is one of a practice site, which has a guide of its own to bring back. */
export function HelpPane({ practice }: { readonly practice: boolean }) {
  const { takesFocus, steps, query } = useHelp()
  const guideShown = useGuide((guide) => guide.shown)
  const pane = useRestoreFocus<HTMLElement>('')
  const field = useRef<HTMLInputElement>(null)
  const view = helpFor(useRoute())
  const place = steps.at(-1)?.place ?? { kind: 'view' }
  const results = searchPages(pages, query)
  useEffect(() => {
    if (takesFocus) field.current?.focus()
    else announce('help', () => helpText.opened)
  }, [takesFocus])
  const onKeys = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft' && event.altKey) goBackInHelp()
    else if (event.key === 'Escape' && query !== '') searchInHelp('')
    else if (event.key === 'Escape') closeHelp()
    else return
    event.preventDefault()
  }
  const onFieldKeys = (event: KeyboardEvent): void => {
    const first = pane.current?.querySelector<HTMLElement>('[data-result]')
    if (!first) return
    if (event.key === 'Enter') first.click()
    else if (event.key === 'ArrowDown') first.focus()
    else return
    event.preventDefault()
  }
  return (
    <aside
      ref={pane}
      className={styles.pane}
      aria-label={helpText.title}
      data-region="help"
      data-screen-only=""
      tabIndex={-1}
      onKeyDown={onKeys}
    >
      <div className={styles.head}>
        <QuestionCircle20Regular aria-hidden="true" />
        <h2 className={styles.title}>{helpText.title}</h2>
        <Button
          appearance="subtle"
          icon={<ArrowLeft20Regular />}
          aria-label={helpText.back}
          title={helpText.backHint}
          disabledFocusable={steps.length === 1 && query === ''}
          onClick={goBackInHelp}
        />
        <Button
          appearance="subtle"
          icon={<Dismiss20Regular />}
          aria-label={helpText.close}
          title={helpText.closeHint}
          onClick={closeHelp}
        />
      </div>
      <div className={styles.search}>
        <Input
          input={{ ref: field }}
          data-region-first=""
          contentBefore={<Search20Regular />}
          type="search"
          placeholder={helpText.searchHint}
          aria-label={helpText.searchLabel}
          value={query}
          onKeyDown={onFieldKeys}
          onChange={(_, { value }) => {
            searchInHelp(value)
          }}
        />
        <p className={styles.count} role="status">
          {query.trim() === ''
            ? ''
            : results.length === 0
              ? helpText.noResult(query.trim())
              : helpText.resultCount(results.length)}
        </p>
      </div>
      {query.trim() !== '' ? (
        <SearchResults results={results} field={field} />
      ) : place.kind === 'keys' ? (
        <KeyList />
      ) : place.kind === 'page' ? (
        <Article key={`${place.page}#${place.heading ?? ''}`} link={place} takesFocus />
      ) : (
        <Article key={view.title} link={view.link} about={view} />
      )}
      <div className={styles.foot}>
        <Button
          size="small"
          onClick={() => {
            goInHelp({ kind: 'page', page: contentsPage, heading: null })
          }}
        >
          {helpText.allPages}
        </Button>
        <Button
          size="small"
          onClick={() => {
            goInHelp({ kind: 'keys' })
          }}
        >
          {helpText.keysTitle}
        </Button>
        {practice && !guideShown && (
          <Button
            size="small"
            onClick={() => {
              setGuide(true)
            }}
          >
            {helpText.practiceGuide}
          </Button>
        )}
        <span className={styles.quiet}>{helpText.footHint}</span>
      </div>
    </aside>
  )
}
