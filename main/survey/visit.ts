/** Owns the survey: every managed host visited read-only, its facts judged, and the flows of the matrix tested from the hosts that will use them. */
import type { Catalogue } from '../../domain/plan/catalogue.ts'
import { checkHost } from '../../domain/checks/check.ts'
import type { Diagnosis } from '../../domain/doctor/diagnosis.ts'
import { toFailure, type Failure } from '../../domain/base/failure.ts'
import type { Facts } from '../../domain/remote/facts.ts'
import { rolloutSource, type Finding } from '../../domain/base/finding.ts'
import { doorsOf, isManaged, reachInWords, type Host } from '../../domain/plan/host.ts'
import type { FileSeen } from '../../domain/plan/media.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import {
  probeFindings,
  surveyChecks,
  unreachedFinding,
  type Probe,
  type SurveyAnswer,
} from '../../domain/checks/survey.ts'
import { topologyOf, type Flow } from '../../domain/network/topology.ts'
import type { Clock, Session, Transports, Vault } from '../engine/ports.ts'
import { keepSessions } from '../engine/sessions.ts'

export type SurveyedHost = SurveyAnswer

export interface VisitOptions {
  readonly plan: Plan
  readonly catalogue: Catalogue
  /** What the workstation saw of the plan's media. */
  readonly files: ReadonlyMap<string, FileSeen>
  readonly transports: Transports
  readonly vault: Vault
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Gives the one cause of a failure, without showing the host a credential again; null where there is none to look for. */
  readonly explain?: (host: Host, failure: Failure) => Promise<Diagnosis | null>
  /** Only these hosts are visited; all of them where none is named. */
  readonly only?: ReadonlySet<string>
  /** Told of each host when its visit begins. */
  readonly onVisit?: (host: string) => void
  /** Told of each host as it is done. */
  readonly onHost?: (surveyed: SurveyedHost) => void
}

/** Visits the hosts, at most `plan.rollout.concurrency` at a time. Never throws for a host: what went wrong with it is in its entry. In the plan's order. */
export async function visitHosts(setting: VisitOptions): Promise<SurveyedHost[]> {
  const { plan } = setting
  const hosts = plan.hosts.filter((host) => isManaged(host) && (setting.only?.has(host.name) ?? true))
  const flows = Map.groupBy(
    topologyOf(plan, setting.catalogue).flows.filter((flow) => flow.kind === 'product' && flow.verdict === 'allow'),
    (flow) => flow.from,
  )
  const sessions = keepSessions(setting.transports, setting.vault, plan.defaultCredential)
  const results = new Map<string, SurveyedHost>()
  const queue = hosts.values()
  const calledOff = () => setting.signal.aborted
  const worker = async () => {
    for (const host of queue) {
      if (calledOff()) return
      setting.onVisit?.(host.name)
      const surveyed = await visit(setting, host, flows.get(host.name) ?? [], (signal) => sessions.get(host, signal))
      await sessions.drop(host.name)
      // Who was being asked when it was called off has given no answer; that says nothing about the host.
      if (calledOff() && surveyed.unreached) return
      results.set(host.name, surveyed)
      setting.onHost?.(surveyed)
    }
  }
  await Promise.all(Array.from({ length: Math.min(plan.rollout.concurrency, hosts.length) }, worker))
  return hosts.flatMap((host) => results.get(host.name) ?? [])
}

async function visit(
  { plan, catalogue, files, clock, signal, explain }: VisitOptions,
  host: Host,
  flows: readonly Flow[],
  open: (signal: AbortSignal) => Promise<Session>,
): Promise<SurveyedHost> {
  const probes: Probe[] = []
  let facts: Facts | null = null
  let door: SurveyedHost['door'] = null
  const findings: Finding[] = []
  try {
    const session = await open(signal)
    const [way] = doorsOf(session.chosen?.reach ?? host.reach)
    if (way) door = { address: host.address, port: way.port }
    if (session.chosen)
      findings.push({
        check: surveyChecks.reached,
        severity: 'pass',
        subject: `host ${host.name}`,
        message: `${host.name} is reached by ${reachInWords(session.chosen.reach)}. ${session.chosen.why}`,
        source: rolloutSource,
        remedy: '',
      })
    facts = await session.run('Get-HostFacts', {}, { signal, timeoutMs: 120_000 })
    findings.push(...checkHost({ plan, catalogue, files, now: clock.now() }, host.name, facts))
    for (const flow of flows) {
      const { outcome, detail } = await session.run(
        'Test-NetworkPath',
        { Address: flow.toAddress, Port: flow.port, TimeoutMs: 10_000 },
        { signal, timeoutMs: 40_000 },
      )
      probes.push({ flow, outcome, detail: detail ?? '' })
    }
    return {
      host: host.name,
      unreached: null,
      diagnosis: null,
      door,
      facts,
      probes,
      findings: [...findings, ...probeFindings(plan, host.name, probes)],
    }
  } catch (error) {
    const failure = toFailure(error)
    const diagnosis = signal.aborted ? null : ((await explain?.(host, failure)) ?? null)
    return {
      host: host.name,
      unreached: failure,
      diagnosis,
      door,
      facts,
      probes,
      findings: [...findings, unreachedFinding(host.name, failure)],
    }
  }
}
