/** The topology of a plan: nodes, the flows between them (the firewall matrix), and open questions. */
import { hubBackendPort, sources, type Catalogue } from '../plan/catalogue.ts'
import { rolloutSource } from '../base/finding.ts'
import { doorsOf, isManaged, largeFilesOf, reachInWords } from '../plan/host.ts'
import type { ComponentName } from '../base/ids.ts'
import type { Plan } from '../plan/plan.ts'
import { flowText } from './text.ts'
import { componentsOn, hostsOf, hubHost, indexPlan, type PlanIndex } from '../plan/plan-index.ts'

/** A network path. `from` and `to` are host names, `workstation`, `anywhere`, or an address outside the plan. */
export interface Flow {
  /** from>to:port; unique in a topology. */
  readonly id: string
  readonly kind: 'product' | 'management'
  readonly from: string
  readonly to: string
  readonly toAddress: string
  readonly port: number
  readonly protocol: 'tcp'
  readonly purpose: 'hub-https' | 'database' | 'redis' | 'hub-backend' | 'management'
  readonly why: string
  readonly source: string
  readonly verdict: 'allow' | 'must-stay-closed'
  /** Both ends are one machine: no firewall lies between. */
  readonly sameHost: boolean
}

/** A path whose address or port no page names, so the operator has to find it out. */
export interface OpenFlow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly why: string
  readonly source: string
  readonly question: string
}

export interface TopologyNode {
  readonly id: string
  readonly kind: 'host' | 'outside'
  readonly address: string | null
  readonly components: readonly ComponentName[]
  readonly network: string | null
  readonly managed: boolean
}

export interface Topology {
  readonly nodes: readonly TopologyNode[]
  readonly flows: readonly Flow[]
  readonly open: readonly OpenFlow[]
}

/** The ends of flows that are no hosts of the plan; the brackets keep them apart from any host's name. */
export const workstation = '(workstation)'
export const anywhere = '(anywhere)'

/**
 * The topology of a plan read by readPlan. Deterministic; independent of the order of hosts and placements.
 * The matrix is that of the planning page: HTTPS to the Hub, the Hub to its database and Redis, nothing to a Runner.
 */
export function topologyOf(plan: Plan, catalogue: Catalogue, index: PlanIndex = indexPlan(plan)): Topology {
  const flows = mergeById([
    ...hubHttpsFlows(plan, index),
    ...databaseFlows(plan, index),
    ...redisFlows(plan, index),
    ...backendFlows(plan, catalogue, index),
    ...managementFlows(plan, index),
  ])
  return { nodes: nodesOf(plan, index, flows), flows, open: openFlows(plan, index) }
}

function hubHttpsFlows(plan: Plan, index: PlanIndex): Flow[] {
  const hub = hubHost(plan, index)
  const to = hub?.name ?? plan.hub.address
  const client = (component: 'studio' | 'runner', why: string): Flow[] =>
    hostsOf(index, component).map((host) =>
      flow(host.name, to, plan.hub.address, plan.hub.httpsPort, 'hub-https', why, sources['deployment-planning']),
    )
  return [...client('studio', flowText.studioToHub), ...client('runner', flowText.runnerToHub)]
}

function databaseFlows(plan: Plan, index: PlanIndex): Flow[] {
  const { database } = plan
  const why = flowText.database
  const make = (to: string, address: string) =>
    hostsOf(index, 'hub').map((hub) =>
      flow(hub.name, to, address, database.port, 'database', why, sources['deployment-planning']),
    )
  return database.kind === 'managed'
    ? make(database.address, database.address)
    : hostsOf(index, 'postgresql').flatMap((host) => make(host.name, host.address))
}

function redisFlows(plan: Plan, index: PlanIndex): Flow[] {
  const { redis } = plan
  // A bundled Redis runs beside the Hub on a port no page names: nothing crosses a firewall, nothing is drawn.
  if (redis.kind === 'bundled') return []
  const why = flowText.redis
  const make = (to: string, address: string) =>
    hostsOf(index, 'hub').map((hub) =>
      flow(hub.name, to, address, redis.port, 'redis', why, sources['architecture-overview']),
    )
  return redis.kind === 'managed'
    ? make(redis.address, redis.address)
    : hostsOf(index, 'redis').flatMap((host) => make(host.name, host.address))
}

