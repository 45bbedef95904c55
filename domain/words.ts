/** Owns the words that people read for names of the domain. */
import type { ComponentName, StageName } from './ids.ts'
import type { StepKind } from './step.ts'

export const stageTitles: Readonly<Record<StageName, string>> = { prerequisites: 'Prerequisites', hub: 'Hub', studio: 'Studio', runner: 'Runner', acceptance: 'Acceptance' }

export const componentTitles: Readonly<Record<ComponentName, string>> = { hub: 'Hub', postgresql: 'PostgreSQL', redis: 'Redis', studio: 'Studio', runner: 'Runner' }

export const kindTitles: Readonly<Record<StepKind, string>> = {
  'reach-host': 'Reach host', 'collect-facts': 'Collect facts', 'check-host': 'Check host', 'probe-flow': 'Probe flow', 'stage-artefact': 'Stage artefact',
  'verify-artefact': 'Verify artefact', 'run-installer': 'Run installer', 'by-hand': 'By hand', 'await-service': 'Await service', 'open-port': 'Open port',
  'trust-certificate': 'Trust certificate', 'await-endpoint': 'Await endpoint', 'reboot-host': 'Restart host', 'clear-staging': 'Clear staging',
}
