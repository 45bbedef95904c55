/** Owns the page of failures that wait: one cause at a time, the largest first, with what was seen and what the person may choose. */
import { useMemo, useState } from 'react'
import { pendingDecisions } from '../../../domain/attention.ts'
import { laneAt } from '../../../domain/run.ts'
import { type FailureGroup, groupFailures, sharedEvidence } from '../../run/failure-groups.ts'
import { clock, many } from '../../run/words.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { chooseLane, showPage, useRunPlace } from '../../stores/run-place.ts'
import { useRun } from '../../stores/run-session.ts'
import { DecisionChoice } from './decision-choice.tsx'
import styles from './decide.module.css'

export function DecisionPage() {
  const state = useRun((picture) => picture.state)
  const groups = useMemo(() => groupFailures(pendingDecisions(state)), [state])
  const [key, setKey] = useState<string | null>(null)
  const group = groups.find((one) => one.key === key) ?? groups[0]
  if (!group) return null
  return (
    <div className={styles.page}>
      <main id="main" className={styles.main} tabIndex={-1} data-region="main">
        {groups.length > 1 && (
          <div className={styles.groups} role="group" aria-label="Causes">
            {groups.map((one) => (
              <button key={one.key} type="button" aria-pressed={one === group} className={styles.group} onClick={() => { setKey(one.key) }}>
                <StatusGlyph status={one.failure.kind === 'by-hand' ? 'needs-you' : 'failed'} size={14} />{`${one.title}, ${one.failure.code}`} <strong>{one.pending.length}</strong>
              </button>
            ))}
          </div>
        )}
        <Cause group={group} />
      </main>
      <DecisionChoice key={group.key} group={group} />
    </div>
  )
}

function Cause({ group }: { readonly group: FailureGroup }) {
  const state = useRun((picture) => picture.state)
  const practice = useRun((picture) => picture.plan.practice !== undefined)
  const { failure, pending } = group
  const byHand = failure.kind === 'by-hand'
  const steps = pending.flatMap(({ step }) => {
    const at = state.index.stepAt.get(step.id)
    const stands = at === undefined ? undefined : laneAt(state, at.lane).steps[at.index]
    return stands ? [stands] : []
  })
  const ended = steps.flatMap((step) => (step.endedAt === null ? [] : [step.endedAt])).sort((a, b) => a - b)
  const span = ended.length === 0 ? '' : ended.length === 1 || ended[0] === ended.at(-1) ? clock(ended[0] ?? 0) : `${clock(ended[0] ?? 0)} to ${clock(ended.at(-1) ?? 0)}`
  const evidence = sharedEvidence(group)
  const first = pending[0]?.step
  return (
    <>
      <header className={styles.head}>
        <StatusGlyph status={byHand ? 'needs-you' : 'failed'} size={30} />
        <div>
          <h2>{byHand ? `${group.title} on ${many(pending.length, 'host')}` : `${group.title} failed on ${many(pending.length, 'host')}`}</h2>
          <p>{[pending.length > 1 ? `Same cause on all ${pending.length}: ${failure.code}` : failure.code, span].filter(Boolean).join(' · ')}</p>
        </div>
      </header>
      <div className={styles.boxes}>
        <section><h3>What happened</h3><p>{failure.message}</p></section>
        <section><h3>What we saw</h3><p>{seen(steps.map((step) => step.observation), pending.length)}</p></section>
        <section><h3>What to do</h3><p>{failure.hint}{practice && !byHand ? ' A real site would do this too.' : ''}</p></section>
      </div>
      {first?.work.kind === 'by-hand' && (
        <section className={styles.block}>
          <h3>By hand</h3>
          <ol className={styles.hand}>{first.work.installer.instructions.map((line) => <li key={line}>{line}</li>)}</ol>
        </section>
      )}
      <section className={styles.block}>
        <h3>Evidence <span>{pending.length > 1 ? `of ${pending[0]?.step.host ?? ''}; what all ${pending.length} share comes first` : ''}</span></h3>
        {evidence.length === 0 ? <p className={styles.quiet}>The step left no lines of its own. Its output is under Hosts.</p> : <pre className={styles.evidence} tabIndex={0}>{evidence.join('\n')}</pre>}
      </section>
      <section className={styles.block}>
        <h3>Hosts</h3>
        <ul className={styles.hosts}>
          {pending.map(({ step }) => (
            <li key={step.id}><button type="button" className={styles.host} title="Show lane and output" onClick={() => {
              const at = state.index.stepAt.get(step.id)
              if (at) {
                chooseLane(at.lane)
                useRunPlace.setState({ step: at.index })
                showPage('live')
              }
            }}>{step.host}<StatusGlyph status={byHand ? 'needs-you' : 'failed'} size={12} /></button></li>
          ))}
        </ul>
      </section>
    </>
  )
}

function seen(observations: readonly (string | null)[], hosts: number): string {
  const distinct = [...new Set(observations)]
  const where = hosts === 1 ? '' : ` on all ${hosts}`
  if (distinct.length !== 1) return 'What we saw differs from host to host; each lane has its own.'
  switch (distinct[0]) {
    case 'absent':
      return `We looked again: it is absent${where}.`
    case 'satisfied':
      return `We looked again: it is there${where}.`
    case 'partial':
      return `We looked again: it is half done${where}. An installer is never started over that.`
    case 'unknown':
      return `We looked again and cannot say what is there${where}.`
    default:
      return 'Nothing was seen on the host before it ended.'
  }
}
