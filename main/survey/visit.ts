/** The visit of one host: facts, judged, and the flows of the firewall matrix tested from there. Nothing is changed. */
import type { Catalogue } from '../../domain/plan/catalogue.ts'
import { checkHost } from '../../domain/checks/check.ts'
import type { Diagnosis } from '../../domain/doctor/diagnosis.ts'
import { toFailure, type Failure } from '../../domain/base/failure.ts'
import type { Facts } from '../../domain/remote/facts.ts'
import { rolloutSource, type Finding } from '../../domain/base/finding.ts'
import { onHost } from '../../domain/base/subject.ts'
import { doorsOf, reachInWords, type Host } from '../../domain/plan/host.ts'
import type { FileSeen } from '../../domain/plan/media.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import {
  probeFindings,
  surveyChecks,
  unreachedFinding,
  type Probe,
  type SurveyAnswer,
} from '../../domain/checks/survey.ts'
import type { Flow } from '../../domain/network/topology.ts'
import type { Clock, Session } from '../engine/ports.ts'
import { surveyText } from './text.ts'

export type SurveyedHost = SurveyAnswer

export interface VisitOptions {
  readonly plan: Plan
  readonly catalogue: Catalogue
  /** The plan's media as they are on this workstation. */
  readonly files: ReadonlyMap<string, FileSeen>
  readonly clock: Clock
  readonly signal: AbortSignal
  /**
   * Gives the one cause of a failure, without showing the host a credential again; null where there is none to look
   * for.
   */
  readonly explain?: (host: Host, failure: Failure) => Promise<Diagnosis | null>
}

/**
 * Visits one host over a session that `open` gives: its facts are judged, then each flow is tested from there. Never
 * throws: what went wrong is in the answer.
 */
export async function visitHost(
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
        subject: onHost(host.name),
        message: surveyText.reachedBy(host.name, reachInWords(session.chosen.reach), session.chosen.why),
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
      findings: [...findings, unreachedFinding(plan, host.name, failure)],
    }
  }
}
