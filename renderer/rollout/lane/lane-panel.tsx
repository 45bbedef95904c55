/** The side panel of the selected host: every step of its lane, and the facts of the selected step. */
import { isSettled, type Lane, type StepState } from '../../../domain/run/lane.ts'
import { laneAt } from '../../../domain/run/run.ts'
import type { Step } from '../../../domain/graph/step.ts'
import { componentTitles, stageTitles } from '../../../domain/base/titles.ts'
import { hostSentence, hostStatus, laneProgress, stepStatus } from '../hosts/host-status.ts'
import { formatElapsed } from '../../shared/format.ts'
import { ProgressRing, StatusGlyph } from '../../status/status-glyph.tsx'
import { statusWords } from '../../status/status.ts'
import { useViewState } from '../session/view-state.ts'
import { useRun } from '../session/run-store.ts'
import { StepFactsView } from './step-facts-view.tsx'
import { silenceOf, WhySilent } from './why-silent.tsx'
import { useRunNow } from '../session/use-site-now.ts'
import { laneText } from './text.ts'
import styles from './lane-panel.module.css'

export function LanePanel({ lane: n }: { readonly lane: number }) {
  const state = useRun((picture) => picture.state)
  const plan = useRun((picture) => picture.plan)
  const now = useRunNow()
  const chosenStep = useViewState((view) => view.step)
  const lane = laneAt(state, n)
  const steps = state.index.lanes[n]?.steps ?? []
  const host = plan.hosts.find(({ name }) => name === lane.host)
  const roles = plan.placements
    .filter((placement) => placement.host === lane.host)
    .map((placement) => placement.environment ?? componentTitles[placement.component])
  const status = hostStatus(state, n)
  const { settled, total } = laneProgress(lane)
  const sentence = hostSentence(state, n, now)
  const silence = silenceOf(state, n)
  const chosen = steps[chosenStep ?? Math.min(lane.cursor, steps.length - 1)]
  return (
    <aside className={styles.panel} aria-label={laneText.panel(lane.host)} data-region="side panel" tabIndex={-1}>
      <header className={styles.head}>
        {status === 'running' ? (
          <ProgressRing done={settled} of={total}>
            {settled + 1}
          </ProgressRing>
        ) : (
          <span className={styles.big}>
            <StatusGlyph status={status} size={30} />
          </span>
        )}
        <div className={styles.name}>
          <h2>{lane.host}</h2>
          <p>{`${statusWords[status]} · ${[...new Set(roles)].join(', ')} · ${host?.address ?? ''}`}</p>
          {sentence !== '' && <p>{sentence}</p>}
        </div>
      </header>
      {silence && <WhySilent key={lane.host} host={lane.host} failure={silence} />}
      <ol className={styles.steps} aria-label={laneText.steps}>
        {steps.map((step, i) => (
          <StepRow
            key={step.id}
            step={step}
            at={lane.steps[i]}
            lane={lane}
            place={i}
            chosen={step === chosen}
            heading={steps[i - 1]?.stage !== step.stage}
            runIsOver={state.status === 'finished'}
            now={now}
          />
        ))}
      </ol>
      {chosen && <StepFactsView step={chosen} />}
    </aside>
  )
}

interface StepRowProps {
  readonly step: Step
  readonly at: StepState | undefined
  readonly lane: Lane
  readonly place: number
  readonly chosen: boolean
  readonly heading: boolean
  readonly runIsOver: boolean
  readonly now: number
}

function StepRow({ step, at, lane, place, chosen, heading, runIsOver, now }: StepRowProps) {
  if (!at) return null
  const status = stepStatus(at, lane, runIsOver)
  const took = at.startedAt === null ? '' : formatElapsed((at.endedAt ?? now) - at.startedAt)
  const note = noteOf(at)
  return (
    <li>
      {heading && <h3 className={styles.stage}>{stageTitles[step.stage]}</h3>}
      <button
        type="button"
        className={styles.step}
        aria-current={chosen ? 'true' : undefined}
        onClick={() => {
          useViewState.setState({ step: place })
        }}
      >
        <StatusGlyph status={status} size={14} label={statusWords[status]} />
        <span className={styles.title}>
          <span className={at.status === 'planned' ? styles.planned : styles.begun}>{step.title}</span>
          {note !== '' && <span className={styles.note}>{note}</span>}
        </span>
        <span className={styles.took}>{took !== '' && (isSettled(at) || at.status === 'running') ? took : ''}</span>
      </button>
    </li>
  )
}

function noteOf(at: StepState): string {
  const attempt = at.attempt > 1 ? laneText.attempt(at.attempt) : ''
  if (at.status === 'skipped')
    return at.skippedBy === null ? (at.reason ?? '') : laneText.skippedBy(at.skippedBy, at.reason ?? '')
  if (at.status === 'failed' && at.failure) return [attempt, at.failure.message].filter(Boolean).join('. ')
  if (at.status === 'running' && at.ticket !== null) return [attempt, laneText.job].filter(Boolean).join(', ')
  return attempt
}
