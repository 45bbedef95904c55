/** How a placement was planned, and what the log proves of it. */
import type { DossierV2 } from './dossier-version-2.ts'
import type { DossierLog } from './dossier-log.ts'
import type { Plan, Placement } from '../plan/plan.ts'
import { isSkippedByPerson, isSettled } from '../run/lane.ts'
import { laneAt, stepStateOf, type RunState } from '../run/run.ts'
import type { Step, StepKind } from '../graph/step.ts'

type PlacementFacts = DossierV2['placements'][number]

/** The facts of one component on one host of a run. */
export function placementFacts(plan: Plan, state: RunState, log: DossierLog, placement: Placement): PlacementFacts {
  const lane = state.index.laneOf.get(placement.host)
  const ofLane = lane === undefined ? [] : (state.index.lanes[lane]?.steps ?? [])
  const steps = ofLane.filter((step) => concerns(step, plan, placement))
  const at = steps.map((step) => stepStateOf(state, step.id))
  const excluded = lane === undefined ? null : laneAt(state, lane).excluded
  const match =
    excluded || at.some(isSkippedByPerson) ? 'exception' : steps.length > 0 && at.every(isSettled) ? 'yes' : 'unproven'
  const seen = steps.flatMap((step) => (proving.has(step.work.kind) ? [...(log.evidence.get(step.id) ?? [])] : []))
  return {
    host: placement.host,
    component: placement.component,
    planned: plannedOf(plan, placement),
    evidence: [...new Set(seen)],
    excluded,
    match,
  }
}

/** Kinds whose last observation proves a component. */
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

// A host may carry Hub and database: a service that an installer names belongs to that component, any other to the Hub.
function componentOfService(
  plan: Plan,
  work: Extract<Step['work'], { kind: 'await-service' | 'await-endpoint' }>,
): string {
  if (work.kind === 'await-endpoint') return 'hub'
  return Object.entries(plan.installers).find(([, { services }]) => services.includes(work.service))?.[0] ?? 'hub'
}

function plannedOf(plan: Plan, { component, provision }: Placement): PlacementFacts['planned'] {
  const installer = plan.installers[component]
  return {
    provision,
    byHand: installer?.mode === 'by-hand',
    minVersion: installer?.detect.minVersion ?? null,
    port: portOf(plan, component),
  }
}

function portOf({ hub, database, redis }: Plan, component: Placement['component']): number | null {
  switch (component) {
    case 'hub':
      return hub.httpsPort
    case 'postgresql':
      return database.port
    case 'redis':
      return redis.kind === 'placed' ? redis.port : null
    default:
      return null
  }
}
