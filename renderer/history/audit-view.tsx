/** The audit: who did what and when, and whether the chain of hashes is unbroken. */
import { Button } from '@fluentui/react-components'
import { ArrowDownload20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { FailureView } from '../shared/components/failure-view.tsx'
import { saveFile } from '../shared/save-file.ts'
import { Waiting } from '../shared/components/waiting.tsx'
import { withFormat } from '../../domain/base/formats.ts'
import { formatDateTime, shortHash } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import pageStyles from '../shared/styles/reading.module.css'
import tableStyles from '../shared/styles/plain-table.module.css'
import styles from './history.module.css'
import { useQuery } from '../shared/use-query.ts'
import { FilterInput } from '../shared/components/filter-input.tsx'
import { auditText } from './text.ts'

const mostRows = 2000

export function AuditView() {
  const audit = useQuery('audit.read', { limit: mostRows })
  const [find, setFind] = useState('')
  if (!audit.value) {
    return (
      <main id="main" className={pageStyles.page} tabIndex={-1} data-region="main">
        {audit.failure ? (
          <FailureView alone title={auditText.unreadable} failure={audit.failure} onAgain={audit.again} />
        ) : (
          <Waiting alone>{auditText.reading}</Waiting>
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
            <h1 className={pageStyles.title}>{auditText.title}</h1>
            <p className={pageStyles.lead}>{auditText.lead}</p>
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
            {auditText.save}
          </Button>
        </div>
        <p role="status">
          {rows.length === 0 && verdict.ok ? null : verdict.ok ? (
            <StatusText status="pass">{auditText.verified(verdict.rows, shortHash(verdict.head))}</StatusText>
          ) : (
            <StatusText status="failed">{auditText.broken(verdict.row, verdict.why)}</StatusText>
          )}
        </p>
        {rows.length > 0 && (
          <FilterInput label={auditText.filter} className={styles.find} value={find} onFilter={setFind} />
        )}
        {rows.length === 0 ? (
          verdict.ok && <p className={styles.none}>{auditText.none}</p>
        ) : shown.length === 0 ? (
          <p className={styles.none}>{auditText.noMatch(find)}</p>
        ) : (
          <table className={`${tableStyles.table} ${styles.audit}`}>
            <thead>
              <tr>
                <th scope="col">{auditText.columns.number}</th>
                <th scope="col">{auditText.columns.when}</th>
                <th scope="col">{auditText.columns.who}</th>
                <th scope="col">{auditText.columns.did}</th>
                <th scope="col">{auditText.columns.about}</th>
                <th scope="col">{auditText.columns.why}</th>
                <th scope="col">{auditText.columns.hash}</th>
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
        {verdict.ok && rows.length < verdict.rows && <p className={styles.none}>{auditText.newest(rows.length)}</p>}
      </div>
    </main>
  )
}
