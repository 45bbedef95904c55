/** The screen and field where a problem or a finding is corrected, or where it is seen. */
import type { Finding } from '../../../domain/base/finding.ts'
import { hostOf, pathId } from '../../../domain/base/subject.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { PlanSection } from '../../shared/route.ts'
import { columnOf } from '../../../domain/checks/survey.ts'

export interface FieldLocation {
  readonly section: PlanSection
  /**
   * The field's path, or one of `seenPaths`: what then takes the focus shows the finding where no field of the plan
   * mends it.
   */
  readonly path: string
  /** The host whose panel holds the field. */
  readonly host: string | null
}

const sectionOf: Readonly<Record<string, PlanSection>> = {
  name: 'layout',
  layout: 'layout',
  site: 'layout',
  hosts: 'hosts',
  placements: 'hosts',
  hub: 'connections',
  database: 'connections',
  redis: 'connections',
  certificate: 'connections',
  defaultCredential: 'connections',
  loadBalancer: 'connections',
  environments: 'environments',
  licence: 'licence',
  installers: 'installers',
  rollout: 'policy',
}

/** The paths of what is no field of the plan document. */
export const seenPaths = {
  folder: 'folder',
  /** What begins a survey. */
  survey: 'survey',
  cell: (column: string) => `survey.${column}`,
  flow: (flowId: string) => `flow.${flowId}`,
} as const

/** Where a path of the document is edited; null for a path that no screen edits. */
export function locationOfField(plan: Plan, path: string): FieldLocation | null {
  const section = sectionOf[/^\w+/.exec(path)?.[0] ?? '']
  if (section === undefined) return null
  const [, list, at] = /^(hosts|placements)\[(\d+)\]/.exec(path) ?? []
  if (list === 'hosts') return { section, host: plan.hosts[Number(at)]?.name ?? null, path }
  if (list === 'placements') return placementsOf(plan, plan.placements[Number(at)]?.host)
  if (path === 'placements') return { section, host: null, path: 'hosts' }
  if (path === 'installers') return { section, host: null, path: seenPaths.folder }
  // The lines of an installer are edited in one field.
  return { section, host: null, path: section === 'installers' ? path.replace(/\[\d+\]$/, '') : path }
}

/**
 * Where a finding is corrected; where no field of the plan does that, where it is seen. Every finding has a location.
 */
export function locationOfFinding(
  plan: Plan,
  { check, subject, field }: Pick<Finding, 'check' | 'subject' | 'field'>,
): FieldLocation {
  if (subject.kind === 'path') return { section: 'firewall', host: null, path: seenPaths.flow(pathId(subject)) }
  const host = hostOf(subject)
  const edited = field === 'placements' ? placementsOf(plan, host) : field && locationOfField(plan, field)
  if (edited) return edited
  const column = columnOf(check)
  if (column && host !== undefined) return { section: 'survey', host, path: seenPaths.cell(column.id) }
  if (column) return { section: 'survey', host: null, path: seenPaths.survey }
  return { section: 'layout', host: null, path: 'layout' }
}

function placementsOf(plan: Plan, host: string | undefined): FieldLocation {
  const at = plan.hosts.findIndex(({ name }) => name === host)
  return at < 0 || host === undefined
    ? { section: 'hosts', host: null, path: 'hosts' }
    : { section: 'hosts', host, path: `hosts[${at}].placements` }
}
