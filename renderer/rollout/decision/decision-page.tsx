/** The page of failures that wait for a decision: one cause at a time, the largest first. */
import { useMemo } from 'react'
import { pendingDecisions } from '../../../domain/run/pending.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { ObservationState } from '../../../domain/run/event.ts'
import { type FailureGroup, groupFailures } from './failure-groups.ts'
import { timingKey } from '../session/timings.ts'
import { formatTime } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { DecisionChoice } from './decision-choice.tsx'
import { Differences } from './differences.tsx'
import { Evidence } from './evidence.tsx'
import { causeText, stateText } from './text.ts'
import pageStyles from '../task-page.module.css'
import styles from './decision.module.css'

export function DecisionPage() {
  const state = useRun((picture) => picture.state)
  const groups = useMemo(() => groupFailures(pendingDecisions(state)), [state])
  const key = useViewState((view) => view.cause)
  const shown = groups.find((group) => group.key === key) ?? groups[0]
  if (!shown) return null
  return (
    <div className={pageStyles.page}>
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        {groups.length > 1 && (
          <div className={styles.groups} role="group" aria-label={causeText.causes}>
            {groups.map((group) => (
              <button
                key={group.key}
                type="button"
                aria-pressed={group === shown}
                className={styles.group}
                onClick={() => {
                  useViewState.setState({ cause: group.key })
                }}
              >
                <StatusGlyph status={group.failure.kind === 'by-hand' ? 'needs-you' : 'failed'} size={14} />
                {causeText.inList(group.title, group.failure.code)} <strong>{group.pending.length}</strong>
              </button>
            ))}
          </div>
        )}
        <Cause key={shown.key} group={shown} />
      </main>
      <DecisionChoice key={`choice ${shown.key}`} group={shown} />
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
    const stepState = at === undefined ? undefined : laneAt(state, at.lane).steps[at.index]
    return stepState ? [stepState] : []
  })
  const ended = steps.flatMap((step) => (step.endedAt === null ? [] : [step.endedAt])).sort((a, b) => a - b)
  const from = ended.length === 0 ? '' : formatTime(ended[0] ?? 0)
  const to = ended.length === 0 ? '' : formatTime(ended.at(-1) ?? 0)
  const span = ended[0] === ended.at(-1) ? from : causeText.span(from, to)
  const first = pending[0]?.step
  return (
    <>
      <header className={pageStyles.head}>
        <StatusGlyph status={byHand ? 'needs-you' : 'failed'} size={30} />
        <div>
          <h2>
            {byHand
              ? causeText.byHand(group.title, pending.length)
              : causeText.failed(group.title, pending.length, triedOn(state, group))}
          </h2>
          <p>
            {[pending.length > 1 ? causeText.sameCause(pending.length, failure.code) : failure.code, span]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      </header>
      <div className={styles.boxes}>
        <section>
          <h3>{causeText.happened}</h3>
          <p>{failure.message}</p>
        </section>
        <section>
          <h3>{causeText.found}</h3>
          <p>
            {foundOn(
              steps.map((step) => step.observation),
              pending.length,
            )}
          </p>
        </section>
        <section>
          <h3>{causeText.whatToDo}</h3>
          <p>{practice && !byHand ? `${failure.hint} ${causeText.alsoOnRealSite}` : failure.hint}</p>
        </section>
      </div>
      {first?.work.kind === 'by-hand' && (
        <section className={styles.block}>
          <h3>{causeText.instructions}</h3>
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

function foundOn(observations: readonly (ObservationState | null)[], hosts: number): string {
  const distinct = [...new Set(observations)]
  return distinct.length === 1 ? stateText(distinct[0] ?? null, hosts) : causeText.statesDiffer
}
