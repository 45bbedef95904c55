/**
 * The facts of an acceptance summary: what was planned, built, decided and seen, from the log and what the run was made
 * of.
 */
import { type Approval, standingApprovals } from '../plan/approval.ts'
import type { DossierV2 } from './dossier-version-2.ts'
import { type DossierLog, readDossierLog } from './dossier-log.ts'
import { placementFacts } from './dossier-placements.ts'
import type { Event } from '../run/event.ts'
import type { Graph } from '../graph/graph.ts'
import { isSkippedByPerson, isSettled, type StepState } from '../run/lane.ts'
import type { Plan } from '../plan/plan.ts'
import { fold, laneAt, startState, stepStateOf, type RunState } from '../run/run.ts'
import type { Step } from '../graph/step.ts'
import { waiverText, type Waiver } from '../checks/waiver.ts'

export interface DossierInput {
  readonly plan: Plan
  readonly graph: Graph
  readonly events: readonly Event[]
  readonly waivers: readonly Waiver[]
  /** Every approval and withdrawal of the revision, in the order in which they were recorded. */
  readonly approvals: readonly Approval[]
  readonly of: Omit<DossierV2['plan'], 'name' | 'site' | 'practice'>
  readonly run: { readonly id: string; readonly graphHash: string }
  readonly audit: DossierV2['audit']
}

/** Version 2 without what names it, and with the first line that each attempt of an installer left in the log. */
export type DossierFacts = Omit<DossierV2, 'format' | 'version' | 'sealed' | 'installers'> & {
  installers: (DossierV2['installers'][number] & { said: string })[]
}

/** The facts of a run that is over, with the version of its log; null while it is not over. */
export function dossierFacts(
  input: DossierInput,
): { readonly facts: DossierFacts; readonly logVersion: number } | null {
  const { plan, graph, events, waivers } = input
  const state = fold(startState(graph), events)
  if (state.outcome === null) return null
  const log = readDossierLog(events)
  // Approvals after the start are about another run, and what was signed must not change by them.
  // Times cannot tell: a practice site may live faster than those who approve.
  const approvals = standingApprovals(input.approvals.slice(0, log.approvals))
  const steps = graph.steps.map((step) => ({ step, at: stepStateOf(state, step.id) }))
  const gates = openedGates(graph, state)
  const stepOf = new Map(graph.steps.map((step) => [step.id, step]))
  const facts: DossierFacts = {
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
    placements: plan.placements.map((placement) => placementFacts(plan, state, log, placement)),
    hosts: state.index.lanes.map(({ host }, n) => {
      const { facts: reported, excluded } = laneAt(state, n)
      return {
        host,
        address: plan.hosts.find(({ name }) => name === host)?.address ?? '',
        system: reported && { caption: reported.os.caption, build: reported.os.build },
        excluded,
      }
    }),
    media: mediaOf(steps, log),
    installers: log.attempts.flatMap(({ step: id, ...attempt }) => {
      const step = stepOf.get(id)
      return step?.work.kind === 'run-installer'
        ? [{ host: step.host, component: step.work.component, ...attempt }]
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
      const step = stepOf.get(decision.step)
      return { ...decision, host: step?.host ?? '', step: step?.title ?? decision.step }
    }),
    stages: graph.stages.map((stage) => {
      const ofStage = steps.filter(({ step }) => step.stage === stage.name)
      return {
        stage: stage.name,
        hosts: new Set(ofStage.map(({ step }) => step.host)).size,
        steps: ofStage.length,
        startedAt: extreme(
          Math.min,
          ofStage.map(({ at }) => at.startedAt),
        ),
        endedAt: extreme(
          Math.max,
          ofStage.map(({ at }) => at.endedAt),
        ),
      }
    }),
    everyStep: steps.map(({ step, at }) => ({
      host: step.host,
      stage: step.stage,
      title: step.title,
      ...outcomeOf(at),
      attempts: at.attempt,
      startedAt: at.startedAt,
      endedAt: at.endedAt,
    })),
    audit: input.audit,
  }
  return { facts, logVersion: log.version }
}

function openedGates(graph: Graph, state: RunState): DossierFacts['gates'] {
  return graph.stages.flatMap(({ gate }) => {
    const current = gate ? state.gates[gate.id] : undefined
    if (!gate || !current?.opened) return []
    const { at, by, why, confirmed } = current.opened
    const { title, checklist } = gate
    return [
      {
        title,
        checklist: [...checklist],
        raisedAt: current.raisedAt,
        openedAt: at,
        by,
        why,
        confirmed: [...confirmed],
      },
    ]
  })
}

function mediaOf(steps: readonly { readonly step: Step }[], log: DossierLog): DossierFacts['media'] {
  const files = new Map<string, DossierFacts['media'][number]>()
  for (const { step } of steps) {
    if (step.work.kind !== 'verify-artefact') continue
    const { file } = step.work.artefact
    const sha256 = log.hashes.get(step.id)
    if (sha256 === undefined) continue
    const known = files.get(`${file} ${sha256}`)
    if (known) {
      known.hosts.push(step.host)
      continue
    }
    const evidence = (log.evidence.get(step.id) ?? []).filter((line) => !line.includes(sha256))
    files.set(`${file} ${sha256}`, { file, sha256, evidence, hosts: [step.host] })
  }
  return [...files.values()]
}

function countOutcomes(states: readonly StepState[]): DossierFacts['steps'] {
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

function outcomeOf(at: StepState): Pick<DossierFacts['everyStep'][number], 'outcome' | 'by' | 'reason'> {
  if (at.status === 'succeeded') return { outcome: at.changed ? 'changed' : 'unchanged', by: null, reason: null }
  if (at.status === 'skipped')
    return { outcome: at.skippedBy === null ? 'nothing-to-do' : 'skipped', by: at.skippedBy, reason: at.reason }
  return { outcome: 'not-done', by: null, reason: at.failure?.message ?? null }
}

function extreme(choose: (...times: number[]) => number, times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null)
  // Not spread: a stage may have more steps than a call may have arguments.
  return known.length === 0 ? null : known.reduce((a, b) => choose(a, b))
}
