/** Owns review and lock: everything that will run, word for word, and the lock of that revision. */
import { subjectText } from '../../../domain/base/subject.ts'
import { Button } from '@fluentui/react-components'
import { LockClosed20Regular, Play20Regular, Print20Regular } from '@fluentui/react-icons'
import { Fragment, useMemo, useState } from 'react'
import { useAct, useClient } from '../../client/client-context.tsx'
import { Command } from '../../shared/components/command.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { Waiting } from '../../shared/components/waiting.tsx'
import { hostsInWords, type SheetRow, signOffSheet } from './sign-off.ts'
import { plural } from '../../../domain/base/plural.ts'
import { formatTime, formatDateTime } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { useOverview } from '../../shared/overview-store.ts'
import { go } from '../../shared/route.ts'
import { Approvals, ApprovalsOnPaper, type AskedApprovals, useApprovals } from './approvals.tsx'
import { FindingCard } from '../findings/finding-card.tsx'
import { NotCompiled } from './not-compiled.tsx'
import { SinceLocked } from './since-locked.tsx'
import panelStyles from '../../shared/styles/panel.module.css'
import tableStyles from '../../shared/styles/table.module.css'
import pageStyles from '../../shared/styles/page.module.css'
import textStyles from '../../shared/styles/text.module.css'
import styles from './review.module.css'

