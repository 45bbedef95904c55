/** Owns making the acceptance summary: from the log and what it was made of, by a pure function. */
import { type Approval, standingApprovals } from '../plan/approval.ts'
import type { Dossier, DossierContent } from './dossier.ts'
import type { Event } from '../run/event.ts'
import type { Graph } from '../graph/graph.ts'
import { exitCodeIn } from '../plan/installer-text.ts'
import { isSkippedByPerson, isSettled, type StepState } from '../run/lane.ts'
import type { Plan, Placement } from '../plan/plan.ts'
import { fold, laneAt, startState, type RunState } from '../run/run.ts'
import type { Step, StepKind } from '../graph/step.ts'
import { waiverText, type Waiver } from '../checks/waiver.ts'

export interface DossierInput {
  readonly plan: Plan
  readonly graph: Graph
  readonly events: readonly Event[]
  readonly waivers: readonly Waiver[]
  /** Every word about the revision, in the order in which they were given. */
  readonly approvals: readonly Approval[]
  readonly of: Omit<Dossier['plan'], 'name' | 'site' | 'practice'>
  readonly run: { readonly id: string; readonly graphHash: string }
  readonly audit: Dossier['audit']
}

/** The summary of a run that is over; null while it is not. */
export function dossierOf(input: DossierInput): DossierContent | null {
  const { plan, graph, events, waivers } = input
  const state = fold(startState(graph), events)
  if (state.outcome === null) return null
  const log = readLog(events)
  // What was said after the run began is about another one, and what was signed must not change by it. Times cannot tell: a practice site may live faster than those who approve.
  const approvals = standingApprovals(input.approvals.slice(0, log.approvals))
  const steps = graph.steps.map((step) => ({ step, at: stepState(state, step) }))
  const gates = graph.stages.flatMap(({ gate }) => {
    const stands = gate ? state.gates[gate.id] : undefined
    return gate && stands?.opened
      ? [
          {
            title: gate.title,
            checklist: [...gate.checklist],
            raisedAt: stands.raisedAt,
            openedAt: stands.opened.at,
            by: stands.opened.by,
            why: stands.opened.why,
            confirmed: [...stands.opened.confirmed],
          },
        ]
      : []
  })
  return {
    format: 'exekra-rollout-dossier',
    version: 1,
    plan: { ...input.of, name: plan.name, site: plan.site.name, practice: plan.practice !== undefined },
    run: {
      ...input.run,
      outcome: state.outcome,
      startedBy: log.startedBy,
      startedAt: state.startedAt ?? events[0]?.at ?? 0,
      endedAt: state.endedAt ?? 0,
      atGatesMs: gates.reduce((sum, gate) => sum + gate.openedAt - gate.raisedAt, 0),
      events: events.length,
    },
    steps: countOutcomes(steps.map(({ at }) => at)),
    placements: plan.placements.map((placement) => builtOf(plan, state, log, placement)),
    hosts: state.index.lanes.map((lane, n) => {
      const { facts, excluded } = laneAt(state, n)
      return {
        host: lane.host,
        address: plan.hosts.find((host) => host.name === lane.host)?.address ?? '',
        system: facts ? `${facts.os.caption}, build ${facts.os.build}` : null,
        excluded,
      }
    }),
    media: mediaOf(steps, log),
    installers: log.installers.flatMap(({ step, ...rest }) => {
      const found = graph.steps.find((one) => one.id === step)
      return found?.work.kind === 'run-installer'
        ? [{ host: found.host, component: found.work.component, ...rest }]
        : []
    }),
    paths: steps.flatMap(({ step, at }) =>
      step.work.kind === 'probe-flow'
        ? [{ host: step.host, title: step.title, evidence: [...(log.evidence.get(step.id) ?? [])], at: at.endedAt }]
        : [],
    ),
    ...(approvals.length > 0 && { approvals }),
    waivers: waivers.map(waiverText),
    findings: state.index.lanes.flatMap(({ host }, n) =>
      laneAt(state, n).findings.flatMap(({ check, severity, message }) =>
        severity === 'pass' ? [] : [{ host, check, severity, message }],
      ),
    ),
    gates,
    decisions: log.decisions.map((decision) => {
      const step = graph.steps.find((one) => one.id === decision.step)
      return { ...decision, host: step?.host ?? '', step: step?.title ?? decision.step }
    }),
    stages: graph.stages.map((stage) => {
      const mine = steps.filter(({ step }) => step.stage === stage.name)
      return {
        stage: stage.name,
        hosts: new Set(mine.map(({ step }) => step.host)).size,
        steps: mine.length,
        startedAt: least(mine.map(({ at }) => at.startedAt)),
        endedAt: most(mine.map(({ at }) => at.endedAt)),
      }
    }),
    everyStep: steps.map(({ step, at }) => ({
      host: step.host,
      stage: step.stage,
      title: step.title,
      outcome: outcomeOf(at),
      attempts: at.attempt,
      startedAt: at.startedAt,
      endedAt: at.endedAt,
    })),
    audit: input.audit,
  }
}

