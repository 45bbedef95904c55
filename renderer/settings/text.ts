/** The words of the settings. */
import type { Contract } from '../../domain/contract/api.ts'
import type { OutputOf } from '../../domain/contract/define.ts'
import type { SecretEntry } from '../../domain/contract/shapes.ts'
import { plural } from '../../domain/base/plural.ts'
import type { SettingsPart } from '../shared/route.ts'
import type { ThemeChoice } from '../theme/themes.ts'

type MediaState = OutputOf<Contract, 'media.list'>['plans'][number]['files'][number]['state']

const titles: Readonly<Record<SettingsPart, string>> = {
  vault: 'Vault',
  transports: 'Transports',
  media: 'Media',
  catalogue: 'Catalogue',
  appearance: 'Appearance',
  data: 'Data',
}

export const settingsText = {
  title: 'Settings',
  titles,
  cancel: 'Cancel',
  keep: 'Keep',
  remove: 'Remove',
  /** The heading of a column of buttons, for screen readers. */
  actions: 'Actions',
} as const

const entryKinds: Readonly<Record<SecretEntry['kind'], string>> = {
  password: 'User and password',
  key: 'User and private key',
  agent: 'User of a key agent',
  secret: 'Secret for an installer',
}

export const vaultText = {
  unreadable: 'Rollout cannot read the vault',
  reading: 'Reading the vault',
  keptBySystem: 'The operating system protects this vault. It opens when you sign in to this workstation.',
  keptByPassphrase:
    'The vault is a file encrypted with your passphrase. If you lose the passphrase, the secrets are lost.',
  unlocked: 'Unlocked until Rollout closes',
  locked: 'Locked',
  none: 'There is no vault yet',
  noneWithPassphrase: 'Passphrase chosen. The first entry creates the vault.',
  entryKinds,
  columns: { entry: 'Entry', kind: 'Kind' },
  noEntry: 'No entry yet. A plan names entries. Only the vault contains the secrets.',
  replace: 'Replace',
  replaceEntry: (name: string) => `Replace ${name}`,
  removeEntry: (name: string) => `Remove ${name}`,
  removeQuestion: (name: string) => `Remove ${name}? You cannot undo this.`,
  removeConfirm: 'Remove entry',

  createTitle: 'Create a vault',
  createPassphrase: 'Passphrase',
  createConfirm: 'Use this passphrase',
  createNote: 'Rollout creates the file when you add the first entry.',
  repeatPassphrase: 'Repeat the passphrase',
  passphrasesDiffer: 'The two passphrases differ.',
  changeTitle: 'Change passphrase',
  changeCurrent: 'Current passphrase',
  changeNew: 'New passphrase',
  changeDone: 'Passphrase changed. Enter the new one in other windows and on command lines.',
  changeNote:
    'Older backups still need the old passphrase. If the change is interrupted, one of the two passphrases works.',

  addTitle: 'Add an entry',
  addConfirm: 'Add entry',
  replaceConfirm: 'Replace entry',
  entryName: 'Name, as in the plan',
  entryNameExample: 'site-admin',
  entryKind: 'Kind',
  entryUser: 'User',
  entryUserExample: 'SITE\\administrator',
  entryPassword: 'Password',
  entryKey: 'Private key (the text of its file)',
  entryKeyPassphrase: 'Passphrase of the key, if it has one',
  entrySocket: 'Socket of the agent, if it is not the default',
  entrySecret: 'Secret',
} as const

