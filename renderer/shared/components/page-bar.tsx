/** Owns the bar over a page: its title, what qualifies it, and the acts of the page. */
import type { ReactNode } from 'react'
import styles from './page-bar.module.css'

export function PageBar({
  title,
  tags,
  acts,
}: {
  readonly title: string
  readonly tags?: ReactNode
  readonly acts?: ReactNode
}) {
  return (
    <section className={styles.bar} aria-label="Page bar" data-region="page bar" tabIndex={-1}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.tags}>{tags}</div>
      <div className={styles.acts}>{acts}</div>
    </section>
  )
}
