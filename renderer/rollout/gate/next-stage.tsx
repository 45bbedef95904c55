/** What starts when the gate opens: the next stage with its hosts and waves, and whose approval it takes. */
import { useMemo } from 'react'
import type { Gate } from '../../../domain/graph/graph.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import { formatApproximate, formatMinute, shortHash } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useEstimate } from '../header/use-estimate.ts'
import { useRun } from '../session/run-store.ts'
import { previewGate } from './gate-preview.ts'
import { gateText, nextStageText } from './text.ts'
import pageStyles from '../task-page.module.css'
import styles from './gate.module.css'

function firstOf(hosts: readonly string[]): string {
  return hosts.length > 6
    ? nextStageText.hostsAndMore(hosts.slice(0, 6).join(', '), hosts.length - 6)
    : hosts.join(', ')
}

export function NextStage({ gate, by }: { readonly gate: Gate; readonly by: string }) {
  const state = useRun((picture) => picture.state)
  const summary = useRun((picture) => picture.summary)
  const estimate = useEstimate()
  const { hosts, excluded, steps, waves, canaryFirst, restarts } = useMemo(
    () => previewGate(state, gate),
    [state, gate],
  )
  const takes = estimate.stages[state.index.graph.stages.findIndex(({ name }) => name === gate.opens)] ?? null
  return (
    <>
      <section>
        <h2>{gateText.whenOpen}</h2>
        <p className={styles.opens}>
          <StatusGlyph status="planned" size={18} />
          <span>
            <strong>{stageTitles[gate.opens]}</strong>
            <br />
            {takes === null
              ? nextStageText.size(hosts.length, steps)
              : nextStageText.sizeAndTime(hosts.length, steps, formatApproximate(takes))}
          </span>
        </p>
        <dl className={pageStyles.facts}>
          <dt>{nextStageText.hosts}</dt>
          <dd>{firstOf(hosts)}</dd>
          {excluded.length > 0 && (
            <>
              <dt>{nextStageText.excluded}</dt>
              <dd>{firstOf(excluded)}</dd>
            </>
          )}
          <dt>{nextStageText.waves}</dt>
          <dd>{canaryFirst ? nextStageText.wavesAfterCanary(waves) : waves}</dd>
          <dt>{nextStageText.restart}</dt>
          <dd>{restarts === 0 ? nextStageText.noRestart : nextStageText.restartIfAsked}</dd>
          {estimate.left !== null && (
            <>
              <dt>{nextStageText.ends}</dt>
              <dd>{nextStageText.endsAbout(formatMinute(estimate.now + estimate.left))}</dd>
            </>
          )}
        </dl>
      </section>
      <section>
        <h2>{nextStageText.approval}</h2>
        <dl className={pageStyles.facts}>
          <dt>{nextStageText.openedBy}</dt>
          <dd>{nextStageText.onePerson(by)}</dd>
          <dt>{nextStageText.plan}</dt>
          <dd>
            {`${nextStageText.revision(summary.revision)} · `}
            <code>{shortHash(summary.planHash)}</code>
          </dd>
        </dl>
      </section>
    </>
  )
}
