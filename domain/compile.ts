/** Owns compilePlan: from a plan to the frozen graph. Deterministic: the same plan gives the same graph with the same ids. */
import { catalogueServices, type Catalogue } from './catalogue.ts'
import { gateBetween } from './gate.ts'
import type { Graph, Stage } from './graph.ts'
import { isManaged, type Host } from './host.ts'
import { stageNames, type ComponentName, type StageName } from './ids.ts'
import { LaneBuilder } from './lane-builder.ts'
import { hostNamed, type Plan } from './plan.ts'
import type { Step } from './step.ts'
import { siteFlows, type SiteFlows } from './topology.ts'
import { splitWaves } from './waves.ts'

const componentStage: Readonly<Record<ComponentName, StageName>> = { postgresql: 'prerequisites', redis: 'prerequisites', hub: 'hub', studio: 'studio', runner: 'runner' }

export interface CompileContext {
  readonly plan: Plan
  readonly flows: SiteFlows
  readonly services: ReturnType<typeof catalogueServices>
}

/**
 * Compiles a plan. Steps come out stage by stage, host by host, in the plan's order; every `after` names something earlier, so
 * a cycle cannot be written. Throws a FailureError of kind `plan` for a plan that its checks would block.
 */
export function compilePlan(plan: Plan, catalogue: Catalogue): Graph {
  const context: CompileContext = { plan, flows: siteFlows(plan), services: catalogueServices(catalogue) }
  const surveyed = new Set<string>()
  const stages: Stage[] = []
  const steps: Step[] = []
  for (const name of stageNames) {
    const hosts = hostsOfStage(plan, name)
    if (hosts.length === 0) continue
    const before = stages.at(-1)
    const gate = before ? gateBetween(plan, before.name, name) : null
    const { canary, groups } = wavesOf(plan, name, hosts)
    const waves = groups.map((group, i) => ({ number: i + 1, id: `wave:${name}:${i + 1}`, hosts: group.map((host) => host.name) }))
    groups.forEach((group, i) => {
      const barrier = i === 0 ? gate?.id : waves[i - 1]?.id
      for (const host of group) steps.push(...laneOfStage(context, name, host, i + 1, barrier, surveyed))
    })
    stages.push({ name, gate, canary, waves })
  }
  const { concurrency, stageConcurrency, stopAtFailedPercent } = plan.rollout
  return { format: 'exekra-rollout-graph', version: 1, planName: plan.name, stages, steps, policy: { concurrency, stageConcurrency, stopAtFailedPercent } }
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

function laneOfStage(context: CompileContext, stage: StageName, host: Host, wave: number, barrier: string | undefined, surveyed: Set<string>): Step[] {
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
  for (const placement of context.plan.placements) {
    if (placement.host !== host.name || componentStage[placement.component] !== stage) continue
    addComponent(lane, context, host, placement.component, placement.provision)
  }
  lane.clearStaging()
  return lane.steps
}

function addComponent(lane: LaneBuilder, context: CompileContext, host: Host, component: ComponentName, provision: 'install' | 'existing'): void {
  const { plan, flows } = context
  for (const flow of flows.from(host.name, component)) lane.add({ kind: 'probe-flow', flow }, flow.id)
  if (component === 'studio' || component === 'runner') addTrust(lane, plan)
  if (provision === 'install') lane.addInstall(component, plan.installers[component])
  for (const service of servicesOf(context, component, provision)) lane.add({ kind: 'await-service', service, timeoutSeconds: 300 }, service)
  for (const rule of flows.rulesFor(host.name, component)) lane.add({ kind: 'open-port', rule }, String(rule.port))
  if (component === 'hub') lane.add({ kind: 'await-endpoint', address: plan.hub.address, port: plan.hub.httpsPort, expect: hubExpectation(plan), timeoutSeconds: 300 })
  if (component === 'studio' || component === 'runner') addClientEndpoint(lane, plan)
}

function servicesOf(context: CompileContext, component: ComponentName, provision: 'install' | 'existing'): string[] {
  const installer = context.plan.installers[component]
  const own = installer && provision === 'install' ? installer.services : []
  const documented = component !== 'hub' ? [] : context.plan.redis.kind === 'bundled' ? [context.services.hub, context.services.bundledRedis] : [context.services.hub]
  return [...new Set([...documented, ...own])]
}

function hubExpectation(plan: Plan) {
  const { certificate } = plan
  return certificate.strategy === 'operator' && certificate.sha256 !== undefined ? ({ from: 'plan', sha256: certificate.sha256 } as const) : ({ from: 'first-sight' } as const)
}

function addTrust(lane: LaneBuilder, plan: Plan): void {
  if (plan.certificate.strategy === 'self-signed') lane.addOnce({ kind: 'trust-certificate', certificate: { from: 'learned' } })
  else if (plan.certificate.trust) lane.addOnce({ kind: 'trust-certificate', certificate: { from: 'file', artefact: plan.certificate.trust } })
}

function addClientEndpoint(lane: LaneBuilder, plan: Plan): void {
  const known = hubExpectation(plan)
  const expect = known.from === 'plan' ? known : ({ from: 'learned' } as const)
  lane.addOnce({ kind: 'await-endpoint', address: plan.hub.address, port: plan.hub.httpsPort, expect, timeoutSeconds: 120 })
}

function addAcceptance(lane: LaneBuilder, context: CompileContext, host: Host): void {
  const placements = context.plan.placements.filter((placement) => placement.host === hostNamed(context.plan, host.name).name)
  lane.add({ kind: 'reach-host' })
  lane.add({ kind: 'collect-facts' })
  lane.add({ kind: 'check-host', purpose: 'as-built' })
  for (const { component, provision } of placements) {
    for (const service of servicesOf(context, component, provision)) lane.add({ kind: 'await-service', service, timeoutSeconds: 60 }, service)
  }
  for (const { component } of placements) if (component !== 'postgresql' && component !== 'redis') addClientEndpoint(lane, context.plan)
}
