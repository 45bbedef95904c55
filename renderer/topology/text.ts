/** Texts of the topology map, the list beside it and the firewall matrix. */
import { formatCount, plural } from '../../domain/base/plural.ts'

export const mapSectionText = {
  view: 'Show site as',
  map: 'Map',
  list: 'List',
  layers: 'Show on the map',
  flows: 'Flows',
  findings: 'Findings',
  addresses: 'Addresses',
  management: 'Management',
  arrange: 'Arrange',
  arrangeFailed: 'Rollout could not arrange the map. Its layout is unchanged.',
  openZone: (hosts: number) => `Show ${plural(hosts, 'host')}`,
  palette: 'Place a component',
  paletteHint: 'Drag a component onto a host, or choose a component and then a host.',
  placing: (component: string) => `Placing ${component}. Choose a host, or press Escape to cancel.`,
  placingByKey: (component: string) => `Placing ${component}. Go to a host and press Enter, or press Escape to cancel.`,
  placed: (component: string, host: string) => `${component} placed on ${host}`,
  empty: 'Add your machines',
  emptyAbout: 'Paste names or addresses, one per line. Rollout draws the map from them.',
  addHosts: 'Add hosts',
} as const

export const mapListText = {
  region: 'Hosts and flows',
  filter: 'Filter hosts',
  chosen: (hosts: number) => `${plural(hosts, 'host')} selected`,
  hosts: (hosts: number) => plural(hosts, 'host'),
  edit: (hosts: number) => `Edit ${plural(hosts, 'host')}`,
  noMatch: (filter: string) => `No host matches “${filter}”.`,
  chooseAll: 'Select all hosts',
  choose: (host: string) => `Select ${host}`,
  columns: { name: 'Host', zone: 'Zone', components: 'Components', flows: 'Flows', findings: 'Findings' },
} as const

export const matrixViewText = {
  loading: 'Loading the firewall matrix',
  paths: (shown: number, all: number) =>
    shown === all ? plural(all, 'path') : `${formatCount(shown)} of ${plural(all, 'path')}`,
  noneTested: 'none tested yet',
  tested: (paths: number, last: string) => `${formatCount(paths)} tested, last ${last}`,
  summary: (paths: string, tested: string) => `${paths}, ${tested}`,
  view: 'Show matrix as',
  list: 'List',
  grid: 'Grid',
  survey: 'Go to survey',
  copyCsv: 'Copy CSV',
  saveText: 'Save as text',
  empty: 'No path crosses the network yet. Place Hub, Studio and Runner on hosts. Rollout then draws the matrix.',
  noMatch: 'No path matches these filters.',
  showAll: 'Show all paths',
  filterResult: { title: 'Result', label: 'Filter by result' },
  filterRole: { title: 'Role', label: 'Filter by role' },
  filterPort: { title: 'Port', label: 'Filter by port' },
  port: (port: number) => `TCP ${port}`,
  openQuestions: 'Open questions',
  betweenEnds: (from: string, to: string) => `${from} to ${to}: `,
} as const

export const matrixListText = {
  from: 'From',
  to: 'To',
  port: 'Port',
  why: 'Why',
  source: 'Source',
  tested: 'Tested',
  paths: (paths: number) => plural(paths, 'path'),
  hosts: (hosts: number) => plural(hosts, 'host'),
} as const

export const matrixGridText = {
  region: 'Sources and destinations',
  caption: 'Paths by port: each row is a source, each column a destination.',
  corner: 'From / to',
  cell: (from: string, to: string, port: number, result: string) => `${from} to ${to}, TCP ${port}: ${result}`,
} as const

export const pathText = {
  panel: 'Path',
  close: 'Close panel',
  title: (from: string, to: string, port: number) => `${from} to ${to}, TCP ${port}`,
  hosts: (hosts: number) => plural(hosts, 'host'),
  othersReach: (hosts: number) =>
    `The same port answers ${plural(hosts, 'other host')}. A firewall rule for certain addresses may be the cause.`,
  tested: 'What was tested',
  more: (paths: number) => `and ${plural(paths, 'more path')}. The CSV and the text file list all of them.`,
  request: 'Request text',
  copyRequest: 'Copy request text',
  source: 'Source',
  surveyRuns: 'A survey is running',
  testFrom: (host: string) => `Test from ${host}`,
  result: (title: string, paths: number, all: number) => `${title}: ${formatCount(paths)} of ${formatCount(all)}`,
} as const

/** The lines that a person sends to those who open the ports. */
export const requestLines = {
  allow: (port: number) => `Allow TCP ${port}`,
  keepClosed: (port: number) => `Keep closed TCP ${port}`,
  from: (ends: string) => `from  ${ends}`,
  to: (ends: string) => `to    ${ends}`,
  why: (reason: string) => `why   ${reason}`,
  plan: (name: string) => `plan  ${name}`,
  end: (address: string, name: string) => `${address} (${name})`,
} as const
