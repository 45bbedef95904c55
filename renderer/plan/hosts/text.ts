/** Texts of the hosts of a plan. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import { plural } from '../../../domain/base/plural.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { asSentence } from '../sentence.ts'

export const hostsText = {
  filter: 'Filter hosts',
  count: (shown: number, all: number) => (shown === all ? plural(all, 'host') : `${shown} of ${plural(all, 'host')}`),
  chosen: (chosen: number, all: number) => `${chosen} of ${plural(all, 'host')} selected`,
  edit: (count: number) => `Edit ${plural(count, 'host')}`,
  remove: (count: number) => `Remove ${plural(count, 'host')}`,
  export: 'Export CSV',
  newHost: 'New host',
  addHosts: 'Add hosts',
  none: 'Add your machines',
  noneAbout: 'Paste names or addresses, one per line, or drop a CSV file here. Rollout draws the map from them.',
  noMatch: (filter: string) => `No host matches “${filter}”.`,
  chooseAll: 'Select all hosts',
  choose: (host: string) => `Select ${host}`,
  columns: {
    name: 'Host',
    address: 'Address',
    reach: 'Reached by',
    os: 'System',
    components: 'Components',
    environment: 'Environment',
    network: 'Network',
    findings: 'Findings',
  },
  existing: (component: ComponentName) => `${componentTitles[component]} (existing)`,
} as const

export const hostText = {
  panel: (host: string) => `Host ${host}`,
  close: 'Close panel',
  name: 'Name',
  nameTaken: (name: string) => `Another host is already named ${name}. Enter a different name.`,
  nameMissing: 'Enter the name.',
  wrong: (message: string) => asSentence(message),
  address: 'Address',
  credential: 'Credential (vault entry)',
  noCredential: 'None',
  system: 'System',
  noSystem: 'Not set',
  network: 'Network',
  networkHint: 'Your own name for it, such as Plant or 10.20.14.0/24.',
  workFolder: 'Work folder on the host',
  components: 'Components',
  exists: 'Exists already',
  existsFor: (component: ComponentName) => `${componentTitles[component]} exists already`,
  environment: 'Environment',
  noEnvironment: 'No environment',
  remove: (host: string) => `Remove ${host}`,
  findings: 'Findings',
} as const

/** What a person types to empty a field of several hosts. */
export const clearWord = '(none)'

export const bulkText = {
  panel: (count: number) => `Edit ${plural(count, 'host')}`,
  title: (count: number) => plural(count, 'host'),
  about: 'Only the fields you change are applied.',
  noChange: 'No change',
  credentialHint: `Leave empty to keep. Enter ${clearWord} to use the default credential of the plan.`,
  networkHint: `Leave empty to keep. Enter ${clearWord} to remove it.`,
  environment: 'Environment of the Runners',
  component: 'Component to add',
  apply: (count: number) => `Apply to ${plural(count, 'host')}`,
} as const

export const importText = {
  title: 'Add hosts',
  list: 'One host per line. The first line may name the columns.',
  listHint:
    'Name, address, component, environment, system, network, reach, credential. Only the name is required. Separate values with commas, semicolons, tabs or spaces.',
  example: 'RUN001, 10.20.14.11, Runner, Production',
  open: 'Open CSV',
  encodings: 'UTF-8, UTF-16, or a CSV file that Excel saved.',
  file: 'CSV file',
  fileRefused: (file: string, why: string) => `${file}: ${why}`,
  noName: 'No column contains the host name. Choose it below.',
  noHost: 'This text contains no host.',
  counts: (rows: number, added: number, known: number, invalid: number) =>
    `${[
      plural(rows, 'row'),
      `${added} new`,
      known > 0 ? `${known} already in the plan` : '',
      invalid > 0 ? `${invalid} invalid and skipped` : '',
    ]
      .filter(Boolean)
      .join(', ')}.`,
  taking: 'Hosts already in the plan',
  merge: 'Keep them, and update those in the list',
  replace: 'Replace them with the list',
  gone: (count: number) =>
    count === 1
      ? '1 host of the plan is not in the list. It will be removed with its components.'
      : `${plural(count, 'host')} of the plan are not in the list. They will be removed with their components.`,
  cancel: 'Cancel',
  act: (added: number, known: number, replace: boolean) => {
    if (added + known === 0) return 'Add hosts'
    if (replace) return `Replace with ${plural(added + known, 'host')}`
    if (known === 0) return `Add ${plural(added, 'host')}`
    return added === 0 ? `Update ${plural(known, 'host')}` : `Add ${plural(added, 'host')}, update ${known}`
  },
} as const

export const previewText = {
  columns: 'Content of each column',
  column: (number: number) => `Column ${number}`,
  columnTitle: (number: number, example: string) => `${number}: ${example === '' ? 'empty' : example}`,
  ignore: 'Ignore',
  header: 'The first row names the columns',
  onlyInvalid: (count: number) => `Only the ${plural(count, 'row')} with problems`,
  preview: 'Preview',
  line: 'Line',
  host: 'Host',
  invalid: 'Invalid row',
  known: ' in the plan',
  keptAddress: 'unchanged',
  more: (count: number) => `and ${plural(count, 'more row')}`,
} as const