interface ReadLog {
  /** How many words about approval had been written down when the run was made. */
  readonly approvals: number
  readonly startedBy: string
  /** What was seen last of each step. */
  readonly evidence: ReadonlyMap<string, readonly string[]>
  readonly installers: readonly {
    readonly step: string
    readonly attempt: number
    readonly exitCode: number | null
    readonly said: string
    readonly startedAt: number
    readonly endedAt: number
  }[]
  readonly decisions: readonly (Omit<Dossier['decisions'][number], 'host'> & { readonly step: string })[]
}

function readLog(events: readonly Event[]): ReadLog {
  const evidence = new Map<string, readonly string[]>()
  const begun = new Map<string, number>()
  const failures = new Map<string, string>()
  const installers: ReadLog['installers'][number][] = []
  const decisions: ReadLog['decisions'][number][] = []
  let startedBy = ''
  let approvals = 0
  // What an attempt of an installer came to; only those that were started count.
  const ended = (step: string, attempt: number, at: number, said: string) => {
    const startedAt = begun.get(step)
    begun.delete(step)
    if (startedAt !== undefined)
      installers.push({ step, attempt, exitCode: exitCodeIn(said), said, startedAt, endedAt: at })
  }
  for (const event of events) {
    switch (event.type) {
      case 'run.created':
        approvals = event.approvals ?? 0
        break
      case 'run.started':
        startedBy = event.by
        break
      case 'step.applying':
        begun.set(event.step, event.at)
        break
      case 'step.observed':
        evidence.set(event.step, event.evidence)
        break
      case 'step.succeeded':
        ended(event.step, event.attempt, event.at, evidence.get(event.step)?.[0] ?? '')
        break
      case 'step.failed':
        failures.set(event.step, event.failure.message)
        ended(event.step, event.attempt, event.at, event.failure.message)
        break
      case 'decision.made':
        decisions.push({
          at: event.at,
          step: event.step,
          choice: event.choice,
          by: event.by,
          why: event.why,
          after: failures.get(event.step) ?? '',
        })
        break
      default:
    }
  }
  return { approvals, startedBy, evidence, installers, decisions }
}

function builtOf(plan: Plan, state: RunState, log: ReadLog, placement: Placement): Dossier['placements'][number] {
  const lane = state.index.laneOf.get(placement.host)
  const all = lane === undefined ? [] : (state.index.lanes[lane]?.steps ?? [])
  const mine = all.filter((step) => concerns(step, plan, placement))
  const at = mine.map((step) => stepState(state, step))
  const excluded = lane === undefined ? null : laneAt(state, lane).excluded
  const match =
    excluded || at.some(isSkippedByPerson) ? 'exception' : mine.length > 0 && at.every(isSettled) ? 'yes' : 'unproven'
  const shown = mine.flatMap((step) => (proving.has(step.work.kind) ? [...(log.evidence.get(step.id) ?? [])] : []))
  return {
    host: placement.host,
    component: placement.component,
    planned: plannedOf(plan, placement),
    built: excluded ? [`Left out by ${excluded.by}: ${excluded.why}`] : [...new Set(shown)],
    match,
  }
}

