/** Texts of the survey: its state, its matrix, and the evidence of one cell. */
import { formatCount, plural } from '../../domain/base/plural.ts'

export const surveyText = {
  waiting: 'Reading the survey',
  unread: 'Rollout cannot read the survey',
  start: 'Start survey',
  again: 'Survey again',
  hostsAgain: (hosts: number) => `Survey ${plural(hosts, 'host')} again`,
  stop: 'Stop survey',
  state: 'State of the survey',
  states: { running: 'Running', done: 'Done', stopped: 'Stopped', failed: 'Failed', unended: 'Not finished' },
  answered: (answered: number, hosts: number) => `${formatCount(answered)} of ${plural(hosts, 'host')} answered`,
  /** For a screen reader: the state, then how many hosts answered. */
  announced: (state: string, sentence: string) => `Survey ${state.toLowerCase()}: ${sentence}`,
  startedBy: (by: string, when: string) => `, started by ${by}, ${when}`,
  oldest: (age: string) => `The oldest answer is ${age} old.`,
  unended:
    'It may be running in another window or on the command line. Answers show here as they arrive. ' +
    'If none arrive, survey again.',
  planChanged:
    'The plan was edited after this survey. Rollout checks the answers against the current plan. ' +
    'Paths and clocks are those of the survey.',
  noHostTitle: 'There is no host to survey yet',
  noHost: 'Add hosts to the plan. The survey then visits each of them.',
  emptyTitle: 'Do the machines fit the plan?',
  whatItDoes: (hosts: number) =>
    `A survey signs in to ${hosts === 1 ? 'the host' : `the ${formatCount(hosts)} hosts`}, reads what the plan needs ` +
    'to know, and tests each network path from its source. It changes nothing on a host.',
} as const

export const matrixText = {
  name: 'Hosts and checks',
  host: 'Host',
  system: 'System',
  unstated: 'Not set',
  chooseAll: 'Select all hosts shown',
  choose: (host: string) => `Select ${host}`,
  filterByStatus: 'Filter by status',
  all: 'All',
  onlyFindings: 'Only with findings',
  filterHosts: 'Filter hosts',
  noManaged: 'The plan has no host that Rollout manages.',
  noFinding: 'No host has a finding.',
  noMatch: 'No host matches the filter.',
  legend: 'What the marks mean',
  skipped: 'Does not apply',
  accepted: 'Accepted',
} as const

export const evidenceText = {
  title: 'Evidence',
  close: 'Close panel',
  collected: (host: string, time: string, age: string) => `${host} · collected at ${time}, ${age} ago`,
  notVisited: (host: string) => `${host} · not visited yet`,
  asking: 'The survey is visiting this host.',
  waiting: 'The survey has not reached this host yet.',
  skipped: 'This check does not apply to the host.',
  notAnswered: 'Unknown: the host did not answer this.',
  unknown: 'Unknown: the survey has not visited the host.',
  passed: 'No problem was found.',
  noAnswer: 'No answer',
  answered: 'Answered',
  outcomes: {
    open: 'Open',
    refused: 'Gets through, but no program listens there yet',
    filtered: 'No answer',
    unreachable: 'No route',
    unresolved: 'The host cannot resolve the name',
  },
  openedLater: 'No answer yet: the rollout opens this port itself',
  signedIn: 'Signed in',
  rights: (administrator: boolean) => (administrator ? 'with administrator rights' : 'without administrator rights'),
  edition: (version: string, edition: string | null, product: string) =>
    `${version}, ${edition ?? 'edition not reported'}, ${product}`,
  architecture: 'Architecture',
  noSign: 'No sign',
  signs: (signs: number) => plural(signs, 'sign'),
  lastStart: 'Last start',
  free: (free: string, total: string) => `${free} of ${total} free`,
  clock: 'Clock of the host at the survey',
  reportedName: 'Reported name',
  name: (name: string, domain: string | null) => (domain === null ? `${name}, no domain` : `${name} in ${domain}`),
  portsInUse: 'TCP ports in use',
  services: 'Services reported',
} as const

export const causeText = {
  title: 'Cause',
  toDo: 'To do',
  check: (where: string) => `Check the present state, ${where}. This changes nothing`,
  copyCheck: 'Copy check',
  change: (where: string) => `The smallest change, ${where}`,
  copyChange: 'Copy script',
  policy: (path: string, setting: string, value: string) => `By Group Policy: ${path} > ${setting}: ${value}`,
  noPolicy: 'No Group Policy sets this.',
  noUndo: 'There is nothing to undo.',
  undo: 'Undo the change',
  copyUndo: 'Copy undo script',
} as const
