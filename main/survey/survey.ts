/** Owns the survey: every managed host visited read-only, its facts judged, and the flows of the matrix tested from the hosts that will use them. */
import type { Catalogue } from '../../domain/catalogue.ts'
import { checkHost } from '../../domain/check.ts'
import { toFailure, type Failure } from '../../domain/failure.ts'
import type { Facts } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import { rolloutSource } from '../../domain/finding.ts'
import { isManaged, reachInWords, type Host } from '../../domain/host.ts'
import type { FileSeen } from '../../domain/media.ts'
import type { ComponentName } from '../../domain/ids.ts'
import type { Plan } from '../../domain/plan.ts'
import { topologyOf, type Flow } from '../../domain/topology.ts'
import type { VerbResult } from '../../domain/verb.ts'
import type { Clock, Session, Transports, Vault } from '../engine/ports.ts'
import { keepSessions } from '../engine/sessions.ts'

export interface Probe {
  readonly flow: Flow
  readonly outcome: VerbResult<'Test-NetworkPath'>['outcome']
  readonly detail: string
}

export interface SurveyedHost {
  readonly host: string
  /** Null where the host was reached. */
  readonly unreached: Failure | null
  readonly facts: Facts | null
  readonly probes: readonly Probe[]
  readonly findings: readonly Finding[]
}

export interface SurveySetting {
  readonly plan: Plan
  readonly catalogue: Catalogue
  /** What the workstation saw of the plan's media. */
  readonly files: ReadonlyMap<string, FileSeen>
  readonly transports: Transports
  readonly vault: Vault
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Told of each host as it is done. */
  readonly onHost?: (surveyed: SurveyedHost) => void
}

/** Visits the hosts, at most `plan.rollout.concurrency` at a time. Never throws for a host: what went wrong with it is in its entry. In the plan's order. */
export async function surveySite(setting: SurveySetting): Promise<SurveyedHost[]> {
  const { plan } = setting
  const hosts = plan.hosts.filter(isManaged)
  const flows = Map.groupBy(topologyOf(plan, setting.catalogue).flows.filter((flow) => flow.kind === 'product' && flow.verdict === 'allow'), (flow) => flow.from)
  const openedLater = portsOpenedLater(plan)
  const sessions = keepSessions(setting.transports, setting.vault, plan.defaultCredential)
  const results = new Map<string, SurveyedHost>()
  const queue = hosts.values()
  const worker = async () => {
    for (const host of queue) {
      const surveyed = await visit(setting, host, flows.get(host.name) ?? [], openedLater, (signal) => sessions.get(host, signal))
      await sessions.drop(host.name)
      results.set(host.name, surveyed)
      setting.onHost?.(surveyed)
    }
  }
  await Promise.all(Array.from({ length: Math.min(plan.rollout.concurrency, hosts.length) }, worker))
  return hosts.flatMap((host) => results.get(host.name) ?? [])
}

async function visit({ plan, catalogue, files, clock, signal }: SurveySetting, host: Host, flows: readonly Flow[], openedLater: ReadonlySet<string>, open: (signal: AbortSignal) => Promise<Session>): Promise<SurveyedHost> {
  const probes: Probe[] = []
  let facts: Facts | null = null
  const findings: Finding[] = []
  try {
    const session = await open(signal)
    if (session.chosen) findings.push({ check: 'host-reached', severity: 'pass', subject: `host ${host.name}`, message: `${host.name} is reached by ${reachInWords(session.chosen.reach)}. ${session.chosen.why}`, source: rolloutSource, remedy: '' })
    facts = await session.run('Get-HostFacts', {}, { signal, timeoutMs: 120_000 })
    findings.push(...checkHost({ plan, catalogue, files, now: clock.now() }, host.name, facts))
    for (const flow of flows) {
      const { outcome, detail } = await session.run('Test-NetworkPath', { Address: flow.toAddress, Port: flow.port, TimeoutMs: 10_000 }, { signal, timeoutMs: 40_000 })
      probes.push({ flow, outcome, detail: detail ?? '' })
    }
    return { host: host.name, unreached: null, facts, probes, findings: [...findings, ...probes.map((probe) => judgeProbe(host, probe, openedLater))] }
  } catch (error) {
    const failure = toFailure(error)
    return { host: host.name, unreached: failure, facts, probes, findings: [...findings, { check: 'host-reached', severity: 'block', subject: `host ${host.name}`, message: failure.message, source: rolloutSource, remedy: failure.hint }] }
  }
}

/** Before the rollout nothing need listen yet: a refusal proves that no firewall stands between. */
function judgeProbe(host: Host, { flow, outcome, detail }: Probe, openedLater: ReadonlySet<string>): Finding {
  const path = `${host.name} to ${flow.toAddress}:${flow.port}`
  const finding = (severity: Finding['severity'], message: string, remedy: string): Finding => ({ check: 'flow-open', severity, subject: `host ${host.name}`, message, source: flow.source, remedy })
  switch (outcome) {
    case 'open':
      return finding('pass', `${path} is open.`, '')
    case 'refused':
      return finding('pass', `${path} gets through; nothing listens there yet.`, '')
    case 'filtered':
      // The host's own firewall is still closed, as it should be: what stands between the two cannot be told apart from it yet.
      if (openedLater.has(`${flow.to}:${flow.port}`))
        return finding('warn', `${path} does not answer yet. Rollout opens the port on ${flow.to} itself; whether another firewall stands between is seen when it has.`, `See that no network firewall stops TCP ${flow.port} from ${host.name} to ${flow.toAddress}.`)
      return finding('block', `${path} does not get through${detail === '' ? '' : ` (${detail})`}.`, `Let TCP ${flow.port} pass from ${host.name} to ${flow.toAddress}. ${flow.why}.`)
    case 'unreachable':
      return finding('block', `${path} does not get through${detail === '' ? '' : ` (${detail})`}.`, `Let TCP ${flow.port} pass from ${host.name} to ${flow.toAddress}. ${flow.why}.`)
    case 'unresolved':
      return finding('block', `${host.name} cannot resolve ${flow.toAddress}.`, 'Add the name to DNS, or plan with an address that the host can resolve.')
  }
}

/** host:port of what the rollout installs and then lets in by a rule of its own. */
function portsOpenedLater(plan: Plan): ReadonlySet<string> {
  const managed = new Set(plan.hosts.filter(isManaged).map((host) => host.name))
  const ports: Partial<Record<ComponentName, number>> = { hub: plan.hub.httpsPort, postgresql: plan.database.port, ...(plan.redis.kind === 'placed' ? { redis: plan.redis.port } : {}) }
  return new Set(plan.placements.flatMap((placement) => {
    const port = ports[placement.component]
    return port !== undefined && placement.provision === 'install' && managed.has(placement.host) ? [`${placement.host}:${port}`] : []
  }))
}
