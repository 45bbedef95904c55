/** Owns the page of failures that wait: one cause at a time, the largest first, with what was seen and what the person may choose. */
import { useMemo } from 'react'
import { pendingDecisions } from '../../../domain/run/pending.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { type FailureGroup, groupFailures } from './failure-groups.ts'
import { timingKey } from '../session/timings.ts'
import { plural } from '../../../domain/base/plural.ts'
import { formatTime } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { DecisionChoice } from './decision-choice.tsx'
import { Differences } from './differences.tsx'
import { Evidence } from './evidence.tsx'
import pageStyles from '../task-page.module.css'
import styles from './decision.module.css'

export function DecisionPage() {
  const state = useRun((picture) => picture.state)
  const groups = useMemo(() => groupFailures(pendingDecisions(state)), [state])
  const key = useViewState((place) => place.cause)
  const group = groups.find((one) => one.key === key) ?? groups[0]
  if (!group) return null
  return (
    <div className={pageStyles.page}>
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        {groups.length > 1 && (
          <div className={styles.groups} role="group" aria-label="Causes">
            {groups.map((one) => (
              <button
                key={one.key}
                type="button"
                aria-pressed={one === group}
                className={styles.group}
                onClick={() => {
                  useViewState.setState({ cause: one.key })
                }}
              >
                <StatusGlyph status={one.failure.kind === 'by-hand' ? 'needs-you' : 'failed'} size={14} />
                {`${one.title}, ${one.failure.code}`} <strong>{one.pending.length}</strong>
              </button>
            ))}
          </div>
        )}
        <Cause key={group.key} group={group} />
      </main>
      <DecisionChoice key={`choice ${group.key}`} group={group} />
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
  const span =
    ended.length === 0
      ? ''
      : ended.length === 1 || ended[0] === ended.at(-1)
        ? formatTime(ended[0] ?? 0)
        : `${formatTime(ended[0] ?? 0)} to ${formatTime(ended.at(-1) ?? 0)}`
  const first = pending[0]?.step
  const tried = triedOn(state, group)
  const on = `${tried > pending.length ? `${pending.length} of ` : ''}${plural(Math.max(tried, pending.length), 'host')}`
  return (
    <>
      <header className={pageStyles.head}>
        <StatusGlyph status={byHand ? 'needs-you' : 'failed'} size={30} />
        <div>
          <h2>{byHand ? `${group.title} on ${plural(pending.length, 'host')}` : `${group.title} failed on ${on}`}</h2>
          <p>
            {[pending.length > 1 ? `Same cause on all ${pending.length}: ${failure.code}` : failure.code, span]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      </header>
      <div className={styles.boxes}>
        <section>
          <h3>What happened</h3>
          <p>{failure.message}</p>
        </section>
        <section>
          <h3>What we saw</h3>
          <p>
            {seen(
              steps.map((step) => step.observation),
              pending.length,
            )}
          </p>
        </section>
        <section>
          <h3>What to do</h3>
          <p>
            {failure.hint}
            {practice && !byHand ? ' A real site would do this too.' : ''}
          </p>
        </section>
      </div>
      {first?.work.kind === 'by-hand' && (
        <section className={styles.block}>
          <h3>By hand</h3>
          <ol className={styles.hand}>
            {first.work.installer.instructions.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      )}
      {!byHand && <Differences group={group} />}
      <Evidence group={group} />
    </>
  )
}

/** On how many hosts the same kind of step was tried so far. */
function triedOn(state: RunState, group: FailureGroup): number {
  const first = group.pending[0]
  if (!first) return 0
  const key = timingKey(first.step)
  return state.index.lanes.filter(({ steps }, n) =>
    steps.some(
      (step, i) =>
        step.stage === first.step.stage && timingKey(step) === key && (laneAt(state, n).steps[i]?.attempt ?? 0) > 0,
    ),
  ).length
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
