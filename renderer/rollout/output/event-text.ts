/** Lines of the run's log as a person reads them, one text for each kind of event. */
import type { Choice, ObservationState } from '../../../domain/run/event.ts'
import type { StepKind } from '../../../domain/graph/step.ts'
import { formatCount } from '../../../domain/base/plural.ts'
import { choiceTitles } from '../decision/text.ts'

/** One or two words for each kind of step, for narrow columns. */
export const kindTitles: Readonly<Record<StepKind, string>> = {
  'reach-host': 'session',
  'collect-facts': 'facts',
  'check-host': 'check',
  'probe-flow': 'path',
  'stage-artefact': 'copy',
  'verify-artefact': 'verify',
  'run-installer': 'install',
  'by-hand': 'by hand',
  'await-service': 'service',
  'open-port': 'firewall',
  'trust-certificate': 'trust',
  'await-endpoint': 'endpoint',
  'reboot-host': 'restart',
  'clear-staging': 'clean-up',
}

const stateBefore: Readonly<Record<ObservationState, string>> = {
  satisfied: 'already done',
  absent: 'to do',
  partial: 'partly done',
  unknown: 'state unknown',
}

const stateAfter: Readonly<Record<ObservationState, string>> = {
  satisfied: 'verified',
  absent: 'not done',
  partial: 'partly done',
  unknown: 'could not be verified',
}

const because = (why: string): string => (why.trim() === '' ? '' : `: ${why}`)

export const eventText = {
  created: (revision: number, person: string) => `Run of revision ${revision} created by ${person}`,
  started: (person: string) => `Started by ${person}`,
  paused: (person: string, why: string) => `Paused by ${person}${because(why)}`,
  resumed: (person: string, why: string) => `Resumed by ${person}${because(why)}`,
  cancelRequested: (person: string, why: string) => `Cancel requested by ${person}${because(why)}`,
  windowRemoved: (person: string) => `Change window removed by ${person}`,
  windowSet: (closes: string, person: string) => `Change window set by ${person}: closes ${closes}`,
  cancelled: 'Cancelled',
  accepted: 'Accepted',
  acceptedWithExceptions: 'Accepted with exceptions',
  waveOpened: (stage: string, wave: number) => `${stage}: wave ${wave} started`,
  gateReached: (gate: string) => `Gate ${gate} reached`,
  gateOpened: (gate: string, person: string, why: string) => `Gate ${gate} opened by ${person}${because(why)}`,
  attempted: (step: string, attempt: number, checkOnly: boolean) =>
    `${step}: attempt ${attempt}${checkOnly ? ', check only' : ''}`,
  foundBefore: (step: string, state: ObservationState) => `${step}: ${stateBefore[state]}`,
  foundAfter: (step: string, state: ObservationState) => `${step}: ${stateAfter[state]}`,
  applying: (step: string, asJob: boolean) => `${step}: started${asJob ? ' as a job on the host' : ''}`,
  succeeded: (step: string, changed: boolean, restart: boolean) =>
    `${step}: ${changed ? 'done' : 'unchanged'}${restart ? ', restart requested' : ''}`,
  failed: (step: string, message: string) => `${step}: ${message}`,
  interrupted: (step: string, reason: string) => `${step}: interrupted. ${reason}`,
  skipped: (step: string, person: string | null, reason: string) =>
    `${step}: skipped${person === null ? '' : ` by ${person}`}. ${reason}`,
  unreachable: (nextTry: string) => `No answer. Lane paused, next try at ${nextTry}`,
  reached: 'The host answers again',
  reachChosen: (reach: string, why: string) => `Reached by ${reach}. ${why}`,
  facts: (system: string, powershell: string) => `${system}, PowerShell ${powershell}`,
  findings: (notPassed: number, all: number) =>
    notPassed === 0
      ? `All ${formatCount(all)} checks passed`
      : `${formatCount(notPassed)} of ${formatCount(all)} checks did not pass`,
  decided: (step: string, person: string, choice: Choice, why: string) =>
    `${step}: ${person} chose "${choiceTitles[choice]}"${because(why)}`,
} as const
