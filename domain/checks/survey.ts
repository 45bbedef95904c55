/** Owns what the answers of a survey mean for a plan: paths judged from their source, and stored answers judged again when the plan has changed since. */
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

/** The checks that only a survey makes. Both may be waived: the rollout checks again before it needs the host or path. */
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

/** The findings about paths tried before the rollout. Nothing need listen yet: a refusal proves that no firewall stands between. */
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
 * Judges a plan with what a survey has seen, the worst first. Facts are held against the plan as it stands now; what was judged by the clock of that
 * moment stays as it was. Hosts and paths that the plan no longer has are left out; passes of single paths are left to the matrix.
 */
export function judgeWithSurvey(input: CheckInput, answers: readonly SurveyAnswer[]): Finding[] {
  const hosts = new Map(input.plan.hosts.filter(isManaged).map((host) => [host.name, host]))
  const mine = answers.filter((answer) => hosts.has(answer.host))
  const facts = new Map(mine.flatMap((answer) => (answer.facts ? [[answer.host, answer.facts] as const] : [])))
  const silent = new Set(mine.flatMap((answer) => (answer.unreached ? [answer.host] : [])))
  // That it was not surveyed is said better by why it was not reached.
  const judged = runChecks({ ...input, facts }, allChecks).filter(
    (finding) => finding.check !== 'survey' || !silent.has(hostOf(finding.subject) ?? ''),
  )
  const judge = probeJudge(input.plan)
  const flows = new Set(topologyOf(input.plan, input.catalogue).flows.map((flow) => flow.id))
  const seen = mine.flatMap((answer) => [
    ...answer.findings.filter((finding) => finding.check === 'clock'),
    ...(answer.unreached ? [unreachedFinding(input.plan, answer.host, answer.unreached)] : []),
    ...answer.probes.flatMap((probe) => (flows.has(probe.flow.id) ? [judge(answer.host, probe)] : [])),
  ])
  return sortFindings([...judged, ...seen.filter((finding) => finding.severity !== 'pass')])
}

function judgeProbe(host: string, { flow, outcome, detail }: Probe, openedLater: ReadonlySet<string>): Finding {
  const path = `${host} to ${flow.toAddress}:${flow.port}`
  const finding = (severity: Finding['severity'], message: string, remedy: string): Finding => ({
    check: surveyChecks.flow,
    severity,
    subject: onPath(flow),
    message,
    source: flow.source,
    remedy,
  })
  switch (outcome) {
    case 'open':
      return finding('pass', `${path} is open.`, '')
    case 'refused':
      return finding('pass', `${path} gets through; nothing listens there yet.`, '')
    case 'filtered':
      // The host's own firewall is still closed, as it should be: what stands between the two cannot be told apart from it yet.
      if (openedLater.has(`${flow.to}:${flow.port}`))
        return finding(
          'warn',
          `${path} does not answer yet. Rollout opens the port on ${flow.to} itself; whether another firewall stands between is seen when it has.`,
          `See that no network firewall stops TCP ${flow.port} from ${host} to ${flow.toAddress}.`,
        )
      return finding(
        'block',
        `${path} does not get through${detail === '' ? '' : ` (${detail})`}.`,
        `Let TCP ${flow.port} pass from ${host} to ${flow.toAddress}. ${flow.why}.`,
      )
    case 'unreachable':
      return finding(
        'block',
        `${path} does not get through${detail === '' ? '' : ` (${detail})`}.`,
        `Let TCP ${flow.port} pass from ${host} to ${flow.toAddress}. ${flow.why}.`,
      )
    case 'unresolved':
      return finding(
        'block',
        `${host} cannot resolve ${flow.toAddress}.`,
        'Add the name to DNS, or plan with an address that the host can resolve.',
      )
  }
}

/** host:port of what the rollout installs and then lets in by a rule of its own. */
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
