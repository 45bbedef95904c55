/** What the answers of a survey mean for a plan. Stored answers are judged again when the plan has changed since. */
import { runChecks } from './check.ts'
import { allChecks } from './rules/index.ts'
import type { CheckInput } from './check-context.ts'
import type { Diagnosis } from '../doctor/diagnosis.ts'
import type { Facts } from '../remote/facts.ts'
import type { Failure } from '../base/failure.ts'
import { rolloutSource, sortFindings, type Finding } from '../base/finding.ts'
import { isManaged } from '../plan/host.ts'
import type { ComponentName } from '../base/ids.ts'
import { hostOf, onHost, onPath } from '../base/subject.ts'
import { hostField, indexPlan } from '../plan/plan-index.ts'
import type { Advice } from './text/advice.ts'
import { pathText } from './text/paths.ts'
import { surveyColumns, type SurveyColumn, type SurveyColumnId } from './survey-columns.ts'
import type { Plan } from '../plan/plan.ts'
import { topologyOf, type Flow } from '../network/topology.ts'

/** What a path showed when it was tried from its source. */
export interface Probe {
  readonly flow: Flow
  readonly outcome: 'open' | 'refused' | 'filtered' | 'unreachable' | 'unresolved'
  readonly detail: string
}

/** What a survey keeps of one host. */
export interface SurveyAnswer {
  readonly host: string
  readonly unreached: Failure | null
  /** The one cause why it was not reached; null where it was, and where nothing is reached over the network. */
  readonly diagnosis: Diagnosis | null
  /** Where the survey got in; null where it did not, and where nothing of ours crosses the network. */
  readonly door: { readonly address: string; readonly port: number } | null
  readonly facts: Facts | null
  readonly probes: readonly Probe[]
  readonly findings: readonly Finding[]
}

/**
 * The checks that only a survey makes. Both may be waived: the rollout checks again before it needs the host or path.
 */
export const surveyChecks = { reached: 'host-reached', flow: 'flow-open' } as const
export const waivableSurveyChecks: readonly string[] = Object.values(surveyChecks)

const columnOfCheck: ReadonlyMap<string, SurveyColumnId> = new Map<string, SurveyColumnId>([
  ...allChecks.flatMap(({ id, column }) => (column === undefined ? [] : [[id, column] as const])),
  [surveyChecks.reached, 'reach'],
  [surveyChecks.flow, 'paths'],
])

/** The column of the survey matrix that shows the findings of a check; undefined where none does. */
export function columnOf(check: string): SurveyColumn | undefined {
  const id = columnOfCheck.get(check)
  return surveyColumns.find((column) => column.id === id)
}

/** The finding about a host of the plan that gave no answer. */
export function unreachedFinding(plan: Plan, host: string, failure: Failure): Finding {
  const field = hostField(indexPlan(plan), host, 'address')
  return {
    check: surveyChecks.reached,
    severity: 'block',
    subject: onHost(host),
    ...(field !== undefined && { field }),
    message: failure.message,
    source: rolloutSource,
    remedy: failure.hint,
  }
}

/** The findings about paths tested before the rollout. No program need listen yet: a refusal shows an open path. */
export function probeFindings(plan: Plan, host: string, probes: readonly Probe[]): Finding[] {
  const judge = probeJudge(plan)
  return probes.map((probe) => judge(host, probe))
}

/** The judge of single paths of a plan. */
export function probeJudge(plan: Plan): (host: string, probe: Probe) => Finding {
  const openedLater = portsOpenedLater(plan)
  return (host, probe) => judgeProbe(host, probe, openedLater)
}

/**
 * Judges a plan with the answers of a survey, the worst first. Facts are compared with the plan of today; findings
 * about the clock stay as they were at the survey. Hosts and paths that the plan no longer has are left out, and so are
 * passes of single paths, which the matrix shows.
 */
export function judgeWithSurvey(input: CheckInput, answers: readonly SurveyAnswer[]): Finding[] {
  const hosts = new Map(input.plan.hosts.filter(isManaged).map((host) => [host.name, host]))
  const ofPlan = answers.filter((answer) => hosts.has(answer.host))
  const facts = new Map(ofPlan.flatMap((answer) => (answer.facts ? [[answer.host, answer.facts] as const] : [])))
  const silent = new Set(ofPlan.flatMap((answer) => (answer.unreached ? [answer.host] : [])))
  // Why a host was not reached says more than that it was not surveyed.
  const judged = runChecks({ ...input, facts }, allChecks).filter(
    (finding) => finding.check !== 'survey' || !silent.has(hostOf(finding.subject) ?? ''),
  )
  const judge = probeJudge(input.plan)
  const flows = new Set(topologyOf(input.plan, input.catalogue).flows.map((flow) => flow.id))
  const seen = ofPlan.flatMap((answer) => [
    ...answer.findings.filter((finding) => finding.check === 'clock'),
    ...(answer.unreached ? [unreachedFinding(input.plan, answer.host, answer.unreached)] : []),
    ...answer.probes.flatMap((probe) => (flows.has(probe.flow.id) ? [judge(answer.host, probe)] : [])),
  ])
  return sortFindings([...judged, ...seen.filter((finding) => finding.severity !== 'pass')])
}

function judgeProbe(host: string, { flow, outcome, detail }: Probe, openedLater: ReadonlySet<string>): Finding {
  const path = { ...flow, from: host }
  const finding = (severity: Finding['severity'], { message, remedy }: Advice): Finding => ({
    check: surveyChecks.flow,
    severity,
    subject: onPath(flow),
    message,
    source: flow.source,
    remedy,
  })
  switch (outcome) {
    case 'open':
      return finding('pass', pathText.open(path))
    case 'refused':
      return finding('pass', pathText.refused(path))
    case 'filtered':
      // The host's own firewall is still closed, as it should be: nothing else can be told apart from it yet.
      return openedLater.has(`${flow.to}:${flow.port}`)
        ? finding('warn', pathText.openedLater(path))
        : finding('block', pathText.blocked(path, flow.why, detail))
    case 'unreachable':
      return finding('block', pathText.blocked(path, flow.why, detail))
    case 'unresolved':
      return finding('block', pathText.unresolved(path))
  }
}

/** host:port of what the rollout installs and then opens in the firewall itself. */
function portsOpenedLater(plan: Plan): ReadonlySet<string> {
  const managed = new Set(plan.hosts.filter(isManaged).map((host) => host.name))
  const ports: Partial<Record<ComponentName, number>> = {
    hub: plan.hub.httpsPort,
    postgresql: plan.database.port,
    ...(plan.redis.kind === 'placed' ? { redis: plan.redis.port } : {}),
  }
  return new Set(
    plan.placements.flatMap((placement) => {
      const port = ports[placement.component]
      return port !== undefined && placement.provision === 'install' && managed.has(placement.host)
        ? [`${placement.host}:${port}`]
        : []
    }),
  )
}
