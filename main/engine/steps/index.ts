/** The table of step kinds: one handler each. */
import type { StepKind } from '../../../domain/graph/step.ts'
import { clearStaging, stageArtefact, verifyArtefact } from './artefact.ts'
import { awaitEndpoint, awaitService, rebootHost } from './await.ts'
import type { StepHandler } from './handler.ts'
import { byHand, runInstaller } from './install.ts'
import { checkHost, collectFacts, probeFlow, reachHost } from './look.ts'
import { openPort, trustCertificate } from './security.ts'

export const stepHandlers: { readonly [K in StepKind]: StepHandler<K> } = {
  'reach-host': reachHost,
  'collect-facts': collectFacts,
  'check-host': checkHost,
  'probe-flow': probeFlow,
  'stage-artefact': stageArtefact,
  'verify-artefact': verifyArtefact,
  'run-installer': runInstaller,
  'by-hand': byHand,
  'await-service': awaitService,
  'open-port': openPort,
  'trust-certificate': trustCertificate,
  'await-endpoint': awaitEndpoint,
  'reboot-host': rebootHost,
  'clear-staging': clearStaging,
}
