/** Texts of the installers of a plan. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import { plural } from '../../../domain/base/plural.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import type { Installer } from '../../../domain/plan/installer.ts'

export const installersText = {
  title: (component: ComponentName, hosts: number) => `${componentTitles[component]}, on ${plural(hosts, 'host')}`,
  mode: (component: ComponentName) => `How ${componentTitles[component]} is installed`,
  modes: {
    none: 'Not decided yet',
    unattended: 'Unattended, with your command',
    'by-hand': 'By hand, guided',
  } satisfies Record<Installer['mode'] | 'none', string>,
  noComponent: 'No component',
  noComponentAbout: 'The plan installs no component yet. Place components on hosts first.',
  media: 'Media',
  folder: 'Media folder on this workstation',
  folderHint: 'The folder of the installers. Relative file paths start here. It is not part of the plan.',
  folderWrong: 'Enter an absolute path, such as C:\\Media\\Exekra.',
  folderDialog: 'Media folder',
  chooseFolder: 'Choose folder',
} as const

export const artefactText = {
  file: (what: string) => `File of ${what}`,
  fileHint: 'An absolute path, or a path inside the media folder.',
  sha256: (what: string) => `SHA-256 of ${what}`,
  takeHashOf: (what: string) => `Calculate the SHA-256 of ${what} from the file`,
  takeHash: 'Calculate SHA-256',
  reading: 'Reading the file',
  read: (file: string, bytes: number) => `${file}, ${plural(bytes, 'byte')}`,
  signer: (what: string) => `Signer of ${what}`,
  signerHint:
    'Thumbprint of the signing certificate, 40 hexadecimal digits. Rollout compares it with the file on each host.',
} as const

export const unattendedText = {
  installer: (component: ComponentName) => `the ${componentTitles[component]} installer`,
  arguments: (component: ComponentName) => `Arguments of the ${componentTitles[component]} installer`,
  argumentsHint:
    '{media} is the folder on the host, {name} is the name of the host. One argument per line. Enter no secret: process lists show arguments.',
  extra: (component: ComponentName, number: number) => `Extra file ${number} of ${componentTitles[component]}`,
  extraFile: (component: ComponentName, number: number) => `extra file ${number} of ${componentTitles[component]}`,
  removeExtra: (number: number) => `Remove extra file ${number}`,
  addExtra: (component: ComponentName) => `Add an extra file for ${componentTitles[component]}`,
  exitCodes: (component: ComponentName) => `Exit codes of the ${componentTitles[component]} installer`,
  exitCodesAbout: 'These are the codes of Windows Installer. Any other code is a failure.',
  exitCode: (component: ComponentName, meaning: keyof typeof meanings) =>
    `Codes of ${componentTitles[component]}: ${meanings[meaning]}`,
  timeout: (component: ComponentName) => `Timeout of the ${componentTitles[component]} installer (minutes)`,
  timeoutHint: 'From 1 to 1440.',
} as const

const meanings = {
  success: 'success',
  reboot: 'success, restart required',
  rebooting: 'success, the installer restarts the host',
  retry: 'nothing was installed, retry later',
} as const

export const environmentText = {
  title: (component: ComponentName) => `Environment variables of the ${componentTitles[component]} installer`,
  name: (number: number) => `Name of variable ${number}`,
  nameTaken: (name: string) => `A variable ${name} exists already. Enter a different name.`,
  kind: (name: string) => `Value of ${name}`,
  kinds: { text: 'Text, visible to everyone who reads the plan', secret: 'A secret, by its name in the vault' },
  secret: (name: string) => `Vault entry of ${name}`,
  text: (name: string) => `Text of ${name}`,
  remove: (name: string) => `Remove ${name}`,
  add: (component: ComponentName) => `Add a variable for ${componentTitles[component]}`,
} as const

export const byHandText = {
  instructions: (component: ComponentName) => `Steps to install ${componentTitles[component]}`,
  instructionsHint: 'One step per line, in order. The rollout shows them when they are due.',
  instructionsMissing: 'Describe at least one step.',
} as const

export const detectText = {
  title: (component: ComponentName) => `How Rollout detects ${componentTitles[component]}`,
  about: 'Enter a program, a file or a service. Rollout checks everything you enter.',
  missing: 'Enter at least a program name, a file or a service.',
  program: (component: ComponentName) => `Program name of ${componentTitles[component]}`,
  programHint: 'The exact name in the list of installed apps.',
  minVersion: (component: ComponentName) => `Minimum version of ${componentTitles[component]}`,
  minVersionHint: 'For example 1.4.2. Rollout compares it with the version of the program.',
  file: (component: ComponentName) => `File of ${componentTitles[component]} on the host`,
  service: (component: ComponentName) => `Service of ${componentTitles[component]}`,
  services: (component: ComponentName) => `Other services of ${componentTitles[component]} that must run`,
  servicesHint: 'One per line, in addition to the documented ones.',
} as const
