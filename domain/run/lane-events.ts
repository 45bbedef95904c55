/** Applies one event to the lane of one host. */
import { maxAutomaticRetries, retryDelay } from '../base/backoff.ts'
import type { Event } from './event.ts'
import type { Failure } from '../base/failure.ts'
import type { IndexedLane } from '../graph/graph-index.ts'
import { isSettled, withStep, type Lane, type StepState } from './lane.ts'

/**
 * The lane after the event; the same object when the event does not concern it or does not fit. `index` is the step's
 * place in the lane.
 */
export function applyToLane(lane: Lane, indexed: IndexedLane, event: Event, index: number): Lane {
  const step = lane.steps[index]
  if (!step || !fits(step, event)) return lane
  const set = (changes: Partial<StepState>) => withStep(lane, index, { ...step, ...changes })
  switch (event.type) {
    case 'step.attempted':
      return set({
        status: 'running',
        attempt: event.attempt,
        failure: null,
        observation: null,
        prove: event.mode === 'prove',
        notBefore: 0,
        startedAt: step.startedAt ?? event.at,
        endedAt: null,
      })
    case 'step.observed':
      return set({ observation: event.observation })
    case 'step.applying':
      return set({ ticket: event.ticket })
    case 'step.succeeded': {
      const next = set({
        status: 'succeeded',
        changed: step.changed || event.changed,
        prove: false,
        failure: null,
        endedAt: event.at,
      })
      const rebooted = indexed.steps[index]?.work.kind === 'reboot-host'
      return {
        ...next,
        rebootWanted: event.rebootWanted || (lane.rebootWanted && !rebooted),
        bootId: event.learned?.bootId ?? lane.bootId,
      }
    }
    case 'step.failed':
      return afterFailure(lane, indexed, index, step, event.failure, event.at)
    case 'step.interrupted':
      return set({ status: 'interrupted', endedAt: event.at, reason: event.reason })
    case 'step.skipped':
      return set({ status: 'skipped', reason: event.reason, skippedBy: event.by, endedAt: event.at })
    case 'host.unreachable':
      return {
        ...lane,
        unreachable: {
          since: lane.unreachable?.since ?? event.at,
          tries: (lane.unreachable?.tries ?? 0) + 1,
          nextTryAt: event.nextTryAt,
          failure: event.failure,
        },
      }
    case 'host.reached':
      return { ...lane, unreachable: null }
    case 'reach.chosen':
      // The first choice holds: what was done over one door is not looked at through another.
      return lane.reach ? lane : { ...lane, reach: event.reach }
    case 'facts.collected':
      return { ...lane, facts: event.facts, factsAt: event.at, bootId: event.facts.bootId }
    case 'findings.recorded':
      return { ...lane, findings: event.findings }
    case 'decision.made':
      return decided(lane, event, set)
    default:
      return lane
  }
}

/**
 * Outcomes belong to the attempt that is under way; a settled step stays settled, and nobody decides about an attempt
 * before it has ended.
 */
function fits(step: StepState, event: Event): boolean {
  switch (event.type) {
    case 'step.attempted':
      return step.status !== 'running' && !isSettled(step) && event.attempt > step.attempt
    case 'step.observed':
    case 'step.applying':
    case 'step.succeeded':
    case 'step.failed':
    case 'step.interrupted':
      return step.status === 'running' && event.attempt === step.attempt
    case 'step.skipped':
      return step.status !== 'running' && !isSettled(step)
    case 'decision.made':
      return event.choice === 'exclude' || (step.status !== 'running' && !isSettled(step))
    default:
      return true
  }
}

function afterFailure(
  lane: Lane,
  indexed: IndexedLane,
  index: number,
  step: StepState,
  failure: Failure,
  at: number,
): Lane {
  const failures = step.failures + 1
  // A step that is only to be proved stays so until a person decides again: a passing fault must not let Rollout do
  // what was done by hand.
  const ended = { ...step, failures, failure, endedAt: at }
  const asked = () => withStep(lane, index, { ...ended, status: 'failed' })
  switch (failure.retry) {
    case 'never':
      return asked()
    case 'backoff':
      return failures > maxAutomaticRetries
        ? asked()
        : withStep(lane, index, { ...ended, status: 'waiting', notBefore: at + retryDelay(failures) })
    case 'after-reboot': {
      const reboot = rebootBefore(indexed, index)
      const restart = lane.steps[reboot]
      // Once is enough: a second restart is for a person to judge, and so is one that a person has refused.
      if (!restart || step.restarted || restart.skippedBy !== null) return asked()
      const planned = withStep(lane, index, { ...ended, status: 'planned', restarted: true })
      return { ...withStep(planned, reboot, { ...restart, status: 'planned', reason: null }), rebootWanted: true }
    }
  }
}

/** The graph holds a restart before every installer, so that one that is asked for needs no new step; -1 without one. */
function rebootBefore(indexed: IndexedLane, index: number): number {
  const stage = indexed.steps[index]?.stage
  return indexed.steps.findLastIndex((step, i) => i < index && step.stage === stage && step.work.kind === 'reboot-host')
}

function decided(
  lane: Lane,
  event: Extract<Event, { type: 'decision.made' }>,
  set: (changes: Partial<StepState>) => Lane,
): Lane {
  switch (event.choice) {
    case 'retry':
      return {
        ...set({ status: 'planned', failure: null, notBefore: 0, prove: false }),
        unreachable: lane.unreachable ? { ...lane.unreachable, nextTryAt: event.at } : null,
      }
    case 'fixed':
      return {
        ...set({ status: 'planned', failure: null, notBefore: 0, prove: true }),
        unreachable: lane.unreachable ? { ...lane.unreachable, nextTryAt: event.at } : null,
      }
    case 'skip':
      return {
        ...set({ status: 'skipped', reason: event.why, skippedBy: event.by, endedAt: event.at }),
        unreachable: null,
      }
    case 'exclude':
      return { ...lane, excluded: { by: event.by, why: event.why } }
    case 'abort':
      return lane
    default:
      return event.choice satisfies never
  }
}
