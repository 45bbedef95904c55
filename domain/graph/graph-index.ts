/** GraphIndex: the graph seen by lane, stage and wave, computed once per graph. */
import type { Graph } from './graph.ts'
import type { StageName } from '../base/ids.ts'
import type { Step } from './step.ts'

export interface IndexedLane {
  readonly host: string
  readonly steps: readonly Step[]
  /** For each step the number of its stage in GraphIndex.stages. */
  readonly stages: readonly number[]
}

export interface IndexedStage {
  readonly name: StageName
  readonly lanes: readonly number[]
  readonly waves: readonly { readonly number: number; readonly lanes: readonly number[] }[]
}

/** Where a step stands: its lane, and its place in that lane. */
export interface StepPlace {
  readonly lane: number
  readonly index: number
}

export interface GraphIndex {
  readonly graph: Graph
  readonly lanes: readonly IndexedLane[]
  readonly laneOf: ReadonlyMap<string, number>
  readonly stepAt: ReadonlyMap<string, StepPlace>
  readonly stages: readonly IndexedStage[]
  /** For each stage the wave number of each lane that has a part in it. */
  readonly waveOf: readonly ReadonlyMap<number, number>[]
}

const known = new WeakMap<Graph, GraphIndex>()

/** The index of a graph; the same object for the same graph. */
export function indexGraph(graph: Graph): GraphIndex {
  const found = known.get(graph)
  if (found) return found
  const index = build(graph)
  known.set(graph, index)
  return index
}

function build(graph: Graph): GraphIndex {
  const laneOf = new Map<string, number>()
  const lanes: { host: string; steps: Step[]; stages: number[] }[] = []
  const stepAt = new Map<string, { lane: number; index: number }>()
  for (const step of graph.steps) {
    let lane = laneOf.get(step.host)
    if (lane === undefined) {
      lane = lanes.length
      laneOf.set(step.host, lane)
      lanes.push({ host: step.host, steps: [], stages: [] })
    }
    lanes[lane]?.steps.push(step)
  }
  const stageNumber = new Map(graph.stages.map((stage, i) => [stage.name, i]))
  const numberOf = (step: Step) => stageNumber.get(step.stage) ?? graph.stages.length
  for (const lane of lanes) {
    lane.steps.sort((a, b) => numberOf(a) - numberOf(b))
    lane.stages = lane.steps.map(numberOf)
  }
  lanes.forEach((lane, laneNumber) =>
    lane.steps.forEach((step, i) => stepAt.set(step.id, { lane: laneNumber, index: i })),
  )
  const numbers = (hosts: readonly string[]) => hosts.flatMap((host) => laneOf.get(host) ?? [])
  const stages = graph.stages.map((stage) => {
    const waves = stage.waves.map((wave) => ({ number: wave.number, lanes: numbers(wave.hosts) }))
    return { name: stage.name, waves, lanes: waves.flatMap((wave) => wave.lanes) }
  })
  const waveOf = stages.map(
    (stage) => new Map(stage.waves.flatMap((wave) => wave.lanes.map((lane) => [lane, wave.number] as const))),
  )
  return { graph, lanes, laneOf, stepAt, stages, waveOf }
}
