/** Owns which field on which screen mends a problem or a finding: pure, by the path of the plan document. */
import type { Finding } from '../../../domain/finding.ts'
import type { Plan } from '../../../domain/plan.ts'
import type { PlanSection } from '../../stores/route.ts'
import { hostOf } from './findings-by-host.ts'

export interface Place {
  readonly section: PlanSection
  /** The field's path; a screen that has no such field is shown from its top. */
  readonly path: string
  /** The host whose panel holds the field. */
  readonly host: string | null
}

const sectionOf: Readonly<Record<string, PlanSection>> = {
  name: 'layout', layout: 'layout', site: 'layout', hosts: 'hosts', placements: 'hosts', hub: 'connections', database: 'connections', redis: 'connections', certificate: 'connections',
  defaultCredential: 'connections', loadBalancer: 'connections', environments: 'environments', licence: 'licence', installers: 'installers', rollout: 'policy',
}

/** Where a path of the document is edited; null for what no screen edits. */
export function placeOf(plan: Plan, path: string): Place | null {
  const section = sectionOf[/^\w+/.exec(path)?.[0] ?? '']
  if (section === undefined) return null
  const [, list, at] = /^(hosts|placements)\[(\d+)\]/.exec(path) ?? []
  if (list === 'hosts') return { section, host: plan.hosts[Number(at)]?.name ?? null, path }
  if (list === 'placements') return onHost(plan, plan.placements[Number(at)]?.host ?? '', 'placements')
  return { section, host: null, path }
}

// By check: the field, for findings about the plan as a whole and for those about a host.
const ofPlan: Readonly<Record<string, string>> = {
  'certificate-pinned': 'certificate.sha256', 'certificate-strategy': 'certificate.strategy', 'certificate-trust': 'certificate.strategy', 'client-machines': 'hosts', 'database-reachable': 'database.kind',
  'environments': 'environments', 'hub-address': 'hub.address', 'hub-placed': 'hosts', 'licence-network': 'licence.mode', 'licence-runners': 'licence.runners', 'load-balancer': 'loadBalancer.address',
  'media-present': 'installers', 'pilot-size': 'layout', 'placeholder-address': 'hub.address', 'postgresql-version': 'database.version', 'production-redis': 'redis.kind', 'redis-placement': 'redis.kind',
  'secrets-spelled-out': 'installers', 'unc-paths': 'installers', 'waves': 'rollout.waves.runner.canary',
}
const ofHost: Readonly<Record<string, string>> = {
  'duplicate-address': 'address', 'firewall-rules': 'address', 'host-credentials': 'credential', 'host-managed': 'reach', 'hub-os': 'os', 'hub-os-seen': 'os', 'local-host': 'reach', 'os-matches': 'os',
  'placeholder-address': 'address', 'free-disk': 'workFolder', 'unused-host': 'placements', 'client-machines': 'os', 'host-reached': 'address', 'administrator': 'credential', 'host-name': 'name',
}
const ofArtefact: Readonly<Record<string, string>> = { 'media-hash': 'sha256', 'media-present': 'file', 'media-signer': 'signer', 'unc-paths': 'file' }

/** Where a finding is mended; null where no field mends it (a check of the hosts themselves). */
export function placeOfFinding(plan: Plan, { check, subject, message }: Pick<Finding, 'check' | 'subject' | 'message'>): Place | null {
  const host = hostOf(subject)
  if (host !== undefined) return onHost(plan, host, ofHost[check] ?? (subject.startsWith('placement') ? 'placements' : 'address'))
  const component = /^installer (\w+)$/.exec(subject)?.[1]
  if (component !== undefined) {
    const field = ofArtefact[check]
    const installer = Object.entries(plan.installers).find(([name]) => name === component)?.[1]
    if (installer?.mode !== 'unattended' || field === undefined) return placeOf(plan, `installers.${component}.mode`)
    const extra = installer.extra.findIndex((one) => message.includes(one.file))
    return placeOf(plan, `installers.${component}.${message.includes(installer.artefact.file) || extra < 0 ? 'artefact' : `extra[${extra}]`}.${field}`)
  }
  if (subject === 'certificate') return placeOf(plan, `certificate.trust.${ofArtefact[check] ?? 'file'}`)
  return placeOf(plan, ofPlan[check] ?? '')
}

function onHost(plan: Plan, host: string, field: string): Place | null {
  const at = plan.hosts.findIndex((one) => one.name === host)
  return at < 0 ? null : { section: 'hosts', host, path: `hosts[${at}].${field}` }
}
