/** Owns which field on which screen mends a problem or a finding, or where it is seen: pure, by the path of the plan document. */
import type { Finding } from '../../../domain/base/finding.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { PlanSection } from '../../shared/route.ts'
import { columns } from '../../survey/matrix.ts'
import { hostOf } from './findings-by-host.ts'

export interface FieldLocation {
  readonly section: PlanSection
  /** The field's path, or one of `seenPaths`: what then takes the focus shows the finding where no field of the plan mends it. */
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

/** Where a path of the document is edited; null for what no screen edits. */
export function locationOfField(plan: Plan, path: string): FieldLocation | null {
  const section = sectionOf[/^\w+/.exec(path)?.[0] ?? '']
  if (section === undefined) return null
  const [, list, at] = /^(hosts|placements)\[(\d+)\]/.exec(path) ?? []
  if (list === 'hosts') return { section, host: plan.hosts[Number(at)]?.name ?? null, path }
  if (list === 'placements') return onHost(plan, plan.placements[Number(at)]?.host ?? '', 'placements')
  return { section, host: null, path }
}

/** The paths of what is no field of the plan document. */
export const seenPaths = {
  folder: 'folder',
  /** What begins a survey. */
  survey: 'survey',
  cell: (column: string) => `survey.${column}`,
  flow: (flowId: string) => `flow.${flowId}`,
} as const

// By check: the field, for findings about the plan as a whole and for those about a host.
const ofPlan: Readonly<Record<string, string>> = {
  'certificate-strategy': 'certificate.strategy',
  'certificate-trust': 'certificate.strategy',
  'client-machines': 'hosts',
  'database-reachable': 'database.kind',
  'hub-address': 'hub.address',
  'hub-placed': 'hosts',
  'licence-network': 'licence.mode',
  'licence-runners': 'licence.runners',
  'load-balancer': 'loadBalancer.address',
  'pilot-size': 'layout',
  'placeholder-address': 'hub.address',
  'postgresql-version': 'database.version',
  'production-redis': 'redis.kind',
  'redis-placement': 'redis.kind',
  waves: 'rollout.waves.runner.canary',
}
const ofHost: Readonly<Record<string, string>> = {
  'duplicate-address': 'address',
  'firewall-rules': 'address',
  'host-credentials': 'credential',
  'host-managed': 'reach',
  'hub-os': 'os',
  'hub-os-seen': 'os',
  'local-host': 'reach',
  'os-matches': 'os',
  'placeholder-address': 'address',
  'free-disk': 'workFolder',
  'unused-host': 'placements',
  'client-machines': 'os',
  'host-reached': 'address',
  administrator: 'credential',
  'host-name': 'name',
}
const ofArtefact: Readonly<Record<string, string>> = {
  'media-hash': 'sha256',
  'media-present': 'file',
  'media-signer': 'signer',
  'unc-paths': 'file',
}

/** Where a finding is mended; where no field of the plan does that, where it is seen. Every finding has such a place. */
export function locationOfFinding(plan: Plan, finding: Pick<Finding, 'check' | 'subject' | 'message'>): FieldLocation {
  const { check, subject, message } = finding
  const path = /^path (.+)$/.exec(subject)?.[1]
  if (path !== undefined) return { section: 'firewall', host: null, path: seenPaths.flow(path) }
  const host = hostOf(subject)
  if (host !== undefined) return ofHostFinding(plan, host, finding)
  const component = /^installer (\w+)$/.exec(subject)?.[1]
  const field =
    component === undefined ? fieldOfPlan(plan, check, message) : fieldOfInstaller(plan, component, check, message)
  return (
    (subject === 'certificate'
      ? locationOfField(
          plan,
          plan.certificate.strategy === 'operator'
            ? `certificate.trust.${ofArtefact[check] === 'sha256' ? 'sha256' : 'file'}`
            : 'certificate.strategy',
        )
      : locationOfField(plan, field)) ?? seenOrLayout(check, field)
  )
}

function ofHostFinding(
  plan: Plan,
  host: string,
  { check, subject }: Pick<Finding, 'check' | 'subject'>,
): FieldLocation {
  const field = ofHost[check]
  const column = columnOf(check) ?? (check === 'survey' ? 'reach' : undefined)
  if (field === undefined && column !== undefined) return { section: 'survey', host, path: seenPaths.cell(column) }
  return (
    onHost(plan, host, field ?? (subject.startsWith('placement') ? 'placements' : 'address')) ?? {
      section: 'hosts',
      host: null,
      path: 'hosts',
    }
  )
}

function fieldOfInstaller(plan: Plan, component: string, check: string, message: string): string {
  const installer = Object.entries(plan.installers).find(([name]) => name === component)?.[1]
  const field = ofArtefact[check]
  if (!installer || check === 'installer-missing') return `installers.${component}.mode`
  if (installer.mode === 'by-hand') return `installers.${component}.instructions`
  const extra = installer.extra.findIndex((one) => message.includes(one.file))
  // A share or a secret may stand in an argument as well as in a file's path.
  if (field === undefined || (check === 'unc-paths' && !message.includes(installer.artefact.file) && extra < 0))
    return `installers.${component}.arguments`
  return `installers.${component}.${message.includes(installer.artefact.file) || extra < 0 ? 'artefact' : `extra[${extra}]`}.${field}`
}

function fieldOfPlan(plan: Plan, check: string, message: string): string {
  switch (check) {
    case 'certificate-pinned':
      return plan.certificate.strategy === 'operator' ? 'certificate.sha256' : 'certificate.strategy'
    case 'environments': {
      const at = plan.environments.findIndex(({ name }) => message.includes(name))
      return at < 0 ? 'environments' : `environments[${at}].separation`
    }
    case 'media-present':
      return seenPaths.folder
    default:
      return ofPlan[check] ?? ''
  }
}

function seenOrLayout(check: string, field: string): FieldLocation {
  if (field === seenPaths.folder) return { section: 'installers', host: null, path: seenPaths.folder }
  return check === 'survey' || columnOf(check) !== undefined
    ? { section: 'survey', host: null, path: seenPaths.survey }
    : { section: 'layout', host: null, path: 'layout' }
}

function columnOf(check: string): string | undefined {
  return columns.find((column) => (column.checks as readonly string[]).includes(check))?.id
}

function onHost(plan: Plan, host: string, field: string): FieldLocation | null {
  const at = plan.hosts.findIndex((one) => one.name === host)
  return at < 0 ? null : { section: 'hosts', host, path: `hosts[${at}].${field}` }
}
