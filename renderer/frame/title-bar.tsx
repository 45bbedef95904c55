/** The title bar: mark, name, site, practice pill, search and user. */
import { Search16Regular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useOverview } from '../shared/overview-store.ts'
import { frameText } from './text.ts'
import styles from './title-bar.module.css'

export function TitleBar({
  site,
  practice,
  onSearch,
}: {
  readonly site: string | null
  readonly practice: boolean
  readonly onSearch: () => void
}) {
  const person = useOverview((store) => store.person)
  return (
    <header className={styles.bar} data-region="title bar" tabIndex={-1}>
      <span className={styles.where}>
        <Mark />
        <span className={styles.name}>{frameText.product}</span>
        {site !== null && (
          <span className={styles.site} title={site}>
            {site}
          </span>
        )}
        {practice && (
          <span className={styles.pill}>
            {frameText.practice}
            <span className={styles.more}>{frameText.practiceNote}</span>
          </span>
        )}
      </span>
      <button
        type="button"
        className={styles.search}
        aria-label={frameText.search}
        title={frameText.searchHint}
        onClick={onSearch}
      >
        <Search16Regular aria-hidden="true" />
        <span>{frameText.search}</span>
        <kbd aria-hidden="true">{frameText.searchKeys}</kbd>
      </button>
      <span className={styles.person} title={person?.by}>
        {person && <span className={styles.personName}>{person.by}</span>}
        {person && (
          <span className={styles.initials} aria-hidden="true">
            {initials(person.by)}
          </span>
        )}
      </span>
    </header>
  )
}

/** The mark of the product: a route between three nodes. */
function Mark(): ReactNode {
  return (
    <svg className={styles.mark} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="5" fill="#115ea3" />
      <path
        d="M6.5 7.5h5A2.5 2.5 0 0 1 14 10v4a2.500 2.500 0 0 0 2.500 2.500h1M11.500 7.500h6"
        fill="none"
        stroke="#fff"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
      <circle cx="6.500" cy="7.500" r="2" fill="#fff" />
      <circle cx="17.500" cy="7.500" r="2" fill="#fff" />
      <circle cx="17.500" cy="16.500" r="2" fill="#fff" />
    </svg>
  )
}

function initials(name: string): string {
  const account = name.split(/[\\/@]/).filter(Boolean)
  const words = (name.includes('\\') ? (account.at(-1) ?? name) : (account[0] ?? name))
    .split(/[\s._-]+/)
    .filter(Boolean)
  const letters = words.length > 1 ? `${words[0]?.[0] ?? ''}${words.at(-1)?.[0] ?? ''}` : (words[0] ?? '').slice(0, 2)
  return letters.toUpperCase()
}
