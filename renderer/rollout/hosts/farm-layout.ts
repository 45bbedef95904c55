/** The layout of the farm: groups by environment, rows by wave, tiles ordered by name. */
import type { Plan } from '../../../domain/plan/plan.ts'
import type { GraphIndex } from '../../../domain/graph/graph-index.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { farmText } from './text.ts'

export interface FarmTile {
  readonly lane: number
  readonly host: string
  /** A short name that distinguishes the host within its row. */
  readonly label: string
}

export interface FarmRow {
  readonly id: string
  /** Null for rows outside waves. */
  readonly wave: number | null
  readonly title: string
  readonly tiles: readonly FarmTile[]
}

export interface FarmGroup {
  readonly title: string
  readonly unit: 'host' | 'Runner'
  readonly count: number
  readonly rows: readonly FarmRow[]
}

/**
 * Returns the farm of a run: servers and Studio first, then Runners by environment in the plan's order.
 * Every lane is on exactly one tile.
 */
export function farmOf(index: GraphIndex, plan: Plan): FarmGroup[] {
  const runnerStage = index.stages.findIndex((stage) => stage.name === 'runner')
  const waves = runnerStage < 0 ? new Map<number, number>() : (index.waveOf[runnerStage] ?? new Map<number, number>())
  const environmentOf = new Map(
    plan.placements.flatMap((placement) =>
      placement.component === 'runner'
        ? [[placement.host, placement.environment ?? farmText.noEnvironment] as const]
        : [],
    ),
  )
  const roleOf = new Map(plan.placements.map((placement) => [placement.host, placement.component] as const))
  const lanes = index.lanes.map((lane, n) => ({ n, host: lane.host }))
  const runners = lanes.filter(({ n }) => waves.has(n))
  const studios = lanes.filter(({ n, host }) => !waves.has(n) && roleOf.get(host) === 'studio')
  const servers = lanes.filter(({ n, host }) => !waves.has(n) && roleOf.get(host) !== 'studio')
  const order = [...new Set([...plan.environments.map((environment) => environment.name), ...environmentOf.values()])]
  const groups: FarmGroup[] = []
  if (servers.length > 0) groups.push(plainGroup(farmText.servers, servers))
  if (studios.length > 0) groups.push(plainGroup(componentTitles.studio, studios))
  for (const environment of order) {
    const members = runners.filter(({ host }) => (environmentOf.get(host) ?? farmText.noEnvironment) === environment)
    if (members.length === 0) continue
    const label = labels(members.map(({ host }) => host))
    const numbers = [...new Set(members.map(({ n }) => waves.get(n) ?? 0))].sort((a, b) => a - b)
    groups.push({
      title: environment,
      unit: 'Runner',
      count: members.length,
      rows: numbers.map((wave) => ({
        id: `${environment}/${wave}`,
        wave,
        title: waveTitle(index, runnerStage, wave),
        tiles: members
          .filter(({ n }) => waves.get(n) === wave)
          .sort((a, b) => compare(a.host, b.host))
          .map(({ n, host }) => ({ lane: n, host, label: label(host) })),
      })),
    })
  }
  return groups
}

/** Returns the name of a wave of a stage; the first wave is the canary where the stage has one. */
export function waveTitle(index: GraphIndex, stage: number, wave: number): string {
  return wave === 1 && index.graph.stages[stage]?.canary === true ? farmText.canary : farmText.wave(wave)
}

function plainGroup(title: string, members: readonly { readonly n: number; readonly host: string }[]): FarmGroup {
  return {
    title,
    unit: 'host',
    count: members.length,
    rows: [
      {
        id: title,
        wave: null,
        title: '',
        tiles: members
          .toSorted((a, b) => compare(a.host, b.host))
          .map(({ n, host }) => ({ lane: n, host, label: host })),
      },
    ],
  }
}

/** Digits alone where they identify every host of the group, else the whole name. */
function labels(hosts: readonly string[]): (host: string) => string {
  const digits = hosts.map((host) => /\d+$/.exec(host)?.[0])
  const distinct = new Set(digits)
  return digits.every((found) => found !== undefined) && distinct.size === hosts.length
    ? (host) => /\d+$/.exec(host)?.[0] ?? host
    : (host) => host
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