export function ReviewSection() {
  const graph = useDraft((draft) => draft.graph)
  const plan = useDraft((draft) => draft.plan)
  const stages = useMemo(() => (graph ? signOffSheet(graph, plan) : null), [graph, plan])
  const notCompiled = useDraft((draft) => draft.notCompiled)
  const approvals = useApprovals()
  if (notCompiled) return <NotCompiled failure={notCompiled} />
  if (!stages)
    return (
      <main id="main" tabIndex={-1} data-region="main">
        <Waiting>Compiling the plan</Waiting>
      </main>
    )
  const starts = stages.map((_, i) => stages.slice(0, i).reduce((sum, stage) => sum + stage.rows.length, 0))
  return (
    <div className={pageStyles.withPanel}>
      <main id="main" className={pageStyles.main} tabIndex={0} data-region="main">
        <PaperHead />
        <p className={styles.lead}>
          Everything that will run, word for word. A rollout accepts this revision only; one edit makes another.
        </p>
        <table className={`${tableStyles.table} ${styles.sheet}`}>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">Host</th>
              <th scope="col">Step and exact command</th>
              <th scope="col">As whom</th>
            </tr>
          </thead>
          <tbody>
            {stages.map((stage, i) => (
              <Fragment key={stage.title}>
                <tr className={tableStyles.groupRow}>
                  <th scope="colgroup" colSpan={4}>
                    {stage.title} <span>{stage.about}</span>
                  </th>
                </tr>
                {stage.rows.map((row, n) => (
                  <Row key={row.key} row={row} number={(starts[i] ?? 0) + n + 1} />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
        <ApprovalsOnPaper asked={approvals} />
      </main>
      <LockPanel approvals={approvals} />
    </div>
  )
}

function Row({ row, number }: { readonly row: SheetRow; readonly number: number }) {
  const { facts, step } = row
  return (
    <tr>
      <td className={styles.number}>{number}</td>
      <td className={styles.hosts} title={row.hosts.join(', ')}>
        <span data-screen-only="">{hostsInWords(row.hosts)}</span>
        <span data-paper-only="">{row.hosts.join(', ')}</span>
      </td>
      <td>
        <p className={styles.step}>
          <strong>{step.title}</strong>
          {facts.source === 'yours' ? <Yours /> : facts.source === 'docs' ? <Docs /> : null}
        </p>
        {facts.command === null ? (
          <p className={textStyles.quiet}>{facts.act}</p>
        ) : (
          <Command plain text={facts.command} />
        )}
        {facts.byHand.length > 0 && (
          <ol className={styles.hand}>
            {facts.byHand.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        )}
      </td>
      <td className={styles.whom}>
        {facts.runsAs}
        <span>{facts.effect}</span>
      </td>
    </tr>
  )
}

/** What a reader on paper must know of what they hold: of which plan, which revision, and the hash that a rollout accepts. */
function PaperHead() {
  const { plan, revision, findings } = useDraft((draft) => draft)
  const open = (findings ?? []).filter((finding) => finding.severity !== 'pass')
  return (
    <header className={styles.paperPart} data-paper-only="">
      <h2>{`Sign-off sheet of ${plan.name}, revision ${revision.revision}${plan.practice ? ' (practice: no machine is touched)' : ''}`}</h2>
      <p>{`${plan.site.name}. ${revision.state === 'locked' ? 'Locked' : 'Draft, last changed'} by ${revision.changedBy}, ${formatDateTime(revision.changedAt)}. Printed ${formatDateTime(Date.now())}.`}</p>
      <p>{`SHA-256 of the plan: ${revision.hash}`}</p>
      <p>{`${plural(open.filter((finding) => finding.severity === 'block' && finding.waiver === null).length, 'block')}, ${plural(open.filter((finding) => finding.severity === 'warn').length, 'warning')}, ${open.filter((finding) => finding.waiver !== null).length} accepted.`}</p>
      {open.flatMap(({ message, waiver }) =>
        waiver ? [<p key={message}>{`Accepted by ${waiver.by}: ${message} Reason: ${waiver.reason}`}</p>] : [],
      )}
    </header>
  )
}

function LockPanel({ approvals }: { readonly approvals: AskedApprovals }) {
  const client = useClient()
  const { reload, setFindings } = useDraftSession()
  const { planId, revision, findings, saving } = useDraft((draft) => draft)
  const act = useAct()
  const [refused, setRefused] = useState(false)
  const locked = revision.state === 'locked'
  const blocks = (findings ?? []).filter((finding) => finding.severity === 'block' && finding.waiver === null)
  const warnings = (findings ?? []).filter((finding) => finding.severity === 'warn')
  const lock = async (): Promise<void> => {
    const answer = await client.call('plan.lock', { planId, revision: revision.revision, hash: revision.hash })
    if (!answer.locked) {
      setFindings(answer.findings)
      setRefused(true)
      return
    }
    setRefused(false)
    await reload()
    await useOverview.getState().refresh(client)
  }
  return (
    <aside
      className={panelStyles.panel}
      aria-label={`Revision ${revision.revision}`}
      data-region="side panel"
      tabIndex={-1}
    >
      <section className={panelStyles.form}>
        <h2>{`Revision ${revision.revision}`}</h2>
        <p className={styles.hash} title="SHA-256 of the plan">
          {revision.hash.match(/.{1,4}/g)?.map((part, i) => (
            <span key={i}>{part}</span>
          ))}
        </p>
        <p className={textStyles.quiet}>SHA-256 of the plan with everything in it</p>
      </section>
      <section className={panelStyles.form}>
        <h3>Findings</h3>
        {findings === null ? (
          <p className={textStyles.quiet}>Judging the plan</p>
        ) : (
          <ul className={styles.counts}>
            <li>
              <StatusGlyph status="block" />
              {plural(blocks.length, 'block')}
            </li>
            <li>
              <StatusGlyph status="warn" />
              {`${plural(warnings.length, 'warning')}, ${warnings.filter((finding) => finding.waiver !== null).length} accepted`}
            </li>
            <li>
              <StatusGlyph status="pass" />
              {`${findings.filter((finding) => finding.severity === 'pass').length} pass`}
            </li>
          </ul>
        )}
        <span>
          <Button
            size="small"
            onClick={() => {
              go({ view: 'plan', planId, section: 'findings' })
            }}
          >
            Show findings
          </Button>
        </span>
      </section>
      <SinceLocked />
      <Approvals key={revision.hash} asked={approvals} />
      {refused && blocks.length > 0 && (
        <section role="alert">
          <h3 className={panelStyles.panelTitle}>{`${plural(blocks.length, 'block')} before this can be locked`}</h3>
          {blocks.map((finding) => (
            <FindingCard key={finding.check + subjectText(finding.subject)} finding={finding} />
          ))}
        </section>
      )}
      <footer className={panelStyles.foot}>
        <FailureNote failure={act.failure} />
        {locked ? (
          <p className={styles.locked}>
            <StatusGlyph status="pass" />
            {`Locked by ${revision.changedBy} at ${formatTime(revision.changedAt)}`}
          </p>
        ) : (
          <p>
            {saving === 'saved'
              ? 'Nothing runs before a revision is locked and started.'
              : 'The last change is being saved.'}
          </p>
        )}
        <div className={panelStyles.acts}>
          {locked ? (
            <Button
              appearance="primary"
              icon={<Play20Regular />}
              onClick={() => {
                go({ view: 'plan', planId, section: 'rollout' })
              }}
            >
              Go to rollout
            </Button>
          ) : (
            <Button
              appearance="primary"
              icon={<LockClosed20Regular />}
              disabledFocusable={act.busy || saving !== 'saved'}
              onClick={() => {
                if (!act.busy && saving === 'saved') void act.run(lock)
              }}
            >{`Lock revision ${revision.revision}`}</Button>
          )}
          <Button
            icon={<Print20Regular />}
            onClick={() => {
              print()
            }}
          >
            Print
          </Button>
        </div>
      </footer>
    </aside>
  )
}
