/** Owns what a gate lets begin: the hosts, waves and steps of the next stage that are still in the run. */
import type { Gate } from '../../../domain/graph/graph.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'

export interface GatePreview {
  readonly hosts: readonly string[]
  /** Hosts of the stage that a person took out of the run: nothing begins there. */
  readonly excluded: readonly string[]
  readonly steps: number
  readonly waves: number
  readonly canaryFirst: boolean
  /** Restarts that may be asked for. */
  readonly restarts: number
}

/** What begins once that gate is opened. */
export function previewGate(state: RunState, gate: Gate): GatePreview {
  const { graph, laneOf } = state.index
  const stage = graph.stages.find((one) => one.name === gate.opens)
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
