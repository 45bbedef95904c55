/** A host of the plan: a machine, and how Rollout reaches it. */
import { z } from 'zod'
import { Address, CredentialRef, HostName, Port, Sha256 } from '../base/ids.ts'
import { reachText, valueText } from './text.ts'

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

// Over plain HTTP only NTLM encrypts the traffic. Rollout never sends a password or a script in clear text.
const Winrm = z
  .strictObject({
    kind: z.literal('winrm').describe('Rollout reaches the host by WinRM.'),
    port: Port.optional().meta({ description: 'The port. Without it: 5986 with TLS, 5985 without.', examples: [5986] }),
    tls: z.boolean().default(true).describe('HTTPS. Without it NTLM encrypts the traffic.'),
    auth: z.enum(winrmAuths).default('ntlm').describe('How Rollout signs in. Only NTLM works without TLS.'),
    certificate: Sha256.optional().meta({
      description: "The SHA-256 of the host's certificate. Rollout then accepts this certificate only.",
      examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    }),
  })
  .refine(({ tls, auth }) => tls || auth === 'ntlm', {
    message: valueText.onlyNtlm,
    path: ['auth'],
  })

const Ssh = z.strictObject({
  kind: z.literal('ssh').describe('Rollout reaches the host by OpenSSH.'),
  port: Port.default(22).describe('The port of the SSH server.'),
  hostKey: z
    .string()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, valueText.hostKey)
    .optional()
    .meta({
      description: 'The fingerprint of the host key. Rollout then accepts this key only.',
      examples: ['SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDmXRf5CmyPzVuQB1w'],
    }),
})

/** A reach over the network with a known protocol and port. */
export const DoorReach = z.discriminatedUnion('kind', [Ssh, Winrm])
export type DoorReach = z.infer<typeof DoorReach>

/**
 * How a host is reached. Rollout draws `unmanaged` hosts and probes them from others, but never changes them. For
 * `auto` it takes the best of `autoReaches` whose port answers.
 */
export const Reach = z.discriminatedUnion('kind', [
  Ssh,
  Winrm,
  z.strictObject({
    kind: z.literal('auto').describe('Rollout tries 5986, 5985 and 22, and takes the best port that answers.'),
  }),
  z.strictObject({ kind: z.literal('local').describe('The host is this workstation.') }),
  z.strictObject({ kind: z.literal('simulated').describe('A practice host.') }),
  z.strictObject({
    kind: z.literal('unmanaged').describe('Rollout draws the host and tests paths to it, but never signs in.'),
  }),
])
export type Reach = z.infer<typeof Reach>

// A Windows path, or a POSIX one for PowerShell on Linux or macOS. UNC is refused: a session has no second hop.
const workFolder = z.string().regex(/^([A-Za-z]:\\[^"<>|?*]+|\/[^"<>|?*\\]+)$/, valueText.workFolder)

/** The default port on this workstation from which hosts fetch large files. */
export const pullPort = 25986

/**
 * How files over 10 MB reach a WinRM host. `pull`: the host fetches them from this workstation, which listens
 * meanwhile. `session`: they go through WinRM like small ones, slower, and nothing listens. `smb`: a Windows
 * workstation copies them to the C$ share of the host.
 */
export const LargeFiles = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('pull').describe('The host fetches the file from this workstation.'),
    port: Port.default(pullPort).describe('The port on this workstation that is open while a host fetches a file.'),
  }),
  z.strictObject({
    by: z.literal('session').describe('Files go through the WinRM session. This is slower and opens no port.'),
  }),
  z.strictObject({
    by: z.literal('smb').describe("This workstation copies files to the host's C$ share. Windows workstations only."),
  }),
])
export type LargeFiles = z.infer<typeof LargeFiles>

export const Host = z.strictObject({
  name: HostName.meta({
    description: 'The computer name. The survey compares it with the name that the host reports.',
    examples: ['HUB01'],
  }),
  address: Address.meta({
    description: 'The IP address or DNS name at which the other hosts and this workstation reach it.',
    examples: ['10.20.0.10'],
  }),
  reach: Reach.describe('How Rollout reaches the host.'),
  credential: CredentialRef.optional().meta({
    description: 'The vault entry to sign in with. Without it: defaultCredential.',
    examples: ['site-admin'],
  }),
  os: OperatingSystem.optional().describe('The operating system, as planned. The survey compares it with the host.'),
  network: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .meta({
      description: 'The name of the network segment, for the map and the firewall matrix.',
      examples: ['server-lan'],
    }),
  largeFiles: LargeFiles.optional().describe('How files over 10 MB reach a WinRM host. Without it: by pull.'),
  workFolder: workFolder
    .default('C:\\ProgramData\\ExekraRollout')
    .describe('The folder on the host for media, jobs and scripts. A local path.'),
})
export type Host = z.infer<typeof Host>

/** True where the rollout may open a session on the host. */
export function isManaged(host: Host): boolean {
  return host.reach.kind !== 'unmanaged'
}

/** The reach that `auto` prefers. */
export const bestReach: DoorReach = DoorReach.parse({ kind: 'winrm', tls: true })

/** The reaches that `auto` tries, best first. WinRM signs in by NTLM, over TLS or encrypted by NTLM itself. */
export const autoReaches: readonly DoorReach[] = [
  bestReach,
  DoorReach.parse({ kind: 'winrm', tls: false }),
  DoorReach.parse({ kind: 'ssh' }),
]

/** A management port of a host. */
export interface Door {
  readonly port: number
  readonly by: 'SSH' | 'WinRM'
}

/** The port of a reach with a known protocol. */
export function doorOf(reach: DoorReach): Door {
  switch (reach.kind) {
    case 'ssh':
      return { port: reach.port, by: 'SSH' }
    case 'winrm':
      return { port: reach.port ?? (reach.tls ? 5986 : 5985), by: 'WinRM' }
  }
}

/** The ports on which a host may be reached, best first; one is used. Empty if Rollout does not use the network. */
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

/** How large files reach a host; undefined if it is not reached by WinRM. */
export function largeFilesOf({ reach, largeFiles }: Pick<Host, 'reach' | 'largeFiles'>): LargeFiles | undefined {
  return doorsOf(reach).some(({ by }) => by === 'WinRM') ? (largeFiles ?? { by: 'pull', port: pullPort }) : undefined
}

/** A reach in words, for example "WinRM over HTTPS, port 5986". */
export function reachInWords(reach: Reach): string {
  switch (reach.kind) {
    case 'ssh':
      return reachText.ssh(reach.port)
    case 'winrm':
      return reachText.winrm(reach.tls, doorOf(reach).port)
    case 'auto':
      return reachText.auto(autoReaches.map(doorOf).map(({ by, port }) => `${by} ${port}`))
    case 'local':
      return reachText.local
    case 'simulated':
      return reachText.simulated
    case 'unmanaged':
      return reachText.unmanaged
  }
}
