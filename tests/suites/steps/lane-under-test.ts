/** A lane of steps executed by the engine's own attempt over real sessions; only the log is in memory. */
import type { NewEvent, ObservationState } from '../../../domain/run/event.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import type { Host } from '../../../domain/plan/host.ts'
import type { Lane } from '../../../domain/run/lane.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { applyEvent, laneAt, startState } from '../../../domain/run/run.ts'
import type { Step, StepWork } from '../../../domain/graph/step.ts'
import { titleOf } from '../../../domain/graph/step-title.ts'
import { makeAttempt } from '../../../main/engine/attempt.ts'
import type { Clock } from '../../../main/engine/ports.ts'
import type { Sessions } from '../../../main/engine/sessions.ts'
import { systemClock } from '../../../main/app/workstation/clock.ts'
import { shippedCatalogue } from '../../builders/graph.ts'
import type { SiteUnderSteps } from './site-under-steps.ts'

export interface HowToTry {
  /** `prove` is what "fixed by hand" leads to: Rollout only looks. */
  readonly mode?: 'normal' | 'prove'
  readonly hubCertificate?: { readonly sha256: string; readonly der: string }
  readonly plan?: Plan
  /** Told each time the step waits between two looks, by number from 1; the wait is over when it resolves. */
  readonly onWait?: (number: number) => Promise<void> | void
  /** Waits as long as the step says; otherwise a wait of a real site is only noted in the time that the step sees. */
  readonly realTime?: boolean
  readonly signal?: AbortSignal
}

/** How an attempt went. */
export interface Tried {
  readonly events: readonly NewEvent[]
  readonly outcome: 'succeeded' | 'failed' | 'interrupted'
  readonly changed: boolean
  readonly rebootWanted: boolean
  readonly failure: Failure | null
  /** What was seen, in order: before, and after where it was applied. */
  readonly saw: readonly ObservationState[]
  readonly evidence: string
  /** What the host wrote meanwhile, and what of it as errors. */
  readonly output: string
  readonly errors: string
}

export interface LaneUnderTest {
  /** Attempts the step at that place. */
  try(index?: number, how?: HowToTry): Promise<Tried>
  readonly lane: Lane
}

/** Makes lanes over one site; their sessions are shared. */
export interface Lanes {
  of(works: readonly StepWork[], host?: Host): LaneUnderTest
  /** One step, tried once. */
  once(work: StepWork, how?: HowToTry & { readonly host?: Host }): Promise<Tried>
  readonly sessions: Sessions
}

/** Lanes over a site. */
export function lanesOver(
  site: Pick<SiteUnderSteps, 'host' | 'plan' | 'vault' | 'clock'>,
  sessions: Sessions,
  localPath: (file: string) => string,
): Lanes {
  const runs = new Map<string, number>()
  const of = (works: readonly StepWork[], host = site.host): LaneUnderTest => {
    // Counted by host, not random: what a practice host makes of a broken job hangs on its name. The folder of jobs is new each time.
    const number = (runs.get(host.name) ?? 0) + 1
    runs.set(host.name, number)
    const runId = `steps-${host.name}-${number}`
    const steps = works.map((work, i): Step => ({
      id: `prerequisites/${host.name}/${work.kind}:${i}`,
      host: host.name,
      stage: 'prerequisites',
      wave: 1,
      after: [],
      title: titleOf(work),
      work,
    }))
    let state = startState({
      format: 'exekra-rollout-graph',
      version: 1,
      planName: 'Steps',
      steps,
      policy: { concurrency: 1, stageConcurrency: {}, stopAtFailedPercent: 100 },
      stages: [
        {
          name: 'prerequisites',
          gate: null,
          canary: false,
          waves: [{ number: 1, id: 'wave:prerequisites:1', hosts: [host.name] }],
        },
      ],
    })
    const clock = site.clock ?? systemClock()
    const record = (events: readonly NewEvent[]) => {
      for (const event of events) state = applyEvent(state, { ...event, seq: state.seq + 1, at: clock.now() })
    }
    record([
      { type: 'run.started', by: 'suite' },
      { type: 'wave.opened', stage: 'prerequisites', wave: 1 },
    ])
    return {
      get lane() {
        return laneAt(state, 0)
      },
      async try(index = 0, how = {}) {
        const step = steps[index]
        if (!step) throw new Error(`there is no step ${index}`)
        const number = (laneAt(state, 0).steps[index]?.attempt ?? 0) + 1
        record([{ type: 'step.attempted', step: step.id, attempt: number, mode: how.mode ?? 'normal' }])
        const events: NewEvent[] = []
        let output = ''
        let errors = ''
        await makeAttempt({
          runId,
          step,
          number,
          mode: how.mode ?? 'normal',
          lane: laneAt(state, 0),
          stepIndex: index,
          host,
          signal: how.signal ?? new AbortController().signal,
          sessions,
          options: {
            plan: how.plan ?? site.plan,
            catalogue: shippedCatalogue,
            clock: waiting(clock, how, site.clock !== undefined),
            vault: site.vault,
            hubCertificate: how.hubCertificate,
            localPath,
          },
          record: (some) => {
            record(some)
            events.push(...some)
          },
          output: ({ stream, text }) => {
            output += text
            if (stream === 'error') errors += text
          },
        })
        return tried(events, output, errors)
      },
    }
  }
  return { of, sessions, once: ({ ...work }, how = {}) => of([work], how.host).try(0, how) }
}

/** A site's own time goes on as it does. This machine's is told to a step and not waited for: what a step waits for is asked of the host, again and again. */
function waiting(clock: Clock, { onWait, realTime }: HowToTry, ownTime: boolean): Clock {
  let waited = 0
  let spared = 0
  return {
    now: () => clock.now() + spared,
    async sleep(ms, signal) {
      await onWait?.(++waited)
      if (ownTime || realTime === true) return clock.sleep(ms, signal)
      spared += ms
    },
  }
}

function tried(events: readonly NewEvent[], output: string, errors: string): Tried {
  const seen = events.filter((event) => event.type === 'step.observed')
  const end = events.find(
    (event) => event.type === 'step.succeeded' || event.type === 'step.failed' || event.type === 'step.interrupted',
  )
  if (!end) throw new Error(`the attempt ended without an outcome: ${JSON.stringify(events)}`)
  const lost = events.find((event) => event.type === 'host.unreachable')
  return {
    events,
    output,
    errors,
    outcome: end.type === 'step.succeeded' ? 'succeeded' : end.type === 'step.failed' ? 'failed' : 'interrupted',
    changed: end.type === 'step.succeeded' && end.changed,
    rebootWanted: end.type === 'step.succeeded' && end.rebootWanted,
    failure: end.type === 'step.failed' ? end.failure : (lost?.failure ?? null),
    saw: seen.map(({ observation }) => observation),
    evidence: seen.flatMap(({ evidence }) => evidence).join('\n'),
  }
}
