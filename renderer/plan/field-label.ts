/** Label of the field that shows a path of the plan document. Pure. */
import { type ComponentName, componentNames } from '../../domain/base/ids.ts'
import { componentTitles, stageTitles } from '../../domain/base/titles.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import {
  certificateText,
  connectionsText,
  environmentsText,
  layoutText,
  licenceText,
  policyText,
  reachText,
} from './forms/text.ts'
import { hostText } from './hosts/text.ts'
import {
  artefactText,
  byHandText,
  detectText,
  environmentText,
  installersText,
  unattendedText,
} from './installers/text.ts'

const ofPlan: Readonly<Record<string, string>> = {
  name: layoutText.planName,
  layout: layoutText.question,
  'site.name': layoutText.siteName,
  'site.internet': layoutText.internet,
  'hub.address': connectionsText.hubAddress,
  'hub.httpsPort': connectionsText.httpsPort,
  'database.kind': connectionsText.postgresqlPlace,
  'database.address': connectionsText.postgresqlAddress,
  'database.port': connectionsText.postgresqlPort,
  'database.version': connectionsText.postgresqlVersion,
  'redis.kind': connectionsText.redisPlace,
  'redis.address': connectionsText.redisAddress,
  'redis.port': connectionsText.redisPort,
  'certificate.strategy': certificateText.strategy,
  'certificate.sha256': certificateText.sha256,
  'certificate.trust.file': artefactText.file(certificateText.trustFile),
  'certificate.trust.sha256': artefactText.sha256(certificateText.trustFile),
  defaultCredential: connectionsText.defaultCredential,
  'loadBalancer.address': connectionsText.balancerAddress,
  'licence.mode': licenceText.mode,
  'licence.runners': licenceText.runners,
  'rollout.concurrency': policyText.concurrency,
  'rollout.stopAtFailedPercent': policyText.stopAt,
}
const ofHost: Readonly<Record<string, string>> = {
  name: hostText.name,
  address: hostText.address,
  os: hostText.system,
  network: hostText.network,
  credential: hostText.credential,
  workFolder: hostText.workFolder,
  reach: reachText.reach,
  'reach.hostKey': reachText.hostKey,
  'reach.tls': reachText.tls,
  'reach.auth': reachText.auth,
  'reach.certificate': reachText.certificate,
}

/**
 * The label of a path such as `hosts[2].address`, with the host or component it belongs to. Null for an unknown path.
 */
export function fieldLabel(plan: Plan, path: string): string | null {
  const [, hostAt, hostField] = /^hosts\[(\d+)\]\.(.+)$/.exec(path) ?? []
  if (hostField !== undefined) {
    const host = plan.hosts[Number(hostAt)]
    const port = host?.reach.kind === 'ssh' ? reachText.sshPort : reachText.winrmPort
    const label = hostField === 'reach.port' ? port : hostFieldLabel(hostField)
    return host && label !== null ? `${host.name}: ${label}` : null
  }
  const [, environmentAt] = /^environments\[(\d+)\]/.exec(path) ?? []
  if (environmentAt !== undefined) return environmentsText.name(Number(environmentAt) + 1)
  return planFieldLabel(path)
}

/** The label of a field inside a host, such as `reach.hostKey`. Null for an unknown field. */
export function hostFieldLabel(field: string): string | null {
  return ofHost[field] ?? null
}

/** The label of a path outside hosts, placements and environments. Null for an unknown path. */
export function planFieldLabel(path: string): string | null {
  const [, name, installerField] = /^installers\.(\w+)\.(.+)$/.exec(path) ?? []
  const component = componentNames.find((known) => known === name)
  if (component !== undefined && installerField !== undefined) return ofInstaller(component, installerField)
  const [, stage, waveField] = /^rollout\.waves\.(studio|runner)\.(canary|batch)/.exec(path) ?? []
  if (stage === 'studio' || stage === 'runner')
    return waveField === 'canary' ? policyText.canary(stage) : policyText.batch(stage)
  const staged = Object.keys(stageTitles).find((known) => path === `rollout.stageConcurrency.${known}`)
  if (staged !== undefined) return policyText.stageConcurrency(staged as keyof typeof stageTitles)
  return ofPlan[path] ?? null
}

function ofInstaller(component: ComponentName, field: string): string {
  const [, at, extra] = /^extra\[(\d+)\]\.(\w+)/.exec(field) ?? []
  if (at !== undefined) return ofArtefact(unattendedText.extraFile(component, Number(at) + 1), extra)
  const [first, second] = field.split(/[.[]/)
  switch (first) {
    case 'artefact':
      return ofArtefact(unattendedText.installer(component), second)
    case 'arguments':
      return unattendedText.arguments(component)
    case 'instructions':
      return byHandText.instructions(component)
    case 'environment':
      return second === undefined ? environmentText.title(component) : environmentText.kind(second)
    case 'exitCodes':
      return unattendedText.exitCodes(component)
    case 'timeoutMinutes':
      return unattendedText.timeout(component)
    case 'services':
      return detectText.services(component)
    case 'detect':
      return second === 'uninstallName'
        ? detectText.program(component)
        : second === 'minVersion' || second === 'file' || second === 'service'
          ? detectText[second](component)
          : detectText.title(component)
    case 'mode':
      return installersText.mode(component)
    default:
      return componentTitles[component]
  }
}

function ofArtefact(what: string, field: string | undefined): string {
  return field === 'sha256' || field === 'signer' ? artefactText[field](what) : artefactText.file(what)
}
