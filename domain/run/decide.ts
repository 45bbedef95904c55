/** Chooses what to do next from the graph, the state and the time. Pure; called after every change. */
import { members, waitingIn } from './lane-sets.ts'
import { isSkippedByPerson, isSettled, plannedStep, waitsUntil, type Lane } from './lane.ts'
import { isCancellingOrFinished, laneAt, type RunState } from './run.ts'
import type { IndexedStage } from '../graph/graph-index.ts'
import type { StageName } from '../base/ids.ts'
import { alwaysKinds, type Step } from '../graph/step.ts'
import { skipText } from './text.ts'

export type Command =
  | { readonly kind: 'attempt'; readonly step: Step; readonly attempt: number; readonly mode: 'normal' | 'prove' }
  | { readonly kind: 'skip'; readonly step: Step; readonly reason: string }
  | { readonly kind: 'open-wave'; readonly stage: StageName; readonly wave: number }
  | { readonly kind: 'raise-gate'; readonly gate: string }
  | { readonly kind: 'finish'; readonly outcome: 'accepted' | 'accepted-with-exceptions' | 'cancelled' }
  | { readonly kind: 'wait'; readonly until: number }

/**
 * What to do now. `now` is milliseconds since 1970. An empty list means: wait for what is in flight, or for a person.
 * Never names a settled step, never a step behind a closed gate or wave, never more than the free slots.
 */
export function decide(state: RunState, now: number): Command[] {
  switch (state.status) {
    case 'created':
    case 'paused':
    case 'finished':
      return []
    case 'cancelling':
      return windDown(state, now)
    case 'running':
      return goOn(state, now)
  }
}

function goOn(state: RunState, now: number): Command[] {
  const stage = state.index.stages[state.stage]
  if (!stage) return [{ kind: 'finish', outcome: outcomeOf(state) }]
  if (state.stageCounts.settled === state.stageCounts.total && state.wave > 0)
    return state.inFlight > 0 ? [] : nextStage(state)
  if (state.wave === 0) return [{ kind: 'open-wave', stage: stage.name, wave: 1 }]
  if (waveIsThrough(state, stage)) return [{ kind: 'open-wave', stage: stage.name, wave: state.wave + 1 }]
  return work(state, stage, now)
}

function nextStage(state: RunState): Command[] {
  const next = state.index.stages[state.stage + 1]
  if (!next) return [{ kind: 'finish', outcome: outcomeOf(state) }]
  const gate = state.index.graph.stages[state.stage + 1]?.gate
  if (gate && !state.gates[gate.id]) return [{ kind: 'raise-gate', gate: gate.id }]
  if (gate && !state.gates[gate.id]?.opened) return []
  return [{ kind: 'open-wave', stage: next.name, wave: 1 }]
}

/**
 * The canary must settle completely. A later wave lets the next one begin while some of its hosts wait for an answer
 * or a decision.
 */
function waveIsThrough(state: RunState, stage: IndexedStage): boolean {
  const counts = state.waveCounts[state.wave - 1]
  if (!counts || state.wave >= stage.waves.length || isHeld(state)) return false
  if (state.wave === 1 && state.index.graph.stages[state.stage]?.canary) return counts.settled === counts.total
  return counts.settled + counts.stuck === counts.total
}

/**
 * True when so many hosts of the open stage failed that no new host starts, by the plan's stopAtFailedPercent.
 * Excluded hosts count, but do not stop a stage by themselves: once each failure is decided, the run continues.
 * False in a run that is being cancelled or over: the others never start.
 */
export function isHeld(state: RunState): boolean {
  const { failed, total } = state.stageCounts
  if (isCancellingOrFinished(state)) return false
  if (failed * 100 < state.index.graph.policy.stopAtFailedPercent * total) return false
  for (const n of members(state.deciding)) if (asksForAnswer(laneAt(state, n))) return true
  return false
}

function asksForAnswer(lane: Lane): boolean {
  return lane.steps[lane.cursor]?.failure?.kind !== 'by-hand'
}

