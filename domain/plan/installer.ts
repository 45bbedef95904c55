/** Owns Installer: how the operator says a component is put on a host and how we see that it is there. */
import { z } from 'zod'
import { CredentialRef, Sha256 } from '../base/ids.ts'

/** What must be seen on the host for the component to count as installed; all that is named must hold. */
export const Detection = z
  .strictObject({
    uninstallName: z.string().min(1).optional().describe('DisplayName under the Uninstall registry keys, exactly'),
    minVersion: z
      .string()
      .regex(/^\d+(\.\d+){0,3}$/, 'must be a version such as 1.4.2')
      .optional(),
    file: z.string().min(1).optional(),
    service: z.string().min(1).optional(),
  })
  .refine(
    (d) => d.uninstallName !== undefined || d.file !== undefined || d.service !== undefined,
    'must name an uninstallName, a file or a service',
  )
export type Detection = z.infer<typeof Detection>

/** A file that must arrive on a host: where it lies on the workstation (absolute, or relative to the plan's folder) and its hash. */
export const Artefact = z.strictObject({
  file: z.string().min(1),
  sha256: Sha256.optional(),
  signer: z
    .string()
    .regex(/^[0-9a-fA-F]{40}$/, 'must be the 40 hexadecimal digits of the signing certificate thumbprint')
    .transform((hex) => hex.toUpperCase())
    .optional(),
})
export type Artefact = z.infer<typeof Artefact>

/** A value of the installer's environment: text, or the name of a vault entry. */
export const EnvironmentValue = z.union(
  [z.strictObject({ text: z.string() }), z.strictObject({ secret: CredentialRef })],
  'must be {"text": "..."} or {"secret": "name of a vault entry"}',
)

const exitCodes = z.strictObject({
  success: z.array(z.int()).default([0]),
  reboot: z.array(z.int()).default([3010]).describe('succeeded, a restart is wanted'),
  rebooting: z.array(z.int()).default([1641]).describe('succeeded, the installer restarts the host itself'),
  retry: z.array(z.int()).default([1618]).describe('nothing was done, try again later'),
})

export const Installer = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('unattended'),
    artefact: Artefact,
    extra: z.array(Artefact).default([]).describe('further files laid beside the installer'),
    // Exekra documents no unattended switches: these are always the operator's. {media} is the folder on the host, {name} the host.
    arguments: z.array(z.string()),
    environment: z
      .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be an environment variable name'), EnvironmentValue)
      .default({}),
    exitCodes: exitCodes.prefault({}),
    timeoutMinutes: z.int().min(1).max(1440).default(60),
    detect: Detection,
    services: z
      .array(z.string().min(1))
      .default([])
      .describe('services that must run afterwards, beside the documented ones'),
  }),
  z.strictObject({
    mode: z.literal('by-hand'),
    instructions: z.array(z.string().min(1)).min(1),
    detect: Detection,
    services: z.array(z.string().min(1)).default([]),
  }),
])
export type Installer = z.infer<typeof Installer>
