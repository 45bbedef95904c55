/** Owns the table of what tells failed hosts from those on which the same succeeded. */
import { useMemo } from 'react'
import type { FailureGroup } from './failure-groups.ts'
import { compareGroup } from './what-differs.ts'
import { plural } from '../../../domain/base/plural.ts'
import { StatusText } from '../../status/status-glyph.tsx'
import { useRun } from '../session/run-store.ts'
import styles from './decision.module.css'

export function Differences({ group }: { readonly group: FailureGroup }) {
  const state = useRun((picture) => picture.state)
  const plan = useRun((picture) => picture.plan)
  const { succeeded, compared, differences } = useMemo(() => compareGroup(state, plan, group), [state, plan, group])
  return (
    <section className={styles.block}>
      <h3>
        What differs{' '}
        <span>
          {succeeded === 0
            ? ''
            : `${differences.length} of ${compared} facts, compared with the ${plural(succeeded, 'host')} that succeeded`}
        </span>
      </h3>
      {succeeded === 0 && (
        <p className={styles.quiet}>No host has got through this step yet, so there is nothing to compare with.</p>
      )}
      {succeeded > 0 && differences.length === 0 && (
        <p className={styles.quiet}>
          None of what Rollout knows of these hosts tells them apart. The cause lies elsewhere.
        </p>
      )}
      {differences.length > 0 && (
        <table className={styles.differences}>
          <thead>
            <tr>
              <th scope="col">Fact</th>
              <th scope="col">
                <StatusText status="failed">{`${group.pending.length} failed`}</StatusText>
              </th>
              <th scope="col">
                <StatusText status="done">{`${succeeded} succeeded`}</StatusText>
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ fact, failed, succeeded: well }) => (
              <tr key={fact}>
                <th scope="row">{fact}</th>
                <td>
                  <strong>{failed}</strong>
                </td>
                <td>{well}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
