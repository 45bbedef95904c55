/** Titles of steps, for lists and plans. They are stored in graphs. */
import { fileNameOf } from '../base/host-path.ts'
import type { StepWork } from './step.ts'
import { componentTitles } from '../base/titles.ts'

/** A step's title, sentence case, with what it concerns. */
export function titleOf(work: StepWork): string {
  switch (work.kind) {
    case 'reach-host':
      return 'Reach host'
    case 'collect-facts':
      return 'Collect facts'
    case 'check-host':
      return work.purpose === 'before' ? 'Check host' : 'Check host as built'
    case 'probe-flow':
      return `Probe ${work.flow.toAddress}:${work.flow.port}`
    case 'stage-artefact':
      return `Stage ${fileNameOf(work.artefact.file)}`
    case 'verify-artefact':
      return `Verify ${fileNameOf(work.artefact.file)}`
    case 'run-installer':
      return `Install ${componentTitles[work.component]}`
    case 'by-hand':
      return `Install ${componentTitles[work.component]} by hand`
    case 'await-service':
      return `Await service ${work.service}`
    case 'open-port':
      return `Open port ${work.rule.port}`
    case 'trust-certificate':
      return 'Trust the Hub certificate'
    case 'await-endpoint':
      return `Await https://${work.address}:${work.port}`
    case 'reboot-host':
      return 'Restart host if asked for'
    case 'clear-staging':
      return 'Clear staged files'
  }
}
