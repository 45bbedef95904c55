/** Hosts and placements of a plan by name, built once so that checks and topology stay linear. */
import type { Host } from './host.ts'
import { componentNames, type ComponentName } from '../base/ids.ts'
import type { Placement, Plan } from './plan.ts'

export interface PlanIndex {
  readonly hosts: ReadonlyMap<string, Host>
  /** Where each host stands in `plan.hosts`. */
  readonly hostAt: ReadonlyMap<string, number>
  /** Where each placement stands in `plan.placements`, by `component host`. */
  readonly placementAt: ReadonlyMap<string, number>
  /** The placements of a host, in the plan's order; hosts without any are absent. */
  readonly placementsOn: ReadonlyMap<string, readonly Placement[]>
  readonly placementsOf: Readonly<Record<ComponentName, readonly Placement[]>>
}

const known = new WeakMap<Plan, PlanIndex>()

/** The index of a plan from readPlan, built in linear time; the same object for the same plan. */
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
  return {
    hosts: new Map(plan.hosts.map((host) => [host.name, host])),
    hostAt: new Map(plan.hosts.map((host, i) => [host.name, i])),
    placementAt: new Map(plan.placements.map(({ component, host }, i) => [`${component} ${host}`, i])),
    placementsOn,
    placementsOf,
  }
}

/** The path of a host's field in the plan, such as `hosts[2].address`; undefined for an unknown host. */
export function hostField(index: PlanIndex, hostName: string, field: keyof Host): string | undefined {
  const at = index.hostAt.get(hostName)
  return at === undefined ? undefined : `hosts[${at}].${field}`
}

/**
 * The path of a placement in the plan document, such as `placements[4]`, or of a field of it, such as
 * `placements[4].environment`; undefined where the plan has no such placement.
 */
export function placementField(
  index: PlanIndex,
  component: ComponentName,
  hostName: string,
  field?: keyof Placement,
): string | undefined {
  const at = index.placementAt.get(`${component} ${hostName}`)
  return at === undefined ? undefined : `placements[${at}]${field === undefined ? '' : `.${field}`}`
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

/** The Hub that clients use: the one with the address hub.address, else the first by name. Undefined without a Hub. */
export function hubHost(plan: Plan, index: PlanIndex): Host | undefined {
  const hubs = hostsOf(index, 'hub').sort((a, b) => (a.name < b.name ? -1 : 1))
  return hubs.find((host) => sameAddress(host.address, plan.hub.address)) ?? hubs[0]
}

/** True for the same address; DNS names and IPv6 digits are compared without case. */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
