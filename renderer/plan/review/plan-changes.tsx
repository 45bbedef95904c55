/** Owns how the differences of two plans are listed: what came, what went, what is another value. */
import { subjectText } from '../../../domain/base/subject.ts'
import type { PlanChange } from '../../../domain/plan/plan-diff.ts'
import styles from './changes.module.css'

const signs = { added: '+', removed: '−', changed: '~' } as const
const words = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const

export function PlanChanges({
  changes,
  most = 200,
}: {
  readonly changes: readonly PlanChange[]
  readonly most?: number
}) {
  return (
    <ul className={styles.changes}>
      {changes.slice(0, most).map(({ kind, subject, path, before, after }) => (
        <li key={`${subjectText(subject)} ${path}`}>
          <span className={`${styles.sign} ${styles[kind] ?? ''}`} aria-label={words[kind]} role="img">
            {signs[kind]}
          </span>
          <span className={styles.what}>
            <strong>{subject.kind === 'plan' ? path : subjectText(subject)}</strong>
            {path !== '' && subject.kind !== 'plan' && <> {path}</>}
            {path !== '' && (
              <span className={styles.values}>
                {before === null ? '' : <s>{before === '' ? 'nothing' : before}</s>}
                {after === null ? '' : <code>{after === '' ? 'nothing' : after}</code>}
              </span>
            )}
          </span>
        </li>
      ))}
      {changes.length > most && <li className={styles.more}>{`and ${changes.length - most} more`}</li>}
    </ul>
  )
}
