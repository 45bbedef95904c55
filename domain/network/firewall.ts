/** Inbound firewall rules of the hosts of a plan, limited to the addresses of the matrix. */
import type { Catalogue } from '../plan/catalogue.ts'
import { isIpv4, isIpv6 } from '../base/ids.ts'
import type { Plan } from '../plan/plan.ts'
import { indexPlan } from '../plan/plan-index.ts'
import { ruleText } from './text.ts'
import { topologyOf, type Flow, type Topology } from './topology.ts'

export interface FirewallRule {
  /** Stable across plans, so that a second rollout finds the rule of the first. */
  readonly name: string
  readonly displayName: string
  readonly port: number
  /** IP addresses, unique, in code point order; may be empty when every client is known by name only. */
  readonly remoteAddresses: readonly string[]
  /** Clients whose address is a DNS name, to which a Windows firewall rule cannot be limited. */
  readonly unscopable: readonly { readonly host: string; readonly address: string }[]
}

/** Inbound rules by host name, for flows of the product only: the management port is open already. */
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
      displayName: ruleText.title([...new Set(flows.map((flow) => ruleText.purposes[flow.purpose]))], port),
      port,
      remoteAddresses: [
        ...new Set(clients.filter(({ address }) => isIp(address)).map(({ address }) => address)),
      ].sort(),
      unscopable: clients.filter(({ address }) => !isIp(address)),
    }
  }
}

/** Inbound rules of one host; empty where only management reaches it. For all hosts use firewallRules. */
export function firewallRulesFor(plan: Plan, hostName: string, catalogue: Catalogue): FirewallRule[] {
  return firewallRules(plan, catalogue).get(hostName) ?? []
}

function isIp(address: string): boolean {
  return isIpv4(address) || isIpv6(address)
}
