/** Owns the revisions of a plan and what differs between two of them. */
import { useState } from 'react'
import type { PlanRevision } from '../../domain/contract/shapes.ts'
import { subjectText } from '../../domain/base/subject.ts'
import { diffPlans, type PlanChange } from '../../domain/plan/plan-diff.ts'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { Waiting } from '../shared/components/waiting.tsx'
import { plural } from '../../domain/base/plural.ts'
import { formatDateTime, shortHash } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import tableStyles from '../shared/styles/plain-table.module.css'
import styles from './history.module.css'
import { useQuery } from '../shared/use-query.ts'

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
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Revision</th>
            <th scope="col">State</th>
            <th scope="col">By</th>
            <th scope="col">When</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {revisions.toReversed().map((one) => (
            <tr key={one.revision}>
              <td>
                <input
                  type="radio"
                  name="from"
                  aria-label={`Compare from revision ${one.revision}`}
                  checked={from === one.revision}
                  onChange={() => {
                    setFrom(one.revision)
                  }}
                />
              </td>
              <td>
                <input
                  type="radio"
                  name="to"
                  aria-label={`Compare to revision ${one.revision}`}
                  checked={to === one.revision}
                  onChange={() => {
                    setTo(one.revision)
                  }}
                />
              </td>
              <td>
                <strong>{`r${one.revision}`}</strong>
              </td>
              <td>
                {one.state === 'locked' ? (
                  <StatusText status="pass">Locked</StatusText>
                ) : (
                  <StatusText status="planned">Draft</StatusText>
                )}
              </td>
              <td>{one.changedBy}</td>
              <td>{formatDateTime(one.changedAt)}</td>
              <td>
                <code title={one.hash}>{shortHash(one.hash)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {from === to ? (
        <p className={styles.none}>
          {revisions.length === 1
            ? 'There is one revision only. The next one is made by editing a locked plan.'
            : 'Choose two revisions to see what differs.'}
        </p>
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
  if (!before.value || !after.value) return <Waiting rows={3}>Reading both revisions</Waiting>
  const changes = diffPlans(before.value.plan, after.value.plan)
  if (changes.length === 0) return <p className={styles.none}>{`r${from} and r${to} are the same document.`}</p>
  return (
    <>
      <h3 className={styles.between}>{`From r${from} to r${to}: ${plural(changes.length, 'difference')}`}</h3>
      <table className={`${tableStyles.table} ${styles.diff}`}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
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

function Change({ change: { kind, subject, path, before, after } }: { readonly change: PlanChange }) {
  const whole = path === ''
  return (
    <tr>
      <td>
        <strong>{subjectText(subject)}</strong>
        {whole && (
          <span className={kind === 'added' ? styles.added : styles.removed}>
            {kind === 'added' ? ' added' : ' removed'}
          </span>
        )}
      </td>
      <td>{path}</td>
      <td>{whole || before === null ? '' : <del className={styles.removed}>{before}</del>}</td>
      <td>{whole || after === null ? '' : <ins className={styles.added}>{after}</ins>}</td>
    </tr>
  )
}
