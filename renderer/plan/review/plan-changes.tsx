/** List of the differences of two plans. */
import { subjectText } from '../../../domain/base/subject.ts'
import type { PlanChange } from '../../../domain/plan/plan-diff.ts'
import { changedField, changedThing, changedValue } from '../change-label.ts'
import { changesText } from './text.ts'
import styles from './changes.module.css'

const signs = { added: '+', removed: '−', changed: '~' } as const

/** The first `most` changes, and how many more there are. */
export function PlanChanges({
  changes,
  most = 200,
}: {
  readonly changes: readonly PlanChange[]
  readonly most?: number
}) {
  return (
    <ul className={styles.changes}>
      {changes.slice(0, most).map((change) => {
        const { kind, subject, path } = change
        const [before, after] = [changedValue(change, change.before), changedValue(change, change.after)]
        return (
          <li key={`${subjectText(subject)} ${path}`}>
            <span className={`${styles.sign} ${styles[kind] ?? ''}`} aria-label={changesText.kinds[kind]} role="img">
              {signs[kind]}
            </span>
            <span className={styles.what}>
              <strong>{subject.kind === 'plan' ? changedField(change) : changedThing(subject)}</strong>
              {path !== '' && subject.kind !== 'plan' && <> {changedField(change)}</>}
              {path !== '' && (
                <span className={styles.values}>
                  {before === null ? '' : <s>{before === '' ? changesText.empty : before}</s>}
                  {after === null ? '' : <code>{after === '' ? changesText.empty : after}</code>}
                </span>
              )}
            </span>
          </li>
        )
      })}
      {changes.length > most && <li className={styles.more}>{changesText.more(changes.length - most)}</li>}
    </ul>
  )
}