export const transportsText = {
  columns: { way: 'Transport', needs: 'What it needs' },
  ways: [
    {
      name: 'WinRM',
      needs:
        'Port 5986 with TLS, or port 5985 encrypted by NTLM. An account with administrator rights on the host. ' +
        'Rollout records the certificate at the first contact, or the plan names it.',
    },
    {
      name: 'SSH',
      needs:
        'OpenSSH Server on the host, on port 22 unless the plan names another. A password, a private key or a key ' +
        'agent. Rollout records the host key at the first contact, or the plan names it.',
    },
    { name: 'This workstation', needs: 'PowerShell on this workstation. It runs as the user who started Rollout.' },
    { name: 'Practice', needs: 'Nothing. The hosts are simulated and no machine is touched.' },
  ],
  pinsTitle: 'Pinned identities',
  pinsUnreadable: 'Rollout cannot read the pinned identities',
  pinsReading: 'Reading the pinned identities',
  pinsNone:
    'None yet. At the first contact Rollout pins the identity of a host. From then on it refuses any other identity.',
  pinsFilter: 'Filter pins',
  pinsNoMatch: (filter: string) => `No pin contains "${filter}".`,
  pinColumns: { address: 'Address', identity: 'Identity', pinned: 'Pinned' },
  pinPort: (port: number) => ` port ${port}`,
  pinnedBy: (at: string, by: string) => `${at} by ${by}`,
  removePinOf: (host: string) => `Remove the pin of ${host}`,
  removeReason: 'Why the host has a new identity',
  removeConfirm: 'Remove pin',
  importTitle: 'Import known_hosts',
  importNoPlan: 'Create a plan with SSH hosts first. Then you can import a known_hosts file for them.',
  importPlan: 'For the SSH hosts of',
  importContent: 'Text of the file',
  importConfirm: 'Import',
  importPinned: (count: number) => `${plural(count, 'host')} pinned`,
  importMissing: (hosts: readonly string[]) => `Not in the file: ${hosts.join(', ')}`,
} as const

const mediaStates: Readonly<Record<MediaState, string>> = {
  right: 'Verified',
  another: 'Different content',
  missing: 'Missing',
  'not-held': 'No hash in the plan',
}

export const mediaText = {
  unreadable: 'Rollout cannot read the media',
  reading: 'Computing SHA-256 for the media of all plans',
  none: 'No plan names a file yet. You supply the installers: Exekra documents neither their names nor their switches.',
  about:
    'Every file that the newest revision of a plan names, with its SHA-256 on this workstation. ' +
    'Rollout hashes it again on each host before it uses it.',
  states: mediaStates,
  columns: { file: 'File', owner: 'For', size: 'Size', hash: 'SHA-256', state: 'State' },
  wanted: 'expected',
  folderDefault: 'Default folder: you have chosen no folder for this plan.',
  folderChoose: 'Choose folder',
  folderChooseFor: (plan: string) => `Choose the folder of ${plan}`,
  folderDialogTitle: (plan: string) => `Media of ${plan}`,
  folderPath: 'Full path of a folder on this workstation',
  folderUse: 'Use folder',
  folderBrowse: 'Browse',
} as const

export const catalogueText = {
  unreadable: 'Rollout cannot read the catalogue',
  reading: 'Reading the catalogue',
  about: "Each value names the page of Exekra's documentation that it comes from. You supply the rest.",
  columns: { what: 'What', documented: 'Documented', source: 'Source' },
  site: 'Site',
  conflicts: 'Pages that contradict each other',
  questions: (count: number) => `For you to supply: ${plural(count, 'value')}`,
  questionColumns: { question: 'Question', why: 'Why', source: 'Source' },
  facts: {
    role: 'Role',
    form: 'Form',
    otherNames: 'Other names',
    operatingSystem: 'Operating system',
    minimumVersion: 'Minimum version',
    services: 'Service',
    installDirectory: 'Folder',
    logs: 'Log',
    ports: 'Port',
  },
} as const

const themeNames: Readonly<Record<ThemeChoice, string>> = {
  system: 'Same as the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
}

export const appearanceText = { colours: 'Colours', themes: themeNames } as const

export const dataText = {
  version: 'Version',
  person: 'You act as',
  database: 'Database',
  folder: 'Data folder',
  copyTitle: 'Copy of the database',
  copyAbout:
    'Plans, runs with their logs, surveys, waivers, pins and the audit. The vault is a separate file and is not ' +
    'included. You can copy while a run is in progress.',
  copyPath: 'Full path of the file to write',
  copyConfirm: 'Copy database',
  copying: 'Copying',
  copyDamaged: 'The database is damaged. Rollout copied its bytes unchanged.',
} as const
