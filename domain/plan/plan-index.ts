/** Owns PlanIndex: a plan's hosts and placements by name, built once so that checks and topology stay linear. */
import type { Host } from './host.ts'
import { componentNames, type ComponentName } from '../base/ids.ts'
import type { Placement, Plan } from './plan.ts'

export interface PlanIndex {
  readonly hosts: ReadonlyMap<string, Host>
  /** The placements of a host, in the plan's order; hosts without any are absent. */
  readonly placementsOn: ReadonlyMap<string, readonly Placement[]>
  readonly placementsOf: Readonly<Record<ComponentName, readonly Placement[]>>
}

const known = new WeakMap<Plan, PlanIndex>()

/** The index of a plan read by readPlan, built once in time linear in hosts and placements; the same object for the same plan. */
export function indexPlan(plan: Plan): PlanIndex {
  const found = known.get(plan)
  if (found) return found
  const index = build(plan)
  known.set(plan, index)
  return index
}

function build(plan: Plan): PlanIndex {
  const placementsOn = new Map<string, Placement[]>()
  const placementsOf: Record<ComponentName, Placement[]> = {
    hub: [],
    postgresql: [],
    redis: [],
    studio: [],
    runner: [],
  }
  for (const placement of plan.placements) {
    placementsOf[placement.component].push(placement)
    const there = placementsOn.get(placement.host)
    if (there) there.push(placement)
    else placementsOn.set(placement.host, [placement])
  }
  return { hosts: new Map(plan.hosts.map((host) => [host.name, host])), placementsOn, placementsOf }
}

/** The hosts of a component, in the plan's order of placements. */
export function hostsOf(index: PlanIndex, component: ComponentName): Host[] {
  return index.placementsOf[component].flatMap((placement) => index.hosts.get(placement.host) ?? [])
}

/** The components on a host, in the fixed order of componentNames. */
export function componentsOn(index: PlanIndex, hostName: string): ComponentName[] {
  const there = index.placementsOn.get(hostName) ?? []
  return componentNames.filter((component) => there.some((placement) => placement.component === component))
}

/** The host that clients mean by the Hub: the one whose address the plan gives as hub.address, else the first by name. Undefined without a placement. */
export function hubHost(plan: Plan, index: PlanIndex): Host | undefined {
  const hubs = hostsOf(index, 'hub').sort((a, b) => (a.name < b.name ? -1 : 1))
  return hubs.find((host) => sameAddress(host.address, plan.hub.address)) ?? hubs[0]
}

/** True for the same address; DNS names and IPv6 digits are compared without case. */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
