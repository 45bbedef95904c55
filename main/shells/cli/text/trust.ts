/** What `trust` prints. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { plural } from '../../../../domain/base/plural.ts'

export const trustText = {
  summary:
    'Lists and removes the recorded host keys and certificates, and imports host keys from known_hosts. ' +
    'Rollout refuses a host with another key until you remove the recorded one with a reason.',
  reasonOption: 'why the host has a new identity, for the audit',
  unknownAction: (action: string) => `There is no command "trust ${action}". Use list, import or remove.`,
  none: 'No host keys are recorded yet.',
  columns: ['ADDRESS', 'PORT', 'KEY', 'BY'],
  importNeeds: 'Name the known_hosts file, then the plan. Rollout records the keys of the hosts in that plan.',
  key: (address: string, port: number, fingerprint: string) => `${address} port ${port}: ${fingerprint}`,
  imported: (count: number, missing: readonly string[]) =>
    `Recorded ${plural(count, 'host key')}.` +
    (missing.length === 0 ? '' : ` The file has no key for: ${missing.join(', ')}.`),
  notRecorded: (address: string, port: number) =>
    `No key is recorded for ${address} port ${port}. List the recorded keys with: ${commandName} trust list`,
  removed: (address: string, port: number) =>
    `Removed the recorded key of ${address} port ${port}. Rollout records the key that the host shows next.`,
} as const
