/** Owns the edits of a plan that the sections make: pure, from a document to the next. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Host } from '../../../domain/plan/host.ts'
import type { Plan } from '../../../domain/plan/plan.ts'

/** The plan with an environment, component or address of one host changed. */
export function editHost(plan: Plan, name: string, change: Partial<Host>): Plan {
  return {
    ...plan,
    hosts: plan.hosts.map((host) => (host.name === name ? withoutUndefined({ ...host, ...change }) : host)),
  }
}

/** The plan with a component put on a host or taken off it. */
export function place(plan: Plan, host: string, component: ComponentName, on: boolean): Plan {
  const others = plan.placements.filter((placement) => placement.host !== host || placement.component !== component)
  return { ...plan, placements: on ? [...others, { component, host, provision: 'install' }] : others }
}

/** The plan with every placement of that component on that host changed. */
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

/** The plan without those hosts and what is placed on them. */
export function removeHosts(plan: Plan, names: ReadonlySet<string>): Plan {
  return {
    ...plan,
    hosts: plan.hosts.filter((host) => !names.has(host.name)),
    placements: plan.placements.filter((placement) => !names.has(placement.host)),
  }
}

/** A number as it was typed. What is none stays as it is: the plan refuses it in words, and nothing typed is lost. */
export function typedNumber(text: string): number {
  const typed: unknown = /^-?\d{1,15}$/.test(text) ? Number(text) : text
  return typed as number
}

/** The same where a number may be left out. */
export function typedNumberOrNone(text: string): number | undefined {
  return text === '' ? undefined : typedNumber(text)
}

/** An object without the keys whose value is undefined: the document has no such thing as a key without a value. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}
