/** What starts when a gate opens: the hosts, waves and steps of the next stage that are still in the run. */
import type { Gate } from '../../../domain/graph/graph.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'

export interface GatePreview {
  readonly hosts: readonly string[]
  /** Hosts of the stage that a person excluded; no step starts there. */
  readonly excluded: readonly string[]
  readonly steps: number
  readonly waves: number
  readonly canaryFirst: boolean
  /** Restarts that installers may request. */
  readonly restarts: number
}

/** Returns what starts once that gate is opened. */
export function previewGate(state: RunState, gate: Gate): GatePreview {
  const { graph, laneOf } = state.index
  const stage = graph.stages.find(({ name }) => name === gate.opens)
  const isIn = (host: string): boolean => laneAt(state, laneOf.get(host) ?? 0).excluded === null
  const waves = (stage?.waves ?? []).map((wave) => wave.hosts.filter(isIn))
  const steps = graph.steps.filter((step) => step.stage === gate.opens && isIn(step.host))
  return {
    hosts: waves.flat(),
    excluded: (stage?.waves ?? []).flatMap((wave) => wave.hosts).filter((host) => !isIn(host)),
    steps: steps.length,
    waves: waves.filter((hosts) => hosts.length > 0).length,
    canaryFirst: stage?.canary === true && (waves[0] ?? []).length > 0,
    restarts: steps.filter((step) => step.work.kind === 'reboot-host').length,
  }
}
