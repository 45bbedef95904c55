/** Owns Host: a machine we may act on, and how it is reached. */
import { z } from 'zod'
import { Address, CredentialRef, HostName, Port, Sha256 } from '../base/ids.ts'

export const operatingSystems = [
  'windows-server-2016',
  'windows-server-2019',
  'windows-server-2022',
  'windows-server-2025',
  'windows-10-home',
  'windows-10-pro',
  'windows-10-enterprise',
  'windows-11-home',
  'windows-11-pro',
  'windows-11-enterprise',
  'other',
] as const
export const OperatingSystem = z.enum(operatingSystems)
export type OperatingSystem = z.infer<typeof OperatingSystem>

export const winrmAuths = ['ntlm', 'basic', 'certificate', 'kerberos'] as const

// Over plain HTTP only NTLM seals what is sent here; a password or a script in clear text does not exist.
const Winrm = z
  .strictObject({
    kind: z.literal('winrm'),
    port: Port.optional().describe('5986 with TLS, 5985 without, unless told otherwise'),
    tls: z.boolean().default(true),
    auth: z.enum(winrmAuths).default('ntlm'),
    certificate: Sha256.optional().describe("the SHA-256 of the host's certificate: this one and no other is accepted"),
  })
  .refine(({ tls, auth }) => tls || auth === 'ntlm', {
    message: 'must be ntlm where tls is false: nothing else is sealed without TLS',
    path: ['auth'],
  })

const Ssh = z.strictObject({
  kind: z.literal('ssh'),
  port: Port.default(22),
  hostKey: z
    .string()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must be an OpenSSH fingerprint, SHA256:...')
    .optional(),
})

/** A reach over the network that leaves nothing to find out. */
export const DoorReach = z.discriminatedUnion('kind', [Ssh, Winrm])
export type DoorReach = z.infer<typeof DoorReach>

/**
 * How a host is reached. `unmanaged` hosts are drawn and probed from others, and never acted on; for `auto` the best of `autoReaches` whose port
 * answers is taken.
 */
export const Reach = z.discriminatedUnion('kind', [
  Ssh,
  Winrm,
  z.strictObject({ kind: z.literal('auto') }),
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({ kind: z.literal('simulated') }),
  z.strictObject({ kind: z.literal('unmanaged') }),
])
export type Reach = z.infer<typeof Reach>

// A folder on the host, by its Windows path (or a POSIX one, for a PowerShell on Linux or macOS). UNC is refused: no second hop.
const workFolder = z
  .string()
  .regex(
    /^([A-Za-z]:\\[^"<>|?*]+|\/[^"<>|?*\\]+)$/,
    'must be an absolute local folder such as C:\\ProgramData\\ExekraRollout',
  )

/** The port of this workstation at which hosts fetch large files, unless the plan says another. */
export const pullPort = 25986

/**
 * How files of more than 10 MB get to a host that is reached by WinRM: the host fetches them from this workstation, which listens for that long; or
 * they go through the session like small ones, slower, and nothing listens; or the workstation, if it is Windows, copies them to the share C$ of the host.
 */
export const LargeFiles = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('pull'), port: Port.default(pullPort) }),
  z.strictObject({ by: z.literal('session') }),
  z.strictObject({ by: z.literal('smb') }),
])
export type LargeFiles = z.infer<typeof LargeFiles>

export const Host = z.strictObject({
  name: HostName,
  address: Address,
  reach: Reach,
  credential: CredentialRef.optional(),
  os: OperatingSystem.optional(),
  network: z.string().min(1).max(60).optional(),
  largeFiles: LargeFiles.optional().describe('pull, unless told otherwise; only for hosts reached by WinRM'),
  workFolder: workFolder.default('C:\\ProgramData\\ExekraRollout'),
})
export type Host = z.infer<typeof Host>

/** True where the rollout may open a session on the host. */
export function isManaged(host: Host): boolean {
  return host.reach.kind !== 'unmanaged'
}

/** What `auto` likes best. */
export const bestReach: DoorReach = DoorReach.parse({ kind: 'winrm', tls: true })

/** What `auto` tries, the best first. WinRM signs in by NTLM: over TLS, or sealed by NTLM itself. */
export const autoReaches: readonly DoorReach[] = [
  bestReach,
  DoorReach.parse({ kind: 'winrm', tls: false }),
  DoorReach.parse({ kind: 'ssh' }),
]

/** Where a host is knocked at from the network. */
export interface Door {
  readonly port: number
  readonly by: 'SSH' | 'WinRM'
}

/** The port of a reach that leaves nothing to find out. */
export function doorOf(reach: DoorReach): Door {
  switch (reach.kind) {
    case 'ssh':
      return { port: reach.port, by: 'SSH' }
    case 'winrm':
      return { port: reach.port ?? (reach.tls ? 5986 : 5985), by: 'WinRM' }
  }
}

/** The ports a host may be reached on over the network, the best first; one is used. None where nothing of ours crosses the network. */
export function doorsOf(reach: Reach): readonly Door[] {
  switch (reach.kind) {
    case 'ssh':
    case 'winrm':
      return [doorOf(reach)]
    case 'auto':
      return autoReaches.map(doorOf)
    case 'local':
    case 'simulated':
    case 'unmanaged':
      return []
  }
}

/** How large files get to a host; undefined where the way there has its own means. */
export function largeFilesOf({ reach, largeFiles }: Pick<Host, 'reach' | 'largeFiles'>): LargeFiles | undefined {
  return doorsOf(reach).some(({ by }) => by === 'WinRM') ? (largeFiles ?? { by: 'pull', port: pullPort }) : undefined
}

/** A reach in words, for example "WinRM over HTTPS, port 5986". */
export function reachInWords(reach: Reach): string {
  switch (reach.kind) {
    case 'ssh':
      return `SSH, port ${reach.port}`
    case 'winrm':
      return `WinRM over ${reach.tls ? 'HTTPS' : 'HTTP, sealed by NTLM'}, port ${doorOf(reach).port}`
    case 'auto':
      return `auto: ${autoReaches.map((one) => `${doorOf(one).by} ${doorOf(one).port}`).join(', ')}`
    case 'local':
      return 'this machine itself'
    case 'simulated':
      return 'practice'
    case 'unmanaged':
      return 'not managed'
  }
}
