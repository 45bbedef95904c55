/** What Rollout itself has verified before a gate: the checks of the stage that has just finished. */
import type { Gate } from '../../../domain/graph/graph.ts'
import { isSkippedByPerson, isSettled } from '../../../domain/run/lane.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { StepKind } from '../../../domain/graph/step.ts'

export interface GateProof {
  readonly title: string
  readonly hosts: readonly string[]
  /** When the last of these steps ended, milliseconds since 1970; 0 where none was started. */
  readonly at: number
  /** Hosts on which a person skipped it. */
  readonly skipped: readonly string[]
  /** Hosts that were excluded before it was verified there. */
  readonly excluded: readonly string[]
}

// Kinds of steps that verify a stage, the strongest evidence first.
const verifyingKinds: readonly StepKind[] = [
  'await-service',
  'await-endpoint',
  'run-installer',
  'by-hand',
  'trust-certificate',
  'open-port',
  'probe-flow',
]

/** Returns one line for each check of the stage before that gate, so that a skipped check cannot go unnoticed. */
export function gateProofs(state: RunState, gate: Gate): GateProof[] {
  const { stages } = state.index
  const done = stages[stages.findIndex((stage) => stage.name === gate.opens) - 1]
  if (!done) return []
  const found = new Map<
    string,
    { kind: StepKind; hosts: string[]; skipped: string[]; excluded: string[]; at: number }
  >()
  for (const n of done.lanes) {
    const lane = laneAt(state, n)
    state.index.lanes[n]?.steps.forEach((step, i) => {
      const stepState = lane.steps[i]
      if (step.stage !== done.name || !verifyingKinds.includes(step.work.kind) || !stepState) return
      const before = found.get(step.title) ?? { kind: step.work.kind, hosts: [], skipped: [], excluded: [], at: 0 }
      if (stepState.status === 'succeeded') before.hosts.push(lane.host)
      else if (isSkippedByPerson(stepState)) before.skipped.push(lane.host)
      else if (lane.excluded && !isSettled(stepState)) before.excluded.push(lane.host)
      else return
      before.at = Math.max(before.at, stepState.endedAt ?? 0)
      found.set(step.title, before)
    })
  }
  return [...found]
    .sort(([, a], [, b]) => verifyingKinds.indexOf(a.kind) - verifyingKinds.indexOf(b.kind))
    .map(([title, { hosts, skipped, excluded, at }]) => ({ title, hosts, skipped, excluded, at }))
}
