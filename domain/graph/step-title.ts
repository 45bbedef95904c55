/** Titles of steps, for lists and plans. They are stored in graphs. */
import { fileNameOf } from '../base/host-path.ts'
import type { StepWork } from './step.ts'
import { componentTitles } from '../base/titles.ts'
import { stepTitleText } from './text.ts'

/** A step's title, sentence case, with what it concerns. */
export function titleOf(work: StepWork): string {
  switch (work.kind) {
    case 'reach-host':
      return stepTitleText.reachHost
    case 'collect-facts':
      return stepTitleText.collectFacts
    case 'check-host':
      return work.purpose === 'before' ? stepTitleText.checkHost : stepTitleText.checkHostAsBuilt
    case 'probe-flow':
      return stepTitleText.probe(work.flow.toAddress, work.flow.port)
    case 'stage-artefact':
      return stepTitleText.stage(fileNameOf(work.artefact.file))
    case 'verify-artefact':
      return stepTitleText.verify(fileNameOf(work.artefact.file))
    case 'run-installer':
      return stepTitleText.install(componentTitles[work.component])
    case 'by-hand':
      return stepTitleText.installByHand(componentTitles[work.component])
    case 'await-service':
      return stepTitleText.awaitService(work.service)
    case 'open-port':
      return stepTitleText.openPort(work.rule.port)
    case 'trust-certificate':
      return stepTitleText.trustCertificate
    case 'await-endpoint':
      return stepTitleText.awaitEndpoint(work.address, work.port)
    case 'reboot-host':
      return stepTitleText.restart
    case 'clear-staging':
      return stepTitleText.clearStaging
  }
}