function work(state: RunState, stage: IndexedStage, now: number): Command[] {
  const { policy } = state.index.graph
  let slots = Math.min(policy.concurrency, policy.stageConcurrency[stage.name] ?? policy.concurrency) - state.inFlight
  const held = isHeld(state)
  const commands: Command[] = []
  const begin = (laneNumber: number) => {
    const lane = laneAt(state, laneNumber)
    const command = nextOf(state, laneNumber, lane, held)
    if (!command) return
    if (command.kind === 'attempt') slots--
    commands.push(command)
  }
  // With every slot taken nothing can start: the outcome of an attempt in flight brings us back, not the clock.
  let wake = Number.POSITIVE_INFINITY
  for (const [group, earliest] of state.wakeTimes.entries()) {
    if (slots <= 0) return commands
    if (earliest > now) {
      wake = Math.min(wake, earliest)
      continue
    }
    for (const n of waitingIn(state.waiting, group)) {
      if (slots <= 0) return commands
      const until = waitsUntil(laneAt(state, n))
      if (until <= now) begin(n)
      else wake = Math.min(wake, until)
    }
  }
  for (const n of members(state.ready)) {
    if (slots <= 0) return commands
    begin(n)
  }
  if (Number.isFinite(wake)) commands.push({ kind: 'wait', until: wake })
  return commands
}

function nextOf(
  state: RunState,
  laneNumber: number,
  lane: Lane,
  held: boolean,
): Extract<Command, { kind: 'attempt' | 'skip' }> | undefined {
  const step = state.index.lanes[laneNumber]?.steps[lane.cursor]
  const current = lane.steps[lane.cursor]
  if (!step || !current) return undefined
  if (held && !hasBegun(state, laneNumber, lane, step)) return undefined
  if (step.work.kind === 'reboot-host' && !lane.rebootWanted && current.attempt === 0)
    return { kind: 'skip', step, reason: skipText.noRestart }
  return { kind: 'attempt', step, attempt: current.attempt + 1, mode: current.prove ? 'prove' : 'normal' }
}

function hasBegun(state: RunState, laneNumber: number, lane: Lane, step: Step): boolean {
  const steps = state.index.lanes[laneNumber]?.steps ?? []
  return lane.steps.some(({ attempt }, i) => attempt > 0 && steps[i]?.stage === step.stage)
}

/** Cancelled: attempts in flight end, then the always-steps of touched hosts run once each, then the run is over. */
function windDown(state: RunState, now: number): Command[] {
  const commands: Command[] = []
  const lanes = state.index.lanes.map((indexed, n) => ({ indexed, lane: laneAt(state, n) }))
  // Counted by step, not by lane: an always-step runs ahead of the lane's cursor.
  const underWay = lanes.filter(({ lane }) => lane.steps.some((step) => step.status === 'running'))
  let slots = state.index.graph.policy.concurrency - underWay.length
  let pending = underWay.length > 0
  for (const { indexed, lane } of lanes) {
    if (lane.steps.some((step) => step.status === 'running')) continue
    const i = alwaysStepOf(lane, indexed.steps)
    const step = indexed.steps[i]
    const current = lane.steps[i]
    if (!step || !current) continue
    pending = true
    if (lane.unreachable) commands.push({ kind: 'skip', step, reason: skipText.unreachable })
    else if (current.status === 'failed' || current.notBefore > now)
      commands.push({ kind: 'skip', step, reason: skipText.failedCancelling })
    else if (slots-- > 0) commands.push({ kind: 'attempt', step, attempt: current.attempt + 1, mode: 'normal' })
  }
  return pending ? commands : [{ kind: 'finish', outcome: 'cancelled' }]
}

function alwaysStepOf(lane: Lane, steps: readonly Step[]): number {
  if (lane.excluded || lane.steps.every((s) => s.attempt === 0)) return -1
  return steps.findIndex((step, i) => alwaysKinds.has(step.work.kind) && !isSettled(lane.steps[i] ?? plannedStep))
}

/** Exceptions are excluded hosts and steps skipped by decision. Automatic skips (no restart needed) do not count. */
function outcomeOf(state: RunState): 'accepted' | 'accepted-with-exceptions' {
  for (const chunk of state.lanes) {
    for (const lane of chunk) {
      if (lane.excluded || lane.steps.some(isSkippedByPerson)) return 'accepted-with-exceptions'
    }
  }
  return 'accepted'
}
