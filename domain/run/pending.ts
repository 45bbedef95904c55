/** What needs a person: open gates, steps that wait for a decision, and which decisions are offered for a step. */
import { members } from './lane-sets.ts'
import { choices, type Choice } from './event.ts'
import type { Failure } from '../base/failure.ts'
import type { Gate } from '../graph/graph.ts'
import { isSettled, laneActivity } from './lane.ts'
import { isCancellingOrFinished, laneAt, type RunState } from './run.ts'
import type { Step } from '../graph/step.ts'
import { choiceText } from './text.ts'

export interface PendingDecision {
  readonly step: Step
  readonly failure: Failure
}

export interface UnreachableHost {
  readonly host: string
  readonly since: number
  readonly nextTryAt: number
  readonly failure: Failure
}

/** The gate that waits to be opened, or null; always null in a run that is being cancelled or over. */
export function pendingGate(state: RunState): Gate | null {
  if (isCancellingOrFinished(state)) return null
  for (const { gate } of state.index.graph.stages) {
    const current = gate ? state.gates[gate.id] : undefined
    if (gate && current && !current.opened) return gate
  }
  return null
}

/** The steps that wait for a person, in the order of lanes; none in a run that is being cancelled or over. */
export function pendingDecisions(state: RunState): PendingDecision[] {
  if (isCancellingOrFinished(state)) return []
  return [...members(state.deciding)].flatMap((n) => {
    const lane = laneAt(state, n)
    const step = state.index.lanes[n]?.steps[lane.cursor]
    const failure = lane.steps[lane.cursor]?.failure
    return step && failure ? [{ step, failure }] : []
  })
}

/** The hosts that do not answer now; their lanes continue when they do. None in a run that is over. */
export function unreachableHosts(state: RunState): UnreachableHost[] {
  if (state.status === 'finished') return []
  return [...members(state.waiting)].flatMap((n) => {
    const { host, unreachable } = laneAt(state, n)
    return unreachable
      ? [{ host, since: unreachable.since, nextTryAt: unreachable.nextTryAt, failure: unreachable.failure }]
      : []
  })
}

export interface OfferedChoice {
  readonly choice: Choice
  /** Why it is not offered; null when it is. */
  readonly refusal: string | null
}

/** Every choice for a step with, where it is not offered, the reason. */
export function choicesFor(state: RunState, stepId: string): OfferedChoice[] {
  return choices.map((choice) => ({ choice, refusal: refusalOf(state, stepId, choice) }))
}

function refusalOf(state: RunState, stepId: string, choice: Choice): string | null {
  const at = state.index.stepAt.get(stepId)
  if (!at) return choiceText.noStep(stepId)
  if (state.status === 'finished') return choiceText.runOver
  if (state.status === 'cancelling') return choiceText.cancelling
  if (choice === 'abort') return null
  const lane = laneAt(state, at.lane)
  const step = lane.steps[at.index]
  const activity = laneActivity(lane)
  if (lane.excluded) return choiceText.excluded(lane.host)
  if (step && isSettled(step)) return choiceText.stepDone
  if (lane.cursor !== at.index) return choiceText.notFirst
  if (activity === 'running') return choiceText.running
  if (activity !== 'deciding' && activity !== 'waiting') return choiceText.nothingToDecide
  if (choice === 'exclude' && isNeededByOthers(state, at.lane)) return choiceText.neededByOthers(lane.host)
  return null
}

/** Hosts of the prerequisites and Hub stages carry what the others connect to. */
function isNeededByOthers(state: RunState, lane: number): boolean {
  return state.index.lanes[lane]?.steps.some((step) => step.stage === 'hub' || step.stage === 'prerequisites') ?? false
}

export interface StepCounts {
  readonly total: number
  readonly settled: number
  readonly failed: number
  readonly running: number
}

/** Counts the steps by status; walks all lanes. */
export function countSteps(state: RunState): StepCounts {
  const counts = { total: 0, settled: 0, failed: 0, running: 0 }
  for (const lane of state.lanes.flat()) {
    counts.total += lane.steps.length
    for (const step of lane.steps) {
      if (isSettled(step)) counts.settled++
      else if (step.status === 'failed') counts.failed++
      else if (step.status === 'running') counts.running++
    }
  }
  return counts
}