function backendFlows(plan: Plan, catalogue: Catalogue, index: PlanIndex): Flow[] {
  const port = hubBackendPort(catalogue)
  if (port === undefined || port === plan.hub.httpsPort) return []
  const why = flowText.backend
  return hostsOf(index, 'hub').map((hub) => ({
    ...flow(anywhere, hub.name, hub.address, port, 'hub-backend', why, sources.docs),
    verdict: 'must-stay-closed' as const,
  }))
}

function managementFlows(plan: Plan, index: PlanIndex): Flow[] {
  return [...doorFlows(plan), ...largeFileFlows(plan, index)]
}

/** Only for hosts on which the rollout installs a component and so may send files. */
function largeFileFlows(plan: Plan, index: PlanIndex): Flow[] {
  return plan.hosts.flatMap((host): Flow[] => {
    const { name, address } = host
    const way = largeFilesOf(host)
    if (!index.placementsOn.get(name)?.some(({ provision }) => provision === 'install')) return []
    switch (way?.by) {
      case 'pull':
        return [
          {
            ...flow(name, workstation, workstation, way.port, 'management', flowText.pull, rolloutSource),
            kind: 'management',
          },
        ]
      case 'smb':
        return [
          {
            ...flow(workstation, name, address, 445, 'management', flowText.smb, rolloutSource),
            kind: 'management',
          },
        ]
      case 'session':
      case undefined:
        return []
    }
  })
}

function doorFlows(plan: Plan): Flow[] {
  return plan.hosts.flatMap(({ name, address, reach }) =>
    doorsOf(reach).map(({ port, by }) => {
      const why = reach.kind === 'auto' ? flowText.reachAuto(by, reachInWords(reach)) : flowText.reach(by)
      return {
        ...flow(workstation, name, address, port, 'management', why, rolloutSource),
        kind: 'management' as const,
      }
    }),
  )
}

function openFlows(plan: Plan, index: PlanIndex): OpenFlow[] {
  if (plan.licence.mode !== 'online') return []
  return hostsOf(index, 'hub')
    .map((hub) => ({
      id: `${hub.name}>licence-portal`,
      from: hub.name,
      to: flowText.portal,
      why: flowText.activation,
      source: sources['license-management'],
      question: flowText.activationQuestion,
    }))
    .sort((a, b) => compare(a.id, b.id))
}

function nodesOf(plan: Plan, index: PlanIndex, flows: readonly Flow[]): TopologyNode[] {
  const hosts = plan.hosts.map((host): TopologyNode => ({
    id: host.name,
    kind: 'host',
    address: host.address,
    components: componentsOn(index, host.name),
    network: host.network ?? null,
    managed: isManaged(host),
  }))
  const outside = new Map<string, string | null>()
  for (const { from, to, toAddress } of flows) {
    if (!index.hosts.has(from)) outside.set(from, null)
    if (!index.hosts.has(to)) outside.set(to, to === workstation ? null : toAddress)
  }
  const others = [...outside].map(([id, address]): TopologyNode => ({
    id,
    kind: 'outside',
    address,
    components: [],
    network: null,
    managed: false,
  }))
  return [...hosts, ...others].sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id))
}

function flow(
  from: string,
  to: string,
  toAddress: string,
  port: number,
  purpose: Flow['purpose'],
  why: string,
  source: string,
): Flow {
  return {
    id: `${from}>${to}:${port}`,
    kind: 'product',
    from,
    to,
    toAddress,
    port,
    protocol: 'tcp',
    purpose,
    why,
    source,
    verdict: 'allow',
    sameHost: from === to,
  }
}

// One line per path: a host with both Studio and Runner reaches the Hub for both reasons over one flow.
function mergeById(flows: readonly Flow[]): Flow[] {
  const byId = new Map<string, Flow>()
  for (const next of flows) {
    const before = byId.get(next.id)
    if (!before) byId.set(next.id, next)
    else if (!before.why.includes(next.why)) byId.set(next.id, { ...before, why: flowText.both(before.why, next.why) })
  }
  return [...byId.values()].sort(byKindAndPlace)
}

function byKindAndPlace(a: Flow, b: Flow): number {
  return (
    compare(b.kind, a.kind) ||
    compare(a.verdict, b.verdict) ||
    compare(a.to, b.to) ||
    a.port - b.port ||
    compare(a.from, b.from)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
