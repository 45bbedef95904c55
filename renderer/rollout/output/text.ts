/** Texts of the panel below the hosts: output, log and problems. */
import { formatCount, plural } from '../../../domain/base/plural.ts'

export const panelText = {
  region: 'Output',
  open: 'Open output',
  close: 'Close output',
  openKeys: 'Ctrl+J',
  tabs: { output: 'Output', log: 'Log', problems: 'Problems' },
  tabGroup: 'Content of this panel',
  logHosts: 'Hosts in the log',
  outputOf: 'Output of',
  thisStep: 'This step',
  allHosts: 'All hosts',
  selected: (hosts: number) => `${formatCount(hosts)} selected`,
  find: 'Find in output',
  findKeys: 'Ctrl+F',
  follow: 'Follow',
  wrap: 'Wrap lines',
  saveLog: 'Save the log as text',
  log: 'Log of the run',
  problems: 'Problems',
  noProblem: 'No host has a problem.',
} as const

export const outputText = {
  all: 'Output of all hosts',
  inOrder: (hosts: string) => `Output of ${hosts}, in order of arrival`,
  allHosts: 'all hosts',
  selectedHosts: (hosts: number) => plural(hosts, 'selected host'),
  earlier: 'Load earlier output',
  noneFromHosts: 'No host has written output yet.',
  ofStep: (step: string, host: string, attempt: number) =>
    `Output of ${step} on ${host}${attempt > 1 ? `, attempt ${attempt}` : ''}`,
  anyStep: 'the step',
  leftOut: (bytes: number) => `${plural(bytes, 'byte')} left out`,
  none: 'No output yet.',
  notStarted: 'The step has not started.',
  found: (lines: number, searching: boolean) => `${plural(lines, 'line')} found${searching ? ', still searching' : ''}`,
  range: (from: number, to: number, all: number) =>
    `Lines ${formatCount(from)} to ${formatCount(to)} of ${formatCount(all)}`,
  newLines: (lines: number) => plural(lines, 'new line'),
} as const
