/** Owns the edits that concern many hosts at once: pure, from a document to the next. */
import type { Host } from '../../../domain/plan/host.ts'
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { exampleDomain } from '../../../domain/plan/site-layout.ts'
import { withoutUndefined } from './edit.ts'

const plainHost = { workFolder: 'C:\\ProgramData\\ExekraRollout' } as const

/** A host as it begins: its address is the starting document's, so that nobody takes it for a machine. Practice sites have simulated hosts only. */
export function freshHost(plan: Plan, name: string): Host {
  return {
    ...plainHost,
    name,
    address: `${name.toLowerCase()}.${exampleDomain}`,
    reach: plan.practice ? { kind: 'simulated' } : { kind: 'auto' },
  }
}

/** The first name of that word and a number that no host has. */
export function freeName(plan: Plan, word: string, digits = 2): string {
  const taken = new Set(plan.hosts.map((host) => host.name.toLowerCase()))
  for (let n = 1; ; n++) {
    const name = `${word}${String(n).padStart(digits, '0')}`
    if (!taken.has(name.toLowerCase())) return name
  }
}

/** The plan with one more host. */
export function addHost(plan: Plan, name: string): Plan {
  return { ...plan, hosts: [...plan.hosts, freshHost(plan, name)] }
}

/** The plan with that many more Runner hosts. */
export function addRunners(plan: Plan, count: number): Plan {
  let next = plan
  for (let n = 0; n < count; n++) {
    const name = freeName(next, 'RUN', 3)
    next = {
      ...addHost(next, name),
      placements: [...next.placements, { component: 'runner', host: name, provision: 'install' }],
    }
  }
  return next
}

/** The plan with those hosts changed alike. */
export function editHosts(plan: Plan, names: ReadonlySet<string>, change: (host: Host) => Host): Plan {
  return { ...plan, hosts: plan.hosts.map((host) => (names.has(host.name) ? withoutUndefined(change(host)) : host)) }
}

/** The plan with the Runners on those hosts in an environment, or in none. */
export function setEnvironment(plan: Plan, names: ReadonlySet<string>, environment: string | undefined): Plan {
  return {
    ...plan,
    placements: plan.placements.map((one) =>
      one.component === 'runner' && names.has(one.host) ? withoutUndefined({ ...one, environment }) : one,
    ),
  }
}

/** The plan with a component put on those hosts. */
export function placeOn(plan: Plan, names: ReadonlySet<string>, component: ComponentName): Plan {
  const there = new Set(plan.placements.flatMap((one) => (one.component === component ? [one.host] : [])))
  const fresh = plan.hosts.flatMap((host) =>
    names.has(host.name) && !there.has(host.name)
      ? [{ component, host: host.name, provision: 'install' as const }]
      : [],
  )
  return fresh.length === 0 ? plan : { ...plan, placements: [...plan.placements, ...fresh] }
}

/** The plan with a host under another name; what is placed on it goes with it. */
export function renameHost(plan: Plan, name: string, next: string): Plan {
  return {
    ...plan,
    hosts: plan.hosts.map((host) => (host.name === name ? { ...host, name: next } : host)),
    placements: plan.placements.map((placement) =>
      placement.host === name ? { ...placement, host: next } : placement,
    ),
  }
}

/** The plan with an environment under another name; its Runners go with it. */
export function renameEnvironment(plan: Plan, at: number, next: string): Plan {
  const name = plan.environments[at]?.name
  return {
    ...plan,
    environments: plan.environments.map((one, i) => (i === at ? { ...one, name: next } : one)),
    placements: plan.placements.map((placement) =>
      placement.environment !== undefined && placement.environment === name
        ? { ...placement, environment: next }
        : placement,
    ),
  }
}

/** The plan without an environment; its Runners belong to none. */
export function removeEnvironment(plan: Plan, at: number): Plan {
  const name = plan.environments[at]?.name
  return {
    ...plan,
    environments: plan.environments.filter((_, i) => i !== at),
    placements: plan.placements.map((placement) =>
      placement.environment === name ? withoutUndefined({ ...placement, environment: undefined }) : placement,
    ),
  }
}
