/** Chips that say where a value comes from. */
import { BookOpen16Regular, Person16Regular, Subtract16Regular } from '@fluentui/react-icons'
import { provenanceText } from '../text.ts'
import styles from './provenance.module.css'

export function Docs({ page }: { readonly page?: string }) {
  return (
    <span className={styles.chip}>
      <BookOpen16Regular aria-hidden="true" />
      {page ?? provenanceText.docs}
    </span>
  )
}

export function Yours() {
  return (
    <span className={`${styles.chip} ${styles.dashed}`}>
      <Person16Regular aria-hidden="true" />
      {provenanceText.yours}
    </span>
  )
}

export function NoSource() {
  return (
    <span className={`${styles.chip} ${styles.dashed} ${styles.quiet}`}>
      <Subtract16Regular aria-hidden="true" />
      {provenanceText.noSource}
    </span>
  )
}

/** Two pages say two things; `reading` is which one the plan follows, and why. */
export function Conflict({ reading }: { readonly reading: string }) {
  return (
    <span className={`${styles.chip} ${styles.conflict}`} title={reading}>
      <span aria-hidden="true">≠</span>
      {provenanceText.conflict}
      <span className={styles.unseen}>{provenanceText.conflictReading(reading)}</span>
    </span>
  )
}

/** The chip of a finding's source: a page of the documentation, or a rule of our own. */
export function SourceOf({ source }: { readonly source: string }) {
  return source === 'Rollout' ? (
    <span className={styles.chip}>{provenanceText.ownRule}</span>
  ) : (
    <Docs page={pageName(source)} />
  )
}

/** The last part of a page's address, as words. */
function pageName(source: string): string {
  const last = source.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? source
  const words = last.replace(/[-_]/g, ' ').replace(/\.\w+$/, '')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