// Kinds whose last look shows that a component is there.
const proving: ReadonlySet<StepKind> = new Set<StepKind>([
  'run-installer',
  'by-hand',
  'await-service',
  'await-endpoint',
  'probe-flow',
])

function concerns({ work }: Step, plan: Plan, { component }: Placement): boolean {
  switch (work.kind) {
    case 'run-installer':
    case 'by-hand':
      return work.component === component
    case 'await-service':
    case 'await-endpoint':
      return component === componentOfService(plan, work) || component === 'runner' || component === 'studio'
    case 'check-host':
      return work.purpose === 'as-built'
    default:
      return false
  }
}

// A host may carry Hub and database: what waits for a service that an installer names belongs to that component, the rest to the Hub.
function componentOfService(
  plan: Plan,
  work: Extract<Step['work'], { kind: 'await-service' | 'await-endpoint' }>,
): string {
  if (work.kind === 'await-endpoint') return 'hub'
  return (
    Object.entries(plan.installers).find(([, installer]) => installer.services.includes(work.service))?.[0] ?? 'hub'
  )
}

function plannedOf(plan: Plan, { component, provision }: Placement): string {
  if (provision === 'existing') return 'Is there already, not touched'
  const installer = plan.installers[component]
  const version = installer?.detect.minVersion
  const port =
    component === 'hub'
      ? `, HTTPS ${plan.hub.httpsPort}`
      : component === 'postgresql'
        ? `, port ${plan.database.port}`
        : component === 'redis' && plan.redis.kind === 'placed'
          ? `, port ${plan.redis.port}`
          : ''
  return `${installer?.mode === 'by-hand' ? 'Installed by hand' : 'Installed'}${version === undefined ? '' : `, version ${version} or later`}${port}`
}

function mediaOf(steps: readonly { readonly step: Step }[], log: ReadLog): Dossier['media'] {
  const files = new Map<string, Dossier['media'][number]>()
  for (const { step } of steps) {
    if (step.work.kind !== 'verify-artefact') continue
    const evidence = log.evidence.get(step.id)
    const sha256 = evidence
      ?.map((line) => /^SHA-256 ([0-9a-f]{64})$/.exec(line)?.[1])
      .find((hash) => hash !== undefined)
    if (!evidence || sha256 === undefined) continue
    const key = `${step.work.artefact.file} ${sha256}`
    const known = files.get(key)
    if (known) known.hosts.push(step.host)
    else
      files.set(key, {
        file: step.work.artefact.file,
        sha256,
        evidence: evidence.filter((line) => !line.startsWith('SHA-256')),
        hosts: [step.host],
      })
  }
  return [...files.values()]
}

function countOutcomes(states: readonly StepState[]): Dossier['steps'] {
  const count = (is: (state: StepState) => boolean) => states.filter(is).length
  return {
    total: states.length,
    changed: count((at) => at.status === 'succeeded' && at.changed),
    unchanged: count((at) => at.status === 'succeeded' && !at.changed),
    nothingToDo: count((at) => at.status === 'skipped' && at.skippedBy === null),
    skippedByPerson: count(isSkippedByPerson),
    notDone: count((at) => !isSettled(at)),
  }
}

function outcomeOf(at: StepState): string {
  if (at.status === 'succeeded') return at.changed ? 'Done' : 'Unchanged'
  if (at.status === 'skipped')
    return at.skippedBy === null
      ? `Nothing to do: ${at.reason ?? ''}`
      : `Skipped by ${at.skippedBy}: ${at.reason ?? ''}`
  return at.failure ? `Not done: ${at.failure.message}` : 'Not done'
}

function stepState(state: RunState, step: Step): StepState {
  const at = state.index.stepAt.get(step.id)
  const found = at === undefined ? undefined : laneAt(state, at.lane).steps[at.index]
  if (!found) throw new Error(`no step ${step.id} in its own graph`)
  return found
}

function least(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function most(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.max(...known)
}
