/** The first screen: plans, runs, and what needs a person. */
import { countSteps, pendingDecisions, pendingGate } from '../../../domain/run/pending.ts'
import type { Api } from '../../../domain/contract/api.ts'
import type { Attention } from '../../../domain/contract/shapes.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import { laneAt, fold, startState, type RunState } from '../../../domain/run/run.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { PlanRevision } from '../../store/plan-store.ts'
import type { RunSummary } from '../../store/run-summary.ts'
import type { App } from '../core/app.ts'
import type { RunExecutor } from './run-executor.ts'
import type { MediaFolders } from './folders.ts'
import { attentionText } from './text/window-text.ts'

type Home = Awaited<ReturnType<Api['home']>>

// Older runs are found through their plan.
const recentRuns = 50
// States of unfinished runs, kept between calls so that only new events are folded.
const keptStates = 8

/** The methods `home` and `runs.list`. */
export function homeMethods(
  { store }: Pick<App, 'store'>,
  executor: RunExecutor,
  folders: MediaFolders,
): Pick<Api, 'home' | 'runs.list'> {
  const words = new Map<string, PlanWords>()
  const states = new Map<string, RunState>()

  function wordsOf({ planId, revision, hash }: Pick<PlanRevision, 'planId' | 'revision' | 'hash'>): PlanWords {
    const known = words.get(hash)
    if (known) return known
    const made = describePlan(store.plans.plan(planId, revision).plan)
    words.set(hash, made)
    return made
  }

  function stateOf(runId: string): RunState {
    const live = executor.stateOf(runId)
    if (live) return live
    const before = states.get(runId) ?? startState(store.runs.graph(runId))
    const now = fold(before, store.runs.stream(runId, before.seq))
    states.delete(runId)
    states.set(runId, now)
    const oldest = states.keys().next().value
    if (states.size > keptStates && oldest !== undefined) states.delete(oldest)
    return now
  }

  function planEntry(planId: string, revisions: PlanRevision[]): Home['plans'][number] {
    const newest = revisions.at(-1)
    const entry = { planId, folder: folders.of(planId), revisions }
    try {
      if (!newest) throw new Error(`plan ${planId} has no revision`)
      return { ...entry, ...wordsOf(newest), unreadable: null }
    } catch (thrown) {
      return {
        ...entry,
        name: planId,
        site: '',
        layout: 'pilot',
        hosts: 0,
        runners: 0,
        practice: false,
        unreadable: toFailure(thrown),
      }
    }
  }

  function runEntry(run: RunSummary): Home['runs'][number] {
    const { name, practice } = valueOr<Pick<PlanWords, 'name' | 'practice'>>(
      () => wordsOf({ planId: run.planId, revision: run.revision, hash: run.planHash }),
      { name: run.planId, practice: false },
    )
    return {
      ...run,
      planName: name,
      practice,
      progress: run.status === 'finished' ? null : valueOr(() => countSteps(stateOf(run.runId)), null),
    }
  }

  return {
    'runs.list': async ({ planId }) => ({
      runs: store.runs
        .list()
        .filter((run) => planId === undefined || run.planId === planId)
        .map(runEntry),
    }),
    home: async () => {
      const plans = [...Map.groupBy(store.plans.revisions(), (revision) => revision.planId)].map(
        ([planId, revisions]) => planEntry(planId, revisions),
      )
      const runs = store.runs.list().slice(0, recentRuns).map(runEntry)
      const engine = executor.engine()
      const attention = runs
        .filter((run) => run.status !== 'finished')
        .flatMap((run) =>
          valueOr(() => waiting(run, stateOf(run.runId), engine.run === run.runId || engine.role === 'reader'), []),
        )
      return {
        plans: plans.sort((a, b) => changedAt(b) - changedAt(a)),
        runs,
        attention: attention.sort((a, b) => a.since - b.since),
        engine,
      }
    },
  }
}

interface PlanWords {
  readonly name: string
  readonly site: string
  readonly layout: Plan['layout']
  readonly hosts: number
  readonly runners: number
  readonly practice: boolean
}

function describePlan(plan: Plan): PlanWords {
  const runners = plan.placements.filter((placement) => placement.component === 'runner').length
  return {
    name: plan.name,
    site: plan.site.name,
    layout: plan.layout,
    hosts: plan.hosts.length,
    runners,
    practice: plan.practice !== undefined,
  }
}

function waiting(
  { runId, planId, planName, status, lastAt }: Home['runs'][number],
  state: RunState,
  executed: boolean,
): Attention[] {
  const of = { runId, planId, planName, causes: [] }
  const gate = pendingGate(state)
  const decisions = pendingDecisions(state)
  const since = (host: string) => {
    const lane = state.index.laneOf.get(host)
    const at = lane === undefined ? undefined : laneAt(state, lane)
    return at?.steps[at.cursor]?.endedAt ?? lastAt
  }
  const waitingFor = (kind: 'decision' | 'by-hand', title: string): Attention[] => {
    const ofKind = decisions.filter(({ failure }) => (failure.kind === 'by-hand') === (kind === 'by-hand'))
    return ofKind.length === 0
      ? []
      : [
          {
            ...of,
            kind,
            title,
            count: ofKind.length,
            since: Math.min(...ofKind.map(({ step }) => since(step.host))),
            causes: [...new Set(ofKind.map(({ failure }) => failure.code))],
          },
        ]
  }
  return [
    ...(gate
      ? [{ ...of, kind: 'gate' as const, title: gate.title, count: 1, since: state.gates[gate.id]?.raisedAt ?? lastAt }]
      : []),
    ...waitingFor('decision', attentionText.decision),
    ...waitingFor('by-hand', attentionText.byHand),
    ...(status === 'paused'
      ? [{ ...of, kind: 'paused' as const, title: attentionText.paused, count: 1, since: lastAt }]
      : []),
    ...(status !== 'paused' && !executed
      ? [{ ...of, kind: 'not-driven' as const, title: attentionText.interrupted, count: 1, since: lastAt }]
      : []),
  ]
}

function changedAt({ revisions }: Home['plans'][number]): number {
  return revisions.at(-1)?.changedAt ?? 0
}

// One unreadable plan or run must not hide the others.
function valueOr<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}
