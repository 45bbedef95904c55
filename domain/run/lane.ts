/** Lane: the ordered work of one host, its state, and what can be done on it now. */
import type { ObservationState } from './event.ts'
import type { Facts } from '../remote/facts.ts'
import type { Failure } from '../base/failure.ts'
import type { Finding } from '../base/finding.ts'
import type { DoorReach } from '../plan/host.ts'

export type StepStatus = 'planned' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped' | 'interrupted'

export interface StepState {
  readonly status: StepStatus
  /** Attempts begun so far. */
  readonly attempt: number
  /**
   * Attempts that ended in failure: it also numbers the job of a long install, so that an interrupted one is found
   * again.
   */
  readonly failures: number
  readonly failure: Failure | null
  readonly changed: boolean
  readonly observation: ObservationState | null
  readonly ticket: string | null
  /** The next attempt must only look: somebody says the step was fixed by hand. */
  readonly prove: boolean
  /** The host was restarted once because a failure of this step asked for it. */
  readonly restarted: boolean
  /** Milliseconds since 1970 before which no attempt begins. */
  readonly notBefore: number
  readonly reason: string | null
  /** The person who let it pass; null when Rollout itself found nothing to do. */
  readonly skippedBy: string | null
  readonly startedAt: number | null
  readonly endedAt: number | null
}

export interface Lane {
  readonly host: string
  readonly steps: readonly StepState[]
  /** Index of the first step that is not settled; the number of steps when all are. */
  readonly cursor: number
  readonly rebootWanted: boolean
  readonly unreachable: {
    readonly since: number
    readonly tries: number
    readonly nextTryAt: number
    readonly failure: Failure
  } | null
  readonly excluded: { readonly by: string; readonly why: string } | null
  /** The last boot id a step saw. */
  readonly bootId: string | null
  readonly facts: Facts | null
  /** When the facts came, milliseconds since 1970 by the workstation. */
  readonly factsAt: number | null
  readonly findings: readonly Finding[]
  /** What was chosen where the plan says `auto`: it holds for the whole run. */
  readonly reach: DoorReach | null
}

export const plannedStep: StepState = {
  status: 'planned',
  attempt: 0,
  failures: 0,
  failure: null,
  changed: false,
  observation: null,
  ticket: null,
  prove: false,
  restarted: false,
  notBefore: 0,
  reason: null,
  skippedBy: null,
  startedAt: null,
  endedAt: null,
}

/** A step is settled when nothing more will be done for it. */
export function isSettled(step: StepState): boolean {
  return step.status === 'succeeded' || step.status === 'skipped'
}

/** True where a person let the step pass. What Rollout itself skipped because nothing asked for it is no exception. */
export function isSkippedByPerson(step: StepState): boolean {
  return step.skippedBy !== null
}

/** A lane with nothing done yet. */
export function freshLane(host: string, stepCount: number): Lane {
  const steps = Array.from({ length: stepCount }, () => plannedStep)
  return {
    host,
    steps,
    cursor: 0,
    rebootWanted: false,
    unreachable: null,
    excluded: null,
    bootId: null,
    facts: null,
    factsAt: null,
    findings: [],
    reach: null,
  }
}

/** The lane with one step replaced and the cursor moved over what is settled. */
export function withStep(lane: Lane, index: number, step: StepState): Lane {
  const steps = lane.steps.with(index, step)
  let cursor = Math.min(lane.cursor, index)
  for (let state = steps[cursor]; state !== undefined && isSettled(state); state = steps[cursor]) cursor++
  return { ...lane, steps, cursor }
}

/** What a lane is doing, seen alone: whether its stage and wave are open is for the run to say. */
export type LaneActivity = 'done' | 'excluded' | 'running' | 'deciding' | 'waiting' | 'free'

/** The activity of a lane; `waiting` means until `waitsUntil`. */
export function laneActivity(lane: Lane): LaneActivity {
  const next = lane.steps[lane.cursor]
  if (next?.status === 'running') return 'running'
  if (lane.excluded) return 'excluded'
  if (!next) return 'done'
  if (next.status === 'failed') return 'deciding'
  if (lane.unreachable || next.status === 'waiting') return 'waiting'
  return 'free'
}

/** When a waiting lane may go on, milliseconds since 1970. */
export function waitsUntil(lane: Lane): number {
  return Math.max(lane.unreachable?.nextTryAt ?? 0, lane.steps[lane.cursor]?.notBefore ?? 0)
}
