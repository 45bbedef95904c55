/** Compiles a plan to the frozen graph. Deterministic: the same plan gives the same graph with the same ids. */
import { documentedServices, type Catalogue } from '../plan/catalogue.ts'
import { firewallRules, type FirewallRule } from '../network/firewall.ts'
import { gateBetween } from './gate.ts'
import type { Graph, Stage } from './graph.ts'
import { isManaged, type Host } from '../plan/host.ts'
import { stageNames, type ComponentName, type StageName } from '../base/ids.ts'
import { LaneBuilder } from './lane-builder.ts'
import type { Plan } from '../plan/plan.ts'
import { indexPlan, type PlanIndex } from '../plan/plan-index.ts'
import type { Step } from './step.ts'
import { topologyOf, type Flow } from '../network/topology.ts'
import { splitWaves } from './waves.ts'

const componentStage: Readonly<Record<ComponentName, StageName>> = {
  postgresql: 'prerequisites',
  redis: 'prerequisites',
  hub: 'hub',
  studio: 'studio',
  runner: 'runner',
}

interface CompileContext {
  readonly plan: Plan
  readonly catalogue: Catalogue
  readonly index: PlanIndex
  readonly flowsFrom: ReadonlyMap<string, readonly Flow[]>
  readonly rules: ReadonlyMap<string, readonly FirewallRule[]>
}

const flowPurposes: Readonly<Record<ComponentName, readonly Flow['purpose'][]>> = {
  hub: ['database', 'redis'],
  studio: ['hub-https'],
  runner: ['hub-https'],
  postgresql: [],
  redis: [],
}

/**
 * Compiles a plan. Steps come out stage by stage, host by host, in the plan's order; every `after` names something
 * earlier, so a cycle cannot be written. Throws a FailureError of kind `plan` for a plan that its checks would block.
 */
export function compilePlan(plan: Plan, catalogue: Catalogue): Graph {
  const index = indexPlan(plan)
  const topology = topologyOf(plan, catalogue, index)
  const context: CompileContext = {
    plan,
    catalogue,
    index,
    flowsFrom: Map.groupBy(topology.flows, (flow) => flow.from),
    rules: firewallRules(plan, catalogue, topology),
  }
  const surveyed = new Set<string>()
  const stages: Stage[] = []
  const steps: Step[] = []
  for (const name of stageNames) {
    const hosts = hostsOfStage(plan, name)
    if (hosts.length === 0) continue
    const before = stages.at(-1)
    const gate = before ? gateBetween(plan, before.name, name) : null
    const { canary, groups } = wavesOf(plan, name, hosts)
    const waves = groups.map((group, i) => ({
      number: i + 1,
      id: `wave:${name}:${i + 1}`,
      hosts: group.map((host) => host.name),
    }))
    groups.forEach((group, i) => {
      const barrier = i === 0 ? gate?.id : waves[i - 1]?.id
      for (const host of group) steps.push(...laneOfStage(context, name, host, i + 1, barrier, surveyed))
    })
    stages.push({ name, gate, canary, waves })
  }
  const { concurrency, stageConcurrency, stopAtFailedPercent } = plan.rollout
  return {
    format: 'exekra-rollout-graph',
    version: 1,
    planName: plan.name,
    stages,
    steps,
    policy: { concurrency, stageConcurrency, stopAtFailedPercent },
  }
}

function hostsOfStage(plan: Plan, stage: StageName): Host[] {
  const concerns = (component: ComponentName) =>
    stage === 'acceptance' || componentStage[component] === stage || (stage === 'prerequisites' && component === 'hub')
  const names = new Set(plan.placements.filter((p) => concerns(p.component)).map((p) => p.host))
  return plan.hosts.filter((host) => names.has(host.name) && isManaged(host))
}

function wavesOf(plan: Plan, stage: StageName, hosts: readonly Host[]): { canary: boolean; groups: Host[][] } {
  if (stage !== 'studio' && stage !== 'runner') return { canary: false, groups: [[...hosts]] }
  const policy = plan.rollout.waves[stage]
  return { canary: policy.canary > 0, groups: splitWaves(hosts, policy) }
}

function laneOfStage(
  context: CompileContext,
  stage: StageName,
  host: Host,
  wave: number,
  barrier: string | undefined,
  surveyed: Set<string>,
): Step[] {
  const lane = new LaneBuilder(host, stage, wave, barrier)
  if (stage === 'acceptance') {
    addAcceptance(lane, context, host)
    return lane.steps
  }
  if (!surveyed.has(host.name)) {
    surveyed.add(host.name)
    lane.add({ kind: 'reach-host' })
    lane.add({ kind: 'collect-facts' })
    lane.add({ kind: 'check-host', purpose: 'before' })
  }
  for (const placement of context.index.placementsOn.get(host.name) ?? []) {
    if (componentStage[placement.component] !== stage) continue
    addComponent(lane, context, host, placement.component, placement.provision)
  }
  lane.clearStaging()
  return lane.steps
}

