/** Owns the topology of a plan: its nodes, the flows between them (the firewall matrix), and what only the operator can name. */
import { hubBackendPort, sources, type Catalogue } from '../plan/catalogue.ts'
import { rolloutSource } from '../base/finding.ts'
import { doorsOf, isManaged, largeFilesOf, reachInWords } from '../plan/host.ts'
import type { ComponentName } from '../base/ids.ts'
import type { Plan } from '../plan/plan.ts'
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

/** A path that is known to exist, but not to which address or port: the operator has to say. */
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
  return [
    ...client('studio', 'Studio reaches the Hub by HTTPS'),
    ...client('runner', 'The Runner polls the Hub by outbound HTTPS; it needs no inbound port'),
  ]
}

function databaseFlows(plan: Plan, index: PlanIndex): Flow[] {
  const { database } = plan
  const why = 'The Hub keeps all its state in PostgreSQL, which must be reachable from the Hub server'
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
  const why = 'The Hub keeps its execution queue in Redis'
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
  const why = "The Hub's backend is internal; clients reach it through /api/ on the HTTPS port only"
  return hostsOf(index, 'hub').map((hub) => ({
    ...flow(anywhere, hub.name, hub.address, port, 'hub-backend', why, sources.docs),
    verdict: 'must-stay-closed' as const,
  }))
}

function managementFlows(plan: Plan, index: PlanIndex): Flow[] {
  return [...doorFlows(plan), ...largeFileFlows(plan, index)]
}

/** Only where a rollout may send something: a component that it installs. */
function largeFileFlows(plan: Plan, index: PlanIndex): Flow[] {
  return plan.hosts.flatMap((host): Flow[] => {
    const { name, address } = host
    const way = largeFilesOf(host)
    if (!index.placementsOn.get(name)?.some(({ provision }) => provision === 'install')) return []
    switch (way?.by) {
      case 'pull':
        return [
          {
            ...flow(
              name,
              workstation,
              workstation,
              way.port,
              'management',
              'The host fetches files of more than 10 MB from this workstation by HTTPS, which listens only meanwhile; where it is closed they go through WinRM, slower',
              rolloutSource,
            ),
            kind: 'management',
          },
        ]
      case 'smb':
        return [
          {
            ...flow(
              workstation,
              name,
              address,
              445,
              'management',
              'Files of more than 10 MB are copied to the share C$ of the host',
              rolloutSource,
            ),
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
      const why =
        reach.kind === 'auto'
          ? `Rollout reaches the host by ${by}, or by another of its ports (${reachInWords(reach)}): one is enough`
          : `Rollout reaches the host by ${by}`
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
      to: 'Customer Portal',
      why: 'Online activation contacts the Customer Portal once; later validation is optional',
      source: sources['license-management'],
      question: 'To which address and port does the Hub connect for activation? No page names it.',
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
  for (const one of flows) {
    const before = byId.get(one.id)
    if (!before) byId.set(one.id, one)
    else if (!before.why.includes(one.why)) byId.set(one.id, { ...before, why: `${before.why}; ${one.why}` })
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
