/** Texts of the decision page: causes, choices, evidence and comparison. */
import type { Choice, ObservationState } from '../../../domain/run/event.ts'
import { formatCount, plural } from '../../../domain/base/plural.ts'
import { formatDuration } from '../../shared/format.ts'

/** The name of each choice, the same in option, button and log. */
export const choiceTitles: Readonly<Record<Choice, string>> = {
  retry: 'Retry',
  fixed: 'Done by hand',
  skip: 'Skip',
  exclude: 'Exclude',
  abort: 'Abort rollout',
}

export const choiceText = {
  group: 'Decision',
  aside: (hosts: number) => `Decide for ${plural(hosts, 'host')}`,
  /** What each choice does on so many hosts. */
  effects: {
    retry: (hosts) => `Rollout checks ${hosts === 1 ? 'the' : 'each'} host, then runs the step again if still needed.`,
    fixed: (hosts) =>
      `You did the work yourself. Rollout checks ${hosts === 1 ? 'the' : 'each'} host before it accepts this.`,
    skip: () => 'The rollout continues without this step.',
    exclude: (hosts) => `The rollout continues without ${hosts === 1 ? 'this host' : 'these hosts'}.`,
    abort: () => 'The rollout stops. Nothing is undone on any host.',
  } satisfies Record<Choice, (hosts: number) => string>,
  usually: (ms: number) => `It usually takes ${formatDuration(ms)} per host.`,
  runnersLeft: (left: number, all: number) =>
    `${formatCount(left)} of ${plural(all, 'Runner')} ${left === 1 ? 'remains' : 'remain'}.`,
  notOffered: (reason: string) => `Not available: ${reason}`,
  readOnly: 'Another process is running this rollout. Decide there.',
  oneFirst: (others: number) =>
    others === 1
      ? 'One host first. The other host waits for its result.'
      : `One host first. The other ${formatCount(others)} hosts wait for its result.`,
  reason: 'Reason (recorded in the log)',
  optionalReason: 'Reason (optional, recorded in the log)',
  noHost: 'Select at least one host.',
  notOfferedForHosts: (hosts: number) =>
    `This choice is not available for the selected ${hosts === 1 ? 'host' : 'hosts'}.`,
  reasonMissing: 'Enter a reason. This choice cannot be undone.',
  scope: (failures: number) =>
    `This applies to ${failures === 1 ? 'this failure' : `these ${formatCount(failures)} failures`} only. You decide each new failure separately.`,
  back: 'Back to hosts',
} as const

/** The button that makes a choice for so many hosts. */
export function choiceButton(choice: Choice, hosts: number): string {
  switch (choice) {
    case 'retry':
      return `Retry on ${plural(hosts, 'host')}`
    case 'fixed':
      return `Done by hand on ${plural(hosts, 'host')}`
    case 'skip':
      return `Skip on ${plural(hosts, 'host')}`
    case 'exclude':
      return `Exclude ${plural(hosts, 'host')}`
    case 'abort':
      return choiceTitles.abort
  }
}

export const hostPicksText = {
  title: (picked: number, all: number) =>
    `Decide for ${picked === all ? '' : `${formatCount(picked)} of `}${plural(all, 'host')}`,
  titleReadOnly: (hosts: number) => plural(hosts, 'host'),
  hosts: 'Hosts to decide for',
  selectAll: 'Select all hosts',
  selectNone: 'Select none',
  hint: 'Click a host to select or deselect it.',
  failedSince: (hosts: number) =>
    hosts === 1
      ? '1 host has failed since you opened this page. Click it to include it.'
      : `${plural(hosts, 'host')} have failed since you opened this page. Click a host to include it.`,
} as const

