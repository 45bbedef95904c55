/** How a component is installed on a host, and how Rollout detects that it is installed. */
import { z } from 'zod'
import { CredentialRef, Sha256 } from '../base/ids.ts'
import { valueText } from './text.ts'

/** Signs that a component is installed. Every named one must be found on the host. */
export const Detection = z
  .strictObject({
    uninstallName: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'The exact DisplayName under the Uninstall registry keys.', examples: ['Exekra Runner'] }),
    minVersion: z
      .string()
      .regex(/^\d+(\.\d+){0,3}$/, valueText.version)
      .optional()
      .meta({
        description: 'The lowest installed version that counts. Older ones count as absent.',
        examples: ['1.4.2'],
      }),
    file: z
      .string()
      .min(1)
      .optional()
      .meta({
        description: 'A file on the host that the component brings.',
        examples: ['C:\\Program Files\\Exekra\\runner.exe'],
      }),
    service: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'A Windows service that the component brings.', examples: ['ExekraHubService'] }),
  })
  .refine((d) => d.uninstallName !== undefined || d.file !== undefined || d.service !== undefined, valueText.detection)
export type Detection = z.infer<typeof Detection>

/** A file for a host: its path on the workstation (absolute, or relative to the plan's folder) and its hash. */
export const Artefact = z.strictObject({
  file: z
    .string()
    .min(1)
    .meta({
      description: 'The file on this workstation: an absolute path, or one relative to the folder of the plan.',
      examples: ['media/hub-setup.exe'],
    }),
  sha256: Sha256.optional().meta({
    description: 'The SHA-256 of the file. Without it Rollout cannot verify the file.',
    examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  }),
  signer: z
    .string()
    .regex(/^[0-9a-fA-F]{40}$/, valueText.signer)
    .transform((hex) => hex.toUpperCase())
    .optional()
    .meta({
      description: 'The thumbprint of the certificate that must have signed the file.',
      examples: ['0123456789ABCDEF0123456789ABCDEF01234567'],
    }),
})
export type Artefact = z.infer<typeof Artefact>

/** A value of the installer's environment: text, or the name of a vault entry. */
export const EnvironmentValue = z.union(
  [
    z.strictObject({
      text: z.string().meta({
        description: 'The value itself. The plan and its documents show it, so enter no secrets.',
        examples: ['10.20.0.20'],
      }),
    }),
    z.strictObject({
      secret: CredentialRef.meta({
        description: 'The name of the vault entry that holds the value.',
        examples: ['hub-database'],
      }),
    }),
  ],
  valueText.environmentValue,
)

const exitCodes = z.strictObject({
  success: z.array(z.int()).default([0]).describe('Exit codes that mean: installed.'),
  reboot: z.array(z.int()).default([3010]).describe('Exit codes that mean: installed, and a restart is required.'),
  rebooting: z
    .array(z.int())
    .default([1641])
    .describe('Exit codes that mean: installed, and the installer restarts the host itself.'),
  retry: z.array(z.int()).default([1618]).describe('Exit codes that mean: nothing was done, try again later.'),
})

const minutesText = valueText.wholeNumber(1, 1440)

export const Installer = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('unattended').describe('Rollout runs the installer without a person at the host.'),
    artefact: Artefact.describe('The installer file.'),
    extra: z.array(Artefact).default([]).describe('Further files that Rollout copies beside the installer.'),
    // Exekra documents no unattended switches, so the operator always supplies them.
    arguments: z.array(z.string()).meta({
      description:
        "The arguments of the installer. {media} becomes the folder on the host, {host} the host's name. " +
        'Rollout refuses secrets here.',
      examples: [['/quiet', '/log', '{media}\\install.log']],
    }),
    environment: z
      .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, valueText.environmentName), EnvironmentValue)
      .default({})
      .describe('Environment variables of the installer. Give secrets here, by the name of a vault entry.'),
    exitCodes: exitCodes.prefault({}).describe('What the exit codes of the installer mean.'),
    timeoutMinutes: z
      .int(minutesText)
      .min(1, minutesText)
      .max(1440, minutesText)
      .default(60)
      .describe('After this many minutes Rollout ends the installer and the step fails.'),
    detect: Detection.describe(
      'How Rollout detects that the component is installed. Everything named here must exist.',
    ),
    services: z
      .array(z.string().min(1))
      .default([])
      .meta({
        description: 'Services that must run after the installation, beside the documented ones.',
        examples: [['ExekraHubService']],
      }),
  }),
  z.strictObject({
    mode: z.literal('by-hand').describe('A person installs the component. Rollout waits and then checks it.'),
    instructions: z
      .array(z.string().min(1))
      .min(1)
      .meta({
        description: 'What the person does, one step an entry.',
        examples: [['Sign in to the host', 'Run the Runner installer']],
      }),
    detect: Detection.describe(
      'How Rollout detects that the component is installed. Everything named here must exist.',
    ),
    services: z
      .array(z.string().min(1))
      .default([])
      .describe('Services that must run after the installation, beside the documented ones.'),
  }),
])
export type Installer = z.infer<typeof Installer>
