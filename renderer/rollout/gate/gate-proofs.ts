/** Owns what Rollout itself has proved before a gate: the last looks of the stage that is done. */
import type { Gate } from '../../../domain/graph/graph.ts'
import { isSkippedByPerson, isSettled } from '../../../domain/run/lane.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { StepKind } from '../../../domain/graph/step.ts'

export interface GateProof {
  readonly title: string
  readonly hosts: readonly string[]
  /** When something of it last ended, milliseconds since 1970; 0 where nothing of it was ever begun. */
  readonly at: number
  /** Hosts on which a person let it pass. */
  readonly skipped: readonly string[]
  /** Hosts that were excluded before it was seen there. */
  readonly excluded: readonly string[]
}

// What shows that the stage is what it should be, the surest first.
const proving: readonly StepKind[] = [
  'await-service',
  'await-endpoint',
  'run-installer',
  'by-hand',
  'trust-certificate',
  'open-port',
  'probe-flow',
]

/** What was to be proved in the stage before that gate, a line for each title; every one, so that nothing that was let pass can stay unseen. */
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
      const stands = lane.steps[i]
      if (step.stage !== done.name || !proving.includes(step.work.kind) || !stands) return
      const before = found.get(step.title) ?? { kind: step.work.kind, hosts: [], skipped: [], excluded: [], at: 0 }
      if (stands.status === 'succeeded') before.hosts.push(lane.host)
      else if (isSkippedByPerson(stands)) before.skipped.push(lane.host)
      else if (lane.excluded && !isSettled(stands)) before.excluded.push(lane.host)
      else return
      before.at = Math.max(before.at, stands.endedAt ?? 0)
      found.set(step.title, before)
    })
  }
  return [...found]
    .sort(([, a], [, b]) => proving.indexOf(a.kind) - proving.indexOf(b.kind))
    .map(([title, { hosts, skipped, excluded, at }]) => ({ title, hosts, skipped, excluded, at }))
}