function addComponent(
  lane: LaneBuilder,
  context: CompileContext,
  host: Host,
  component: ComponentName,
  provision: 'install' | 'existing',
): void {
  const { plan } = context
  for (const flow of context.flowsFrom.get(host.name) ?? []) {
    if (flow.verdict !== 'allow' || !flowPurposes[component].includes(flow.purpose)) continue
    const { id, toAddress, port, why } = flow
    lane.add({ kind: 'probe-flow', flow: { id, toAddress, port, why, listening: true } }, `${flow.to}:${port}`)
  }
  if (component === 'studio' || component === 'runner') addTrust(lane, plan)
  if (provision === 'install') lane.addInstall(component, plan.installers[component])
  for (const service of servicesOf(context, component, provision))
    lane.add({ kind: 'await-service', service, timeoutSeconds: 300 }, service)
  if (provision === 'install') addFirewall(lane, context, host, component)
  if (component === 'hub')
    lane.add({
      kind: 'await-endpoint',
      address: plan.hub.address,
      port: plan.hub.httpsPort,
      expect: hubExpectation(plan),
      timeoutSeconds: 300,
    })
  if (component === 'studio' || component === 'runner') addClientEndpoint(lane, plan)
}

function servicesOf(context: CompileContext, component: ComponentName, provision: 'install' | 'existing'): string[] {
  const installer = context.plan.installers[component]
  const own = installer && provision === 'install' ? installer.services : []
  const documented =
    provision === 'install'
      ? documentedServices(context.catalogue, component, context.plan.redis.kind === 'bundled')
      : []
  return [...new Set([...documented, ...own])]
}

function hubExpectation(plan: Plan) {
  const { certificate } = plan
  return certificate.strategy === 'operator' && certificate.sha256 !== undefined
    ? ({ from: 'plan', sha256: certificate.sha256 } as const)
    : ({ from: 'first-sight' } as const)
}

function addTrust(lane: LaneBuilder, plan: Plan): void {
  if (plan.certificate.strategy === 'self-signed')
    lane.addOnce({ kind: 'trust-certificate', certificate: { from: 'learned' } })
  else if (plan.certificate.trust)
    lane.addOnce({ kind: 'trust-certificate', certificate: { from: 'file', artefact: plan.certificate.trust } })
}

function addClientEndpoint(lane: LaneBuilder, plan: Plan): void {
  const known = hubExpectation(plan)
  const expect = known.from === 'plan' ? known : ({ from: 'learned' } as const)
  lane.addOnce({
    kind: 'await-endpoint',
    address: plan.hub.address,
    port: plan.hub.httpsPort,
    expect,
    timeoutSeconds: 120,
  })
}

// Rollout opens only what it installed itself; the firewall of a database that was there before is its owner's.
function addFirewall(lane: LaneBuilder, context: CompileContext, host: Host, component: ComponentName): void {
  const port = portOf(context.plan, component)
  for (const rule of context.rules.get(host.name) ?? []) {
    if (rule.port !== port) continue
    const [first, ...others] = rule.remoteAddresses
    if (first === undefined) continue
    lane.add(
      {
        kind: 'open-port',
        rule: { name: rule.name, displayName: rule.displayName, port: rule.port, remoteAddresses: [first, ...others] },
      },
      String(rule.port),
    )
  }
}

function portOf(plan: Plan, component: ComponentName): number | undefined {
  switch (component) {
    case 'hub':
      return plan.hub.httpsPort
    case 'postgresql':
      return plan.database.port
    case 'redis':
      return plan.redis.kind === 'bundled' ? undefined : plan.redis.port
    case 'studio':
    case 'runner':
      return undefined
  }
}

function addAcceptance(lane: LaneBuilder, context: CompileContext, host: Host): void {
  const placements = context.index.placementsOn.get(host.name) ?? []
  lane.add({ kind: 'reach-host' })
  lane.add({ kind: 'collect-facts' })
  lane.add({ kind: 'check-host', purpose: 'as-built' })
  for (const { component, provision } of placements) {
    for (const service of servicesOf(context, component, provision))
      lane.add({ kind: 'await-service', service, timeoutSeconds: 60 }, service)
  }
  for (const { component } of placements)
    if (component !== 'postgresql' && component !== 'redis') addClientEndpoint(lane, context.plan)
}
