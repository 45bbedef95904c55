/** Owns the edits of a plan that the sections make: pure, from a document to the next. */
import type { ComponentName } from '../../../domain/ids.ts'
import { Host } from '../../../domain/host.ts'
import type { Plan } from '../../../domain/plan.ts'

/** The plan with an environment, component or address of one host changed. */
export function editHost(plan: Plan, name: string, change: Partial<Host>): Plan {
  return { ...plan, hosts: plan.hosts.map((host) => (host.name === name ? withoutUndefined({ ...host, ...change }) : host)) }
}

/** The plan with a component put on a host or taken off it. */
export function place(plan: Plan, host: string, component: ComponentName, on: boolean): Plan {
  const others = plan.placements.filter((placement) => placement.host !== host || placement.component !== component)
  return { ...plan, placements: on ? [...others, { component, host, provision: 'install' }] : others }
}

/** The plan with every placement of that component on that host changed. */
export function editPlacement(plan: Plan, host: string, component: ComponentName, change: Partial<Plan['placements'][number]>): Plan {
  return { ...plan, placements: plan.placements.map((placement) => (placement.host === host && placement.component === component ? withoutUndefined({ ...placement, ...change }) : placement)) }
}

/** The plan without those hosts and what is placed on them. */
export function removeHosts(plan: Plan, names: ReadonlySet<string>): Plan {
  return { ...plan, hosts: plan.hosts.filter((host) => !names.has(host.name)), placements: plan.placements.filter((placement) => !names.has(placement.host)) }
}

export interface PastedHost {
  readonly host: Host
  readonly components: readonly ComponentName[]
  readonly environment: string | undefined
}

export interface Pasted {
  readonly hosts: readonly PastedHost[]
  /** What cannot be taken, by line number from 1. */
  readonly refused: readonly { readonly line: number; readonly why: string }[]
}

const componentOf: Readonly<Record<string, ComponentName>> = { hub: 'hub', postgresql: 'postgresql', postgres: 'postgresql', redis: 'redis', studio: 'studio', runner: 'runner' }

/** Hosts from pasted lines: name, address, component, environment, by comma, semicolon, tab or blanks; a header line is passed over. */
export function readPasted(text: string, plan: Plan): Pasted {
  const hosts: PastedHost[] = []
  const refused: { line: number; why: string }[] = []
  const taken = new Set(plan.hosts.map((host) => host.name.toLowerCase()))
  const reach = plan.practice ? { kind: 'simulated' as const } : { kind: 'ssh' as const, port: 22 }
  text.split(/\r?\n/).forEach((line, i) => {
    const cells = line.includes(',') || line.includes(';') || line.includes('\t') ? line.split(/[,;\t]/).map((cell) => cell.trim()) : line.trim().split(/\s+/)
    const [name = '', address = '', component = '', environment = ''] = cells
    if (name === '' || (i === 0 && /^(host|name)$/i.test(name))) return
    const read = Host.safeParse({ name, address: address === '' ? name : address, reach })
    const placed = component === '' ? undefined : componentOf[component.toLowerCase()]
    if (!read.success) refused.push({ line: i + 1, why: read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ') })
    else if (taken.has(name.toLowerCase())) refused.push({ line: i + 1, why: `${name} is in the plan already` })
    else if (component !== '' && placed === undefined) refused.push({ line: i + 1, why: `${component} is no component: Hub, PostgreSQL, Redis, Studio or Runner` })
    else {
      taken.add(name.toLowerCase())
      hosts.push({ host: read.data, components: placed === undefined ? [] : [placed], environment: environment === '' ? undefined : environment })
    }
  })
  return { hosts, refused }
}

/** The plan with pasted hosts, and with the environments they name. */
export function addPasted(plan: Plan, pasted: readonly PastedHost[]): Plan {
  const known = new Set(plan.environments.map((environment) => environment.name))
  const fresh = [...new Set(pasted.flatMap(({ environment }) => (environment === undefined || known.has(environment) ? [] : [environment])))]
  return {
    ...plan,
    hosts: [...plan.hosts, ...pasted.map(({ host }) => host)],
    placements: [...plan.placements, ...pasted.flatMap(({ host, components, environment }) => components.map((component) => ({ component, host: host.name, provision: 'install' as const, ...(environment === undefined ? {} : { environment }) })))],
    environments: [...plan.environments, ...fresh.map((name) => ({ name, separation: 'runner-labels' as const }))],
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
