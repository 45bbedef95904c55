/** The survey of a plan: its managed hosts visited side by side, over the ports of the engine. */
import { isManaged } from '../../domain/plan/host.ts'
import { topologyOf } from '../../domain/network/topology.ts'
import type { Transports, Vault } from '../engine/ports.ts'
import { keepSessions } from '../engine/sessions.ts'
import { visitHost, type SurveyedHost, type VisitOptions } from './visit.ts'

/** What a caller says of a survey. */
export interface SurveyOptions {
  readonly signal: AbortSignal
  /** Only these hosts are visited; all of them where none is named. */
  readonly only?: ReadonlySet<string>
  /** Called when the visit of a host begins. */
  readonly onVisit?: (host: string) => void
  /** Called when it has ended. */
  readonly onHost?: (surveyed: SurveyedHost) => void
}

export interface SurveyHostsOptions extends SurveyOptions, VisitOptions {
  readonly transports: Transports
  readonly vault: Vault
}

/**
 * Visits the hosts, at most `plan.rollout.concurrency` at a time, and returns their answers in the plan's order. Never
 * throws for a host: what went wrong with it is in its answer.
 */
export async function surveyHosts(options: SurveyHostsOptions): Promise<SurveyedHost[]> {
  const { plan } = options
  const hosts = plan.hosts.filter((host) => isManaged(host) && (options.only?.has(host.name) ?? true))
  const flows = Map.groupBy(
    topologyOf(plan, options.catalogue).flows.filter((flow) => flow.kind === 'product' && flow.verdict === 'allow'),
    (flow) => flow.from,
  )
  const sessions = keepSessions(options.transports, options.vault, plan.defaultCredential)
  const results = new Map<string, SurveyedHost>()
  const queue = hosts.values()
  const calledOff = () => options.signal.aborted
  const worker = async () => {
    for (const host of queue) {
      if (calledOff()) return
      options.onVisit?.(host.name)
      const surveyed = await visitHost(options, host, flows.get(host.name) ?? [], (signal) =>
        sessions.get(host, signal),
      )
      await sessions.drop(host.name)
      // A host that was being visited when the survey was called off may have answered nothing for that reason alone.
      if (calledOff() && surveyed.unreached) return
      results.set(host.name, surveyed)
      options.onHost?.(surveyed)
    }
  }
  await Promise.all(Array.from({ length: Math.min(plan.rollout.concurrency, hosts.length) }, worker))
  return hosts.flatMap((host) => results.get(host.name) ?? [])
}
