/** The evidence of one cell: its findings, what the host reported, and what to do. */
import { isSameSubject } from '../../domain/base/subject.ts'
import { formatTime, formatDuration } from '../shared/format.ts'
import { SidePanel } from '../shared/components/side-panel.tsx'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { statusWords } from '../status/status.ts'
import { useDraft } from '../plan/model/draft.ts'
import { evidenceText } from './text.ts'
import { evidenceOf } from './evidence.ts'
import { surveyColumns, type SurveyColumnId } from '../../domain/checks/survey-columns.ts'
import { cellWord, findingsOf, type Row } from './matrix.ts'
import { FieldPlace } from '../plan/forms/fields.tsx'
import { FindingCard } from '../plan/findings/finding-card.tsx'
import { seenPaths } from '../plan/model/finding-location.ts'
import { Cause } from './cause.tsx'
import panelStyles from '../shared/styles/panel.module.css'
import textStyles from '../shared/styles/text.module.css'
import styles from './survey.module.css'

export function EvidencePanel({
  row,
  column: id,
  onClose,
}: {
  readonly row: Row
  readonly column: SurveyColumnId
  readonly onClose: () => void
}) {
  const judged = useDraft((draft) => draft.findings)
  const at = surveyColumns.findIndex((column) => column.id === id)
  const column = surveyColumns[at]
  const status = row.cells[at]
  if (!column || !status) return null
  const { seen, host } = row
  const found = seen ? findingsOf(seen, column) : []
  // The plan may have changed since the survey: the waiver and the field to correct are those of today.
  const findings = found.map((finding) => {
    const today = judged?.find(
      ({ check, subject, severity }) =>
        check === finding.check && isSameSubject(subject, finding.subject) && severity !== 'pass',
    )
    const { field: _, ...rest } = finding
    return { ...rest, ...(today?.field !== undefined && { field: today.field }), waiver: today?.waiver ?? null }
  })
  const evidence = seen ? evidenceOf(seen, id) : []
  return (
    <SidePanel
      label={evidenceText.title}
      heading={
        <h2 className={styles.panelTitle}>
          <StatusGlyph status={status} size={22} label={cellWord(status, statusWords)} />
          {column.title}
        </h2>
      }
      closeLabel={evidenceText.close}
      onClose={onClose}
      aroundClose={(button) => <FieldPlace path={seenPaths.cell(id)}>{button}</FieldPlace>}
    >
      <div className={panelStyles.form}>
        <p className={textStyles.quiet}>
          {seen
            ? evidenceText.collected(host.name, formatTime(seen.seenAt), formatDuration(Date.now() - seen.seenAt))
            : evidenceText.notVisited(host.name)}
        </p>
        {findings.length === 0 && <p>{sentence(row, status)}</p>}
      </div>
      {findings
        .toSorted((a, b) => order[b.severity] - order[a.severity])
        .map((finding) => (
          <FindingCard key={finding.message} finding={finding} waivable within="survey" />
        ))}
      {id === 'reach' && seen?.diagnosis && <Cause diagnosis={seen.diagnosis} />}
      {evidence.length > 0 && (
        <section className={panelStyles.form}>
          <h3>{evidenceText.title}</h3>
          {evidence.map((entry) => (
            <div key={entry.title} className={styles.evidence}>
              {entry.status === null ? (
                <span />
              ) : (
                <StatusGlyph status={entry.status} label={statusWords[entry.status]} />
              )}
              <div>
                <strong>{entry.title}</strong>
                <span>{entry.about}</span>
                {entry.lines.length > 0 && (
                  <pre className={textStyles.request} tabIndex={0}>
                    {entry.lines.join('\n')}
                  </pre>
                )}
              </div>
            </div>
          ))}
        </section>
      )}
      {seen?.unreached && id !== 'reach' && (
        <div className={panelStyles.form}>
          <p className={textStyles.quiet}>{`${seen.unreached.message} ${seen.unreached.hint}`}</p>
        </div>
      )}
    </SidePanel>
  )
}

const order = { pass: 0, warn: 1, block: 2 } as const

function sentence(row: Row, status: Row['cells'][number]): string {
  if (status === 'running') return evidenceText.asking
  if (status === 'planned') return evidenceText.waiting
  if (status === 'skipped') return evidenceText.skipped
  if (status === 'unknown') return row.seen ? evidenceText.notAnswered : evidenceText.unknown
  return evidenceText.passed
}
