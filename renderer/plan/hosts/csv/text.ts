/** Texts about a list of hosts: its columns, its file, and the problems of its rows. */
import { operatingSystems } from '../../../../domain/plan/host.ts'
import { systemName } from '../../../shared/format.ts'
import type { HostField } from './columns.ts'

/** The titles of the columns, in the window and in an exported file. */
export const fieldTitles: Readonly<Record<HostField, string>> = {
  name: 'Name',
  address: 'Address',
  os: 'System',
  network: 'Network',
  environment: 'Environment',
  components: 'Components',
  reach: 'Reach',
  credential: 'Credential',
}

const reachRule = 'Use auto, ssh, winrm, local or unmanaged. Add a port that is not the default: ssh:2222'

export const listText = {
  emptyFile: 'The file is empty. Choose another file.',
  largeFile: (megabytes: number, most: number) =>
    `The file has ${megabytes} MB. A list of hosts may have at most ${most} MB.`,
  workbook: 'The file is a workbook or an archive, not text. Save it as CSV in Excel.',
  oldWorkbook: 'The file is an old workbook, not text. Save it as CSV in Excel.',
  binary: 'The file is not text. Choose a CSV file.',
  repeated: (name: string, line: number) => `${name} is already in line ${line}`,
  system: (text: string) => `System: ${text} is not one of ${operatingSystems.map(systemName).join(', ')}`,
  reach: (text: string) => `Reach: ${text} is not a way to reach a host. ${reachRule}`,
  simulated: 'Reach: only practice sites have simulated hosts',
  component: (text: string) => `Components: ${text} is not one of Hub, PostgreSQL, Redis, Studio, Runner`,
  environmentLength: 'Environment: use at most 80 characters',
  noName: 'Name: missing',
  field: (title: string, message: string) => `${title}: ${message}`,
} as const
