/** Owns the inbound firewall rules a plan asks for on its hosts, scoped to the addresses of the matrix. */
import type { Catalogue } from '../plan/catalogue.ts'
import { isIpv4, isIpv6 } from '../base/ids.ts'
import type { Plan } from '../plan/plan.ts'
import { indexPlan } from '../plan/plan-index.ts'
import { topologyOf, type Flow, type Topology } from './topology.ts'

export interface FirewallRule {
  /** Stable across plans, so that a second rollout finds the rule of the first. */
  readonly name: string
  readonly displayName: string
  readonly port: number
  /** IP addresses, unique, in code point order; may be empty when every client is known by name only. */
  readonly remoteAddresses: readonly string[]
  /** Clients whose address is a DNS name: a Windows firewall rule cannot be scoped to a name. */
  readonly unscopable: readonly { readonly host: string; readonly address: string }[]
}

/** The inbound rules of every host that needs one, by host name. Only flows the product needs, never the management port, which is open already. */
export function firewallRules(
  plan: Plan,
  catalogue: Catalogue,
  topology: Topology = topologyOf(plan, catalogue),
): Map<string, FirewallRule[]> {
  const index = indexPlan(plan)
  const inbound = Map.groupBy(
    topology.flows.filter(
      (flow) => flow.kind === 'product' && flow.verdict === 'allow' && !flow.sameHost && index.hosts.has(flow.to),
    ),
    (flow) => flow.to,
  )
  return new Map(
    [...inbound].map(([host, flows]) => [
      host,
      [...Map.groupBy(flows, (flow) => flow.port)].map(([port, there]) => ruleFor(port, there)),
    ]),
  )

  function ruleFor(port: number, flows: readonly Flow[]): FirewallRule {
    const clients = flows.map((flow) => ({
      host: flow.from,
      address: index.hosts.get(flow.from)?.address ?? flow.from,
    }))
    return {
      name: `ExekraRollout-TCP-${port}`,
      displayName: `Exekra Rollout: ${[...new Set(flows.map((flow) => titles[flow.purpose]))].join(' and ')} (TCP ${port})`,
      port,
      remoteAddresses: [
        ...new Set(clients.filter(({ address }) => isIp(address)).map(({ address }) => address)),
      ].sort(),
      unscopable: clients.filter(({ address }) => !isIp(address)),
    }
  }
}

/** The inbound rules of one host; empty where nothing but management reaches it. For all hosts of a plan use firewallRules. */
export function firewallRulesFor(plan: Plan, hostName: string, catalogue: Catalogue): FirewallRule[] {
  return firewallRules(plan, catalogue).get(hostName) ?? []
}

const titles: Record<Flow['purpose'], string> = {
  'hub-https': 'Hub HTTPS',
  database: 'PostgreSQL',
  redis: 'Redis',
  'hub-backend': 'Hub backend',
  management: 'management',
}

function isIp(address: string): boolean {
  return isIpv4(address) || isIpv6(address)
}
