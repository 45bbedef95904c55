/** Edits of several hosts and of environments. Pure: each returns the next document. */
import type { Host } from '../../../domain/plan/host.ts'
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { exampleDomain } from '../../../domain/plan/site-layout.ts'
import { withoutUndefined } from './edit.ts'

const plainHost = { workFolder: 'C:\\ProgramData\\ExekraRollout' } as const

/** A new host with a sample address, which a finding reports. Hosts of practice sites are simulated. */
export function freshHost(plan: Plan, name: string): Host {
  return {
    ...plainHost,
    name,
    address: `${name.toLowerCase()}.${exampleDomain}`,
    reach: plan.practice ? { kind: 'simulated' } : { kind: 'auto' },
  }
}

/** The first unused name made of `word` and a number. */
export function freeName(plan: Plan, word: string, digits = 2): string {
  const taken = new Set(plan.hosts.map((host) => host.name.toLowerCase()))
  for (let n = 1; ; n++) {
    const name = `${word}${String(n).padStart(digits, '0')}`
    if (!taken.has(name.toLowerCase())) return name
  }
}

/** The plan with a new host. */
export function addHost(plan: Plan, name: string): Plan {
  return { ...plan, hosts: [...plan.hosts, freshHost(plan, name)] }
}

/** The plan with `count` new Runner hosts. */
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

/** The plan with `change` applied to each of those hosts. */
export function editHosts(plan: Plan, names: ReadonlySet<string>, change: (host: Host) => Host): Plan {
  return { ...plan, hosts: plan.hosts.map((host) => (names.has(host.name) ? withoutUndefined(change(host)) : host)) }
}

/** The plan with the Runners of those hosts in an environment, or in none. */
export function setEnvironment(plan: Plan, names: ReadonlySet<string>, environment: string | undefined): Plan {
  return {
    ...plan,
    placements: plan.placements.map((placement) =>
      placement.component === 'runner' && names.has(placement.host)
        ? withoutUndefined({ ...placement, environment })
        : placement,
    ),
  }
}

/** The plan with a component added to those hosts. */
export function placeOn(plan: Plan, names: ReadonlySet<string>, component: ComponentName): Plan {
  const there = new Set(
    plan.placements.flatMap((placement) => (placement.component === component ? [placement.host] : [])),
  )
  const fresh = plan.hosts.flatMap((host) =>
    names.has(host.name) && !there.has(host.name)
      ? [{ component, host: host.name, provision: 'install' as const }]
      : [],
  )
  return fresh.length === 0 ? plan : { ...plan, placements: [...plan.placements, ...fresh] }
}

/** The plan with a host renamed, in its placements too. */
export function renameHost(plan: Plan, name: string, next: string): Plan {
  return {
    ...plan,
    hosts: plan.hosts.map((host) => (host.name === name ? { ...host, name: next } : host)),
    placements: plan.placements.map((placement) =>
      placement.host === name ? { ...placement, host: next } : placement,
    ),
  }
}

/** The plan with an environment renamed, on its Runners too. */
export function renameEnvironment(plan: Plan, at: number, next: string): Plan {
  const name = plan.environments[at]?.name
  return {
    ...plan,
    environments: plan.environments.map((environment, i) => (i === at ? { ...environment, name: next } : environment)),
    placements: plan.placements.map((placement) =>
      placement.environment !== undefined && placement.environment === name
        ? { ...placement, environment: next }
        : placement,
    ),
  }
}

/** The plan without an environment. Its Runners belong to none then. */
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
