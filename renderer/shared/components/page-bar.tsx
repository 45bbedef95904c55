/** The bar above a page: title, tags and buttons. */
import type { ReactNode } from 'react'
import { pageBarText } from '../text.ts'
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
    <section className={styles.bar} aria-label={pageBarText.label} data-region="page bar" tabIndex={-1}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.tags}>{tags}</div>
      <div className={styles.acts}>{acts}</div>
    </section>
  )
}
