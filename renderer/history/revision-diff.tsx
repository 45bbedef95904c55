/** The revisions of a plan and the differences between two of them. */
import { useState } from 'react'
import type { PlanRevision } from '../../domain/contract/shapes.ts'
import { subjectText } from '../../domain/base/subject.ts'
import { diffPlans, type PlanChange } from '../../domain/plan/plan-diff.ts'
import { changedField, changedThing, changedValue } from '../plan/change-label.ts'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { Waiting } from '../shared/components/waiting.tsx'
import { formatDateTime, shortHash } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import tableStyles from '../shared/styles/plain-table.module.css'
import styles from './history.module.css'
import { useQuery } from '../shared/use-query.ts'
import { revisionsText } from './text.ts'

export function RevisionDiff({
  planId,
  revisions,
}: {
  readonly planId: string
  readonly revisions: readonly PlanRevision[]
}) {
  const newest = revisions.at(-1)?.revision ?? 1
  const [from, setFrom] = useState(revisions.at(-2)?.revision ?? newest)
  const [to, setTo] = useState(newest)
  return (
    <>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{revisionsText.columns.from}</th>
            <th scope="col">{revisionsText.columns.to}</th>
            <th scope="col">{revisionsText.columns.revision}</th>
            <th scope="col">{revisionsText.columns.state}</th>
            <th scope="col">{revisionsText.columns.by}</th>
            <th scope="col">{revisionsText.columns.when}</th>
            <th scope="col">{revisionsText.columns.hash}</th>
          </tr>
        </thead>
        <tbody>
          {revisions.toReversed().map((entry) => (
            <tr key={entry.revision}>
              <td>
                <input
                  type="radio"
                  name="from"
                  aria-label={revisionsText.compareFrom(entry.revision)}
                  checked={from === entry.revision}
                  onChange={() => {
                    setFrom(entry.revision)
                  }}
                />
              </td>
              <td>
                <input
                  type="radio"
                  name="to"
                  aria-label={revisionsText.compareTo(entry.revision)}
                  checked={to === entry.revision}
                  onChange={() => {
                    setTo(entry.revision)
                  }}
                />
              </td>
              <td>
                <strong>{`r${entry.revision}`}</strong>
              </td>
              <td>
                {entry.state === 'locked' ? (
                  <StatusText status="pass">{revisionsText.locked}</StatusText>
                ) : (
                  <StatusText status="planned">{revisionsText.draft}</StatusText>
                )}
              </td>
              <td>{entry.changedBy}</td>
              <td>{formatDateTime(entry.changedAt)}</td>
              <td>
                <code title={entry.hash}>{shortHash(entry.hash)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {from === to ? (
        <p className={styles.none}>{revisions.length === 1 ? revisionsText.onlyOne : revisionsText.chooseTwo}</p>
      ) : (
        <Between key={`${from} ${to}`} planId={planId} from={from} to={to} hash={revisions.at(-1)?.hash ?? ''} />
      )}
    </>
  )
}

function Between({
  planId,
  from,
  to,
  hash,
}: {
  readonly planId: string
  readonly from: number
  readonly to: number
  readonly hash: string
}) {
  const before = useQuery('plan.read', { planId, revision: from }, hash)
  const after = useQuery('plan.read', { planId, revision: to }, hash)
  const failure = before.failure ?? after.failure
  if (failure) return <FailureNote failure={failure} />
  if (!before.value || !after.value) return <Waiting rows={3}>{revisionsText.readingBoth}</Waiting>
  const changes = diffPlans(before.value.plan, after.value.plan)
  if (changes.length === 0) return <p className={styles.none}>{revisionsText.same(from, to)}</p>
  return (
    <>
      <h3 className={styles.between}>{revisionsText.differences(from, to, changes.length)}</h3>
      <table className={`${tableStyles.table} ${styles.diff}`}>
        <thead>
          <tr>
            <th scope="col">{revisionsText.changeColumns.what}</th>
            <th scope="col">{revisionsText.changeColumns.field}</th>
            <th scope="col">{revisionsText.changeColumns.before}</th>
            <th scope="col">{revisionsText.changeColumns.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <Change key={`${subjectText(change.subject)} ${change.path}`} change={change} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function Change({ change }: { readonly change: PlanChange }) {
  const { kind, subject } = change
  const [before, after] = [changedValue(change, change.before), changedValue(change, change.after)]
  const whole = change.path === ''
  return (
    <tr>
      <td>
        <strong>{changedThing(subject)}</strong>
        {whole && (
          <span className={kind === 'added' ? styles.added : styles.removed}>
            {kind === 'added' ? revisionsText.added : revisionsText.removed}
          </span>
        )}
      </td>
      <td>{changedField(change)}</td>
      <td>{whole || before === null ? '' : <del className={styles.removed}>{before}</del>}</td>
      <td>{whole || after === null ? '' : <ins className={styles.added}>{after}</ins>}</td>
    </tr>
  )
}
