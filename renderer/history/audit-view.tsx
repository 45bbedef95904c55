/** Owns the page of the audit: who did what and when, and whether the chain of hashes holds. */
import { Button, Input } from '@fluentui/react-components'
import { ArrowDownload20Regular, Search20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { FailureView } from '../shared/components/failure-view.tsx'
import { saveFile } from '../shared/save-file.ts'
import { Waiting } from '../shared/components/waiting.tsx'
import { withFormat } from '../../domain/base/formats.ts'
import { plural } from '../../domain/base/plural.ts'
import { formatDateTime, shortHash } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import pageStyles from '../shared/styles/reading.module.css'
import tableStyles from '../shared/styles/plain-table.module.css'
import styles from './history.module.css'
import { useQuery } from '../shared/use-query.ts'

const mostRows = 2000

export function AuditView() {
  const audit = useQuery('audit.read', { limit: mostRows })
  const [find, setFind] = useState('')
  if (!audit.value) {
    return (
      <main id="main" className={pageStyles.page} tabIndex={-1} data-region="main">
        {audit.failure ? (
          <FailureView alone title="The audit cannot be read" failure={audit.failure} onAgain={audit.again} />
        ) : (
          <Waiting alone>Reading the audit</Waiting>
        )}
      </main>
    )
  }
  const { rows, verdict } = audit.value
  const wanted = find.trim().toLowerCase()
  const shown = rows.filter((row) => `${row.by} ${row.action} ${row.subject} ${row.why}`.toLowerCase().includes(wanted))
  return (
    <main id="main" className={pageStyles.page} tabIndex={-1} data-region="main">
      <div className={pageStyles.reading}>
        <div className={pageStyles.head}>
          <div>
            <h1 className={pageStyles.title}>Audit</h1>
            <p className={pageStyles.lead}>
              Who did what and when. Rows are only ever added; each carries the hash of the one before.
            </p>
          </div>
          <Button
            icon={<ArrowDownload20Regular />}
            disabled={rows.length === 0}
            onClick={() => {
              saveFile({
                fileName: 'audit.json',
                mediaType: 'application/json',
                text: JSON.stringify(withFormat('audit', { verdict, rows }), null, 2),
              })
            }}
          >
            JSON
          </Button>
        </div>
        <p role="status">
          {rows.length === 0 && verdict.ok ? null : verdict.ok ? (
            <StatusText status="pass">{`Verified: ${plural(verdict.rows, 'row')}, each fits the one before. Head ${shortHash(verdict.head)}`}</StatusText>
          ) : (
            <StatusText status="failed">{`Row ${verdict.row} of the audit is not right: ${verdict.why}. Copy the database and compare it with a backup.`}</StatusText>
          )}
        </p>
        {rows.length > 0 && (
          <Input
            className={styles.find}
            size="small"
            contentBefore={<Search20Regular />}
            placeholder="Filter the audit"
            aria-label="Filter the audit"
            value={find}
            onChange={(_, { value }) => {
              setFind(value)
            }}
          />
        )}
        {rows.length === 0 ? (
          verdict.ok && (
            <p className={styles.none}>Nothing has been locked, started, decided or put into the vault yet.</p>
          )
        ) : shown.length === 0 ? (
          <p className={styles.none}>{`No row has "${find}" in it.`}</p>
        ) : (
          <table className={`${tableStyles.table} ${styles.audit}`}>
            <thead>
              <tr>
                <th scope="col">#</th>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">Did</th>
                <th scope="col">About</th>
                <th scope="col">Why</th>
                <th scope="col">Hash</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.number}>
                  <td className={tableStyles.number}>{row.number}</td>
                  <td className={tableStyles.when}>{formatDateTime(row.at)}</td>
                  <td>{row.by}</td>
                  <td className={tableStyles.when}>
                    <code>{row.action}</code>
                  </td>
                  <td className={styles.subject}>{row.subject}</td>
                  <td>{row.why}</td>
                  <td className={tableStyles.when}>
                    <code title={row.hash}>{shortHash(row.hash)}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {verdict.ok && rows.length < verdict.rows && (
          <p className={styles.none}>{`The newest ${plural(rows.length, 'row')} are shown.`}</p>
        )}
      </div>
    </main>
  )
}
