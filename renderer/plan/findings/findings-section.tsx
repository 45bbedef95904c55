/** The findings of a plan, worst first: many alike are one row, and one is open at a time in the drawer. */
import { ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons'
import { useMemo, useState } from 'react'
import type { JudgedFinding } from '../../../domain/contract/shapes.ts'
import { severities, type Severity } from '../../../domain/base/finding.ts'
import { subjectText } from '../../../domain/base/subject.ts'
import { usePaper } from '../../shared/use-paper.ts'
import { useTableWindow } from '../../shared/use-table-window.ts'
import { WaitingMain } from '../../shared/components/waiting.tsx'
import { FilterInput } from '../../shared/components/filter-input.tsx'
import { FilterChip } from '../../shared/components/filter-chip.tsx'
import { SidePanel } from '../../shared/components/side-panel.tsx'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { statusWords } from '../../status/status.ts'
import { useDraft } from '../model/draft.ts'
import { stepThrough, useNextProblem } from '../../navigation/next-problem.ts'
import { findingsText } from './text.ts'
import { FindingCard } from './finding-card.tsx'
import { isAbout } from '../model/findings-by-host.ts'
import { aboutGroup, type FindingGroup, type FindingRow, rowsOf } from './group-findings.ts'
import pageStyles from '../../shared/styles/page.module.css'
import tableStyles from '../../shared/styles/table.module.css'
import textStyles from '../../shared/styles/text.module.css'

const keyOf = (finding: JudgedFinding): string => `${finding.check} ${subjectText(finding.subject)} ${finding.message}`

export function FindingsSection() {
  const findings = useDraft((draft) => draft.findings)
  const [filter, setFilter] = useState<Severity | null>(null)
  const [find, setFind] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const found = (findings ?? []).filter((finding) => isAbout(finding, find))
  const shown = found.filter((finding) => filter === null || finding.severity === filter)
  useNextProblem((by) => {
    const problems = shown.filter(({ severity, waiver }) => severity !== 'pass' && waiver === null).map(keyOf)
    const next = stepThrough(problems, open ?? undefined, by)
    if (next !== undefined) setOpen(next)
    return next !== undefined
  })
  if (!findings) return <WaitingMain>{findingsText.waiting}</WaitingMain>
  const chosen = findings.find((finding) => keyOf(finding) === open)
  return (
    <div className={chosen ? pageStyles.withPanel : pageStyles.alone}>
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        <div className={pageStyles.tools} role="group" aria-label={findingsText.filterBySeverity}>
          <FilterChip
            pressed={filter === null}
            onPress={() => {
              setFilter(null)
            }}
          >
            {findingsText.all} <strong>{found.length}</strong>
          </FilterChip>
          {severities.toReversed().map((severity) => (
            <FilterChip
              key={severity}
              pressed={filter === severity}
              onPress={() => {
                setFilter(filter === severity ? null : severity)
              }}
            >
              <StatusGlyph status={severity} size={14} />
              {statusWords[severity]} <strong>{found.filter((finding) => finding.severity === severity).length}</strong>
            </FilterChip>
          ))}
          <span className={pageStyles.space} />
          <FilterInput label={findingsText.filterByHost} className={pageStyles.find} value={find} onFilter={setFind} />
        </div>
        {shown.length === 0 ? (
          <p className={pageStyles.none}>
            {find.trim() === '' ? findingsText.none : findingsText.noneAbout(find.trim())}
          </p>
        ) : (
          <FindingsTable findings={shown} open={open} onOpen={setOpen} />
        )}
      </main>
      {chosen && (
        <FindingPanel
          finding={chosen}
          onClose={() => {
            setOpen(null)
          }}
        />
      )}
    </div>
  )
}

function FindingPanel({ finding, onClose }: { readonly finding: JudgedFinding; readonly onClose: () => void }) {
  const key = keyOf(finding)
  return (
    <SidePanel
      label={findingsText.finding}
      heading={<h2>{findingsText.finding}</h2>}
      closeLabel={findingsText.close}
      subject={key}
      onClose={onClose}
    >
      <FindingCard key={key} finding={finding} waivable />
    </SidePanel>
  )
}

const rowHeight = 36

function FindingsTable({
  findings,
  open,
  onOpen,
}: {
  readonly findings: readonly JudgedFinding[]
  readonly open: string | null
  readonly onOpen: (key: string | null) => void
}) {
  const paper = usePaper()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  // The one in the drawer is in sight wherever it came from.
  const rows = useMemo(
    () =>
      rowsOf(
        findings,
        (group, members) => paper || opened.has(group) || members.some((finding) => keyOf(finding) === open),
      ),
    [findings, paper, opened, open],
  )
  const { body, shown, before, after, measure } = useTableWindow(rows.length, rowHeight)
  const toggle = ({ key, isOpen, findings: members }: FindingGroup): void => {
    const next = new Set(opened)
    if (isOpen) next.delete(key)
    else next.add(key)
    setOpened(next)
    if (isOpen && members.some((finding) => keyOf(finding) === open)) onOpen(null)
  }
  return (
    <table className={tableStyles.table} aria-rowcount={rows.length + 1}>
      <thead className={tableStyles.sticky}>
        <tr>
          <th scope="col" className={tableStyles.narrow}>
            <span className={textStyles.unseen}>{findingsText.severity}</span>
          </th>
          <th scope="col">{findingsText.finding}</th>
          <th scope="col">{findingsText.about}</th>
          <th scope="col">{findingsText.check}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {before > 0 && (
          <tr aria-hidden="true">
            <td colSpan={4} className={tableStyles.gap} style={{ height: before }} />
          </tr>
        )}
        {shown.map((index) => {
          const row = rows[index]
          if (!row) return null
          const [finding] = row.kind === 'group' ? row.findings : [row.finding]
          const key = keyOf(finding)
          return (
            <tr
              key={row.kind === 'group' ? row.key : key}
              ref={measure}
              data-index={index}
              aria-rowindex={index + 2}
              className={row.kind === 'finding' && key === open ? tableStyles.chosen : undefined}
            >
              <td className={tableStyles.narrow}>
                <StatusGlyph
                  status={finding.waiver ? 'skipped' : finding.severity}
                  label={finding.waiver ? 'Accepted' : statusWords[finding.severity]}
                />
              </td>
              {row.kind === 'group' ? (
                <GroupCells
                  row={row}
                  onToggle={() => {
                    toggle(row)
                  }}
                />
              ) : (
                <FindingCells
                  row={row}
                  isOpen={key === open}
                  onToggle={() => {
                    onOpen(key === open ? null : key)
                  }}
                />
              )}
              <td className={textStyles.oneLine}>{finding.check}</td>
            </tr>
          )
        })}
        {after > 0 && (
          <tr aria-hidden="true">
            <td colSpan={4} className={tableStyles.gap} style={{ height: after }} />
          </tr>
        )}
      </tbody>
    </table>
  )
}

function FindingCells({
  row: { finding, inGroup },
  isOpen,
  onToggle,
}: {
  readonly row: FindingRow
  readonly isOpen: boolean
  readonly onToggle: () => void
}) {
  return (
    <>
      <td className={inGroup ? tableStyles.inGroup : undefined}>
        <button type="button" className={textStyles.linkLong} aria-expanded={isOpen} onClick={onToggle}>
          {finding.message}
        </button>
      </td>
      <td className={textStyles.mono}>{subjectText(finding.subject)}</td>
    </>
  )
}

function GroupCells({ row, onToggle }: { readonly row: FindingGroup; readonly onToggle: () => void }) {
  const [{ message }, ...others] = row.findings
  const Chevron = row.isOpen ? ChevronDown16Regular : ChevronRight16Regular
  return (
    <>
      <td>
        <button
          type="button"
          className={`${textStyles.linkLong} ${tableStyles.groupToggle}`}
          aria-expanded={row.isOpen}
          onClick={onToggle}
        >
          <Chevron aria-hidden="true" />
          <span>
            {row.isOpen ? (
              findingsText.oneByOne(aboutGroup(row))
            ) : (
              <>
                {message} <strong>{findingsText.more(others.length)}</strong>
              </>
            )}
          </span>
        </button>
      </td>
      <td className={textStyles.oneLine}>{aboutGroup(row)}</td>
    </>
  )
}
