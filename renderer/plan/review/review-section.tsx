/** Page of review and lock: every step of the plan, and the lock of the revision. */
import { subjectText } from '../../../domain/base/subject.ts'
import { Button } from '@fluentui/react-components'
import { LockClosed20Regular, Play20Regular, Print20Regular } from '@fluentui/react-icons'
import { Fragment, useMemo, useState } from 'react'
import { useAct, useClient } from '../../client/client-context.tsx'
import { Command } from '../../shared/components/command.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { WaitingMain } from '../../shared/components/waiting.tsx'
import { hostsInWords, type SheetRow, signOffSheet } from './sign-off.ts'
import { formatTime, formatDateTime } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { useOverview } from '../../shared/overview-store.ts'
import { go } from '../../shared/route.ts'
import { Approvals, ApprovalsOnPaper, type AskedApprovals, useApprovals } from './approvals.tsx'
import { FindingCard } from '../findings/finding-card.tsx'
import { NotCompiled } from './not-compiled.tsx'
import { SinceLocked } from './since-locked.tsx'
import { reviewText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import tableStyles from '../../shared/styles/table.module.css'
import pageStyles from '../../shared/styles/page.module.css'
import textStyles from '../../shared/styles/text.module.css'
import styles from './review.module.css'

/** The review of the open plan. */
export function ReviewSection() {
  const graph = useDraft((draft) => draft.graph)
  const plan = useDraft((draft) => draft.plan)
  const stages = useMemo(() => (graph ? signOffSheet(graph, plan) : null), [graph, plan])
  const notCompiled = useDraft((draft) => draft.notCompiled)
  const approvals = useApprovals()
  if (notCompiled) return <NotCompiled failure={notCompiled} />
  if (!stages) return <WaitingMain>{reviewText.compiling}</WaitingMain>
  const starts = stages.map((_, i) => stages.slice(0, i).reduce((sum, stage) => sum + stage.rows.length, 0))
  return (
    <div className={pageStyles.withPanel}>
      <main id="main" className={pageStyles.main} tabIndex={0} data-region="main">
        <PaperHead />
        <p className={styles.lead}>{reviewText.lead}</p>
        <table className={`${tableStyles.table} ${styles.sheet}`}>
          <thead>
            <tr>
              <th scope="col">{reviewText.columns.number}</th>
              <th scope="col">{reviewText.columns.host}</th>
              <th scope="col">{reviewText.columns.step}</th>
              <th scope="col">{reviewText.columns.account}</th>
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

/** Head of the printed sheet: plan, revision, hash and accepted findings. */
function PaperHead() {
  const { plan, revision, findings } = useDraft((draft) => draft)
  const open = (findings ?? []).filter((finding) => finding.severity !== 'pass')
  return (
    <header className={styles.paperPart} data-paper-only="">
      <h2>{reviewText.paperTitle(plan.name, revision.revision, plan.practice !== undefined)}</h2>
      <p>
        {reviewText.paperState(
          plan.site.name,
          revision.state === 'locked',
          revision.changedBy,
          formatDateTime(revision.changedAt),
          formatDateTime(Date.now()),
        )}
      </p>
      <p>{reviewText.paperHash(revision.hash)}</p>
      <p>
        {reviewText.paperFindings(
          open.filter((finding) => finding.severity === 'block' && finding.waiver === null).length,
          open.filter((finding) => finding.severity === 'warn').length,
          open.filter((finding) => finding.waiver !== null).length,
        )}
      </p>
      {open.flatMap(({ message, waiver }) =>
        waiver ? [<p key={message}>{reviewText.paperAccepted(waiver.by, message, waiver.reason)}</p>] : [],
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
      aria-label={reviewText.revision(revision.revision)}
      data-region="side panel"
      tabIndex={-1}
    >
      <section className={panelStyles.form}>
        <h2>{reviewText.revision(revision.revision)}</h2>
        <p className={styles.hash} title={reviewText.hash}>
          {revision.hash.match(/.{1,4}/g)?.map((part, i) => (
            <span key={i}>{part}</span>
          ))}
        </p>
        <p className={textStyles.quiet}>{reviewText.hashAbout}</p>
      </section>
      <section className={panelStyles.form}>
        <h3>{reviewText.findings}</h3>
        {findings === null ? (
          <p className={textStyles.quiet}>{reviewText.judging}</p>
        ) : (
          <ul className={styles.counts}>
            <li>
              <StatusGlyph status="block" />
              {reviewText.blocks(blocks.length)}
            </li>
            <li>
              <StatusGlyph status="warn" />
              {reviewText.warnings(warnings.length, warnings.filter((finding) => finding.waiver !== null).length)}
            </li>
            <li>
              <StatusGlyph status="pass" />
              {reviewText.passes(findings.filter((finding) => finding.severity === 'pass').length)}
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
            {reviewText.showFindings}
          </Button>
        </span>
      </section>
      <SinceLocked />
      <Approvals key={revision.hash} asked={approvals} />
      {refused && blocks.length > 0 && (
        <section role="alert">
          <h3 className={panelStyles.panelTitle}>{reviewText.refused(blocks.length)}</h3>
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
            {reviewText.lockedBy(revision.changedBy, formatTime(revision.changedAt))}
          </p>
        ) : (
          <p>{saving === 'saved' ? reviewText.notLocked : reviewText.saving}</p>
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
              {reviewText.goToRollout}
            </Button>
          ) : (
            <Button
              appearance="primary"
              icon={<LockClosed20Regular />}
              disabledFocusable={act.busy || saving !== 'saved'}
              onClick={() => {
                if (!act.busy && saving === 'saved') void act.run(lock)
              }}
            >
              {reviewText.lock(revision.revision)}
            </Button>
          )}
          <Button
            icon={<Print20Regular />}
            onClick={() => {
              print()
            }}
          >
            {reviewText.print}
          </Button>
        </div>
      </footer>
    </aside>
  )
}
