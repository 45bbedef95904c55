/** Edits of a plan. Pure: each returns the next document. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Host } from '../../../domain/plan/host.ts'
import type { Plan } from '../../../domain/plan/plan.ts'

/** The plan with fields of one host changed. */
export function editHost(plan: Plan, name: string, change: Partial<Host>): Plan {
  return {
    ...plan,
    hosts: plan.hosts.map((host) => (host.name === name ? withoutUndefined({ ...host, ...change }) : host)),
  }
}

/** The plan with a component added to a host or removed from it. */
export function place(plan: Plan, host: string, component: ComponentName, on: boolean): Plan {
  const others = plan.placements.filter((placement) => placement.host !== host || placement.component !== component)
  return { ...plan, placements: on ? [...others, { component, host, provision: 'install' }] : others }
}

/** The plan with the placement of a component on a host changed. */
export function editPlacement(
  plan: Plan,
  host: string,
  component: ComponentName,
  change: Partial<Plan['placements'][number]>,
): Plan {
  return {
    ...plan,
    placements: plan.placements.map((placement) =>
      placement.host === host && placement.component === component
        ? withoutUndefined({ ...placement, ...change })
        : placement,
    ),
  }
}

/** The plan without those hosts and their placements. */
export function removeHosts(plan: Plan, names: ReadonlySet<string>): Plan {
  return {
    ...plan,
    hosts: plan.hosts.filter((host) => !names.has(host.name)),
    placements: plan.placements.filter((placement) => !names.has(placement.host)),
  }
}

/** The typed number. Other text is returned unchanged: the schema refuses it, and the user does not lose it. */
export function typedNumber(text: string): number {
  const typed: unknown = /^-?\d{1,15}$/.test(text) ? Number(text) : text
  return typed as number
}

/** The typed number; undefined for an empty text. */
export function typedNumberOrNone(text: string): number | undefined {
  return text === '' ? undefined : typedNumber(text)
}

/** The object without keys whose value is undefined: JSON has no such keys. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T
}
