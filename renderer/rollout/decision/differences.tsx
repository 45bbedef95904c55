/** The facts in which the failed hosts differ from the hosts on which the same step succeeded. */
import { useMemo } from 'react'
import type { FailureGroup } from './failure-groups.ts'
import { compareGroup } from './what-differs.ts'
import { StatusText } from '../../status/status-glyph.tsx'
import { useRun } from '../session/run-store.ts'
import { differencesText } from './text.ts'
import styles from './decision.module.css'

export function Differences({ group }: { readonly group: FailureGroup }) {
  const state = useRun((picture) => picture.state)
  const plan = useRun((picture) => picture.plan)
  const { succeeded, compared, differences } = useMemo(() => compareGroup(state, plan, group), [state, plan, group])
  return (
    <section className={styles.block}>
      <h3>
        {differencesText.title}{' '}
        <span>{succeeded === 0 ? '' : differencesText.compared(differences.length, compared, succeeded)}</span>
      </h3>
      {succeeded === 0 && <p className={styles.quiet}>{differencesText.nothingToCompare}</p>}
      {succeeded > 0 && differences.length === 0 && <p className={styles.quiet}>{differencesText.noDifference}</p>}
      {differences.length > 0 && (
        <table className={styles.differences}>
          <thead>
            <tr>
              <th scope="col">{differencesText.fact}</th>
              <th scope="col">
                <StatusText status="failed">{differencesText.failed(group.pending.length)}</StatusText>
              </th>
              <th scope="col">
                <StatusText status="done">{differencesText.succeeded(succeeded)}</StatusText>
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ fact, failed, succeeded: onOthers }) => (
              <tr key={fact}>
                <th scope="row">{fact}</th>
                <td>
                  <strong>{failed}</strong>
                </td>
                <td>{onOthers}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
