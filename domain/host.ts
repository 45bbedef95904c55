/** Owns Host: a machine we may act on, and how it is reached. */
import { z } from 'zod'
import { Address, CredentialRef, HostName, Port } from './ids.ts'

export const operatingSystems = [
  'windows-server-2016', 'windows-server-2019', 'windows-server-2022', 'windows-server-2025',
  'windows-10-home', 'windows-10-pro', 'windows-10-enterprise', 'windows-11-home', 'windows-11-pro', 'windows-11-enterprise', 'other',
] as const
export const OperatingSystem = z.enum(operatingSystems)
export type OperatingSystem = z.infer<typeof OperatingSystem>

/** How a host is reached. `unmanaged` hosts are drawn and probed from others, and never acted on. */
export const Reach = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ssh'), port: Port.default(22), hostKey: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must be an OpenSSH fingerprint, SHA256:...').optional() }),
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({ kind: z.literal('simulated') }),
  z.strictObject({ kind: z.literal('unmanaged') }),
])
export type Reach = z.infer<typeof Reach>

// A folder on the host, by its Windows path (or a POSIX one, for a PowerShell on Linux or macOS). UNC is refused: no second hop.
const workFolder = z.string().regex(/^([A-Za-z]:\\[^"<>|?*]+|\/[^"<>|?*\\]+)$/, 'must be an absolute local folder such as C:\\ProgramData\\ExekraRollout')

export const Host = z.strictObject({
  name: HostName,
  address: Address,
  reach: Reach,
  credential: CredentialRef.optional(),
  os: OperatingSystem.optional(),
  network: z.string().min(1).max(60).optional(),
  workFolder: workFolder.default('C:\\ProgramData\\ExekraRollout'),
})
export type Host = z.infer<typeof Host>

/** True where the rollout may open a session on the host. */
export function isManaged(host: Host): boolean {
  return host.reach.kind !== 'unmanaged'
}