export const causeText = {
  causes: 'Causes',
  inList: (title: string, code: string) => `${title}, ${code}`,
  byHand: (title: string, hosts: number) => `${title} on ${plural(hosts, 'host')}`,
  failed: (title: string, failed: number, tried: number) =>
    `${title} failed on ${tried > failed ? `${formatCount(failed)} of ` : ''}${plural(Math.max(tried, failed), 'host')}`,
  sameCause: (hosts: number, code: string) => `Same cause on all ${plural(hosts, 'host')}: ${code}`,
  span: (from: string, to: string) => `${from} to ${to}`,
  happened: 'What happened',
  found: 'What Rollout found',
  whatToDo: 'What to do',
  alsoOnRealSite: 'This can happen on a real site too.',
  instructions: 'Steps to do by hand',
  statesDiffer: 'The state differs from host to host. Open a lane to see the state of its host.',
} as const

/** What a check after the failure found; `hosts` is how many hosts it speaks for. */
export function stateText(observation: ObservationState | null, hosts: number): string {
  const where = hosts === 1 ? '' : ` on all ${plural(hosts, 'host')}`
  switch (observation) {
    case 'absent':
      return `Rollout checked again: the step is not done${where}.`
    case 'satisfied':
      return `Rollout checked again: the step is done${where}.`
    case 'partial':
      return `Rollout checked again: the step is partly done${where}. Rollout never starts an installer over a partial installation.`
    case 'unknown':
      return `Rollout checked again and could not determine whether the step is done${where}.`
    case null:
      return 'Rollout did not check the host before the step ended.'
  }
}

export const differencesText = {
  title: 'What differs',
  compared: (differences: number, facts: number, succeeded: number) =>
    `${formatCount(differences)} of ${plural(facts, 'fact')}, compared with the ${plural(succeeded, 'host')} that succeeded`,
  nothingToCompare: 'No host has completed this step yet, so there is nothing to compare with.',
  noDifference:
    'The failed and the successful hosts agree in every fact that Rollout knows. Search for the cause elsewhere.',
  fact: 'Fact',
  failed: (hosts: number) => `${formatCount(hosts)} failed`,
  succeeded: (hosts: number) => `${formatCount(hosts)} succeeded`,
} as const

/** Facts of a host by which failed and successful hosts are compared, and their values. */
export const factText = {
  environment: 'Environment',
  network: 'Network',
  credential: 'Credential',
  reachedBy: 'Reached by',
  domain: 'Domain',
  system: 'System',
  build: 'Build',
  edition: 'Edition',
  architecture: 'Architecture',
  powershell: 'PowerShell',
  administrator: 'Signed in as administrator',
  restartPending: 'Restart pending',
  processors: 'Processors',
  memory: 'Memory',
  freeOn: (drive: string) => `Free on ${drive}`,
  drive: (drive: string) => `Drive ${drive}`,
  service: (name: string) => `Service ${name}`,
  port: (port: string) => `Port ${port}`,
  none: 'None',
  yesNo: ['Yes', 'No'],
  presentOrNone: ['Present', 'None'],
  usedOrFree: ['In use', 'Free'],
  gigabytes: (gigabytes: string) => `${gigabytes} GB`,
  range: (low: string, high: string) => `${low} to ${high}`,
  more: (values: string, others: number) => `${values} and ${formatCount(others)} more`,
} as const

export const evidenceText = {
  title: 'Evidence',
  kinds: 'Kind of evidence',
  tabs: { evidence: 'Evidence', output: 'Output of the attempt', command: 'Command' },
  host: 'Host of the evidence',
  showLane: 'Show lane',
  none: 'This step recorded no evidence. See "Output of the attempt" for what the host wrote.',
  ofHost: (host: string) => `Evidence of ${host}`,
  shared: (shared: number, lines: number, hosts: number) =>
    `${formatCount(shared)} of ${plural(lines, 'line')} ${shared === 1 ? 'is' : 'are'} the same on all ${plural(hosts, 'host')}.`,
  important: 'Important line',
  noOutput: 'The attempt wrote no output.',
  outputOf: (step: string, host: string) => `Output of ${step} on ${host}`,
  runsAs: 'Runs as',
  success: 'Success',
  ifLost: 'If the connection is lost',
  suppliedByYou: "You supplied the file and its arguments. Exekra does not document its installers' exit codes.",
} as const
