/** What the suite of steps needs to know of a site: a host, how it is reached, and what may be done there. */
import type { Host } from '../../../domain/plan/host.ts'
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Installer } from '../../../domain/plan/installer.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Clock, Transports, Vault } from '../../../main/engine/ports.ts'
import type { SmallDisk } from '../transport/small-disk.ts'
import type { Lanes } from './lane-under-test.ts'

export type Unattended = Extract<Installer, { mode: 'unattended' }>

/** What an installer of the suite does in the end. `talkative` is done after two million characters; `done when told` runs until it is told to go on; `lost`: it is ended from outside in the middle, and nobody writes down how. */
export type Ending =
  'done' | 'talkative' | 'done when told' | 'restart' | 'restarts itself' | 'another at work' | 'fatal' | 'lost'

/** An installer that has not run yet, on a host where its product is not. */
export interface ProductUnderTest {
  readonly host: Host
  readonly component: ComponentName
  readonly installer: Unattended
  /** Where the installer lies on this workstation. */
  readonly localPath: string
  /** What run-installer is to start: the staged file, or a program that reads it. */
  readonly program: (stagedPath: string) => string
  /** The exit code that is seen on this host where the installer ends like that. */
  readonly exitCode: number | null
  /** Does by hand what the installer would. */
  byHand(): Promise<void>
  /** Lets an installer that waits for it go on. */
  tell(): Promise<void>
  /** How often the installer was really started. */
  starts(): Promise<number>
}

/** An HTTPS endpoint as the host sees it; silent until `start`. */
export interface EndpointUnderTest {
  readonly address: string
  readonly port: number
  /** SHA-256 of its certificate. */
  readonly certificate: string
  start(): Promise<void>
}

export interface SiteUnderSteps {
  readonly transports: Transports
  readonly vault: Vault
  /** What the steps read of a plan. Its first host with this name is where most parts act. */
  readonly plan: Plan
  readonly host: Host
  readonly windows: boolean
  /** A folder of the suite's own on the host. */
  readonly workFolder: string
  /** The site's own time; this machine's unless given. */
  readonly clock?: Clock
  product(ending: Ending): Promise<ProductUnderTest>
  endpoint(): Promise<EndpointUnderTest>
  /** An address and port where something answers, and one where the host itself says that nothing does. */
  readonly flows: { readonly open: Place; readonly refused: Place }
  /** Services on the host: one that is stopped and starts when told; one that never comes to run. */
  services?(): Promise<{ readonly startable: ServiceUnderTest; readonly broken?: ServiceUnderTest }>
  /** Why the host cannot reach an endpoint of the suite; undefined where it can. */
  readonly noEndpoints?: string
  /** True where rules of a Windows firewall, real or recorded, may be made. */
  readonly firewall?: boolean
  /** True where an added root certificate stays and may stay. */
  readonly certificates?: boolean
  /** True where files can be looked at for their signature. */
  readonly signatures?: boolean
  /** True where the host may be restarted. */
  readonly restarts?: boolean
  /** A host whose disk is full, or gets full when told. */
  readonly fullDisk?: FullDisk
  /** Undoes what was opened and made for the site on this machine. */
  close?(): Promise<void>
  /** Cuts the link to the host under its sessions, as a lost network does. */
  breakLink?(): Promise<void>
}

export interface FullDisk {
  readonly host: Host
  /** A folder on that disk. */
  readonly folder: string
  /** Takes and gives back its room; where it cannot, it is full and stays so. */
  readonly room?: Pick<SmallDisk, 'fill' | 'free'>
}

export interface ServiceUnderTest {
  readonly host: Host
  readonly name: string
}

export interface Place {
  readonly address: string
  readonly port: number
}

/** A part of the suite: a name that says what a user would miss, and the asking itself. Throws AssertionError. */
export interface StepPart {
  readonly name: string
  /** Why this site cannot be asked, or undefined. */
  readonly leftOut?: (site: SiteUnderSteps) => string | undefined
  readonly run: (site: SiteUnderSteps, help: StepHelp) => Promise<void>
}

/** What the suite hands each part. */
export interface StepHelp {
  /** Writes a file on this workstation and says its path and hash. */
  file(name: string, bytes: string | Uint8Array): { readonly path: string; readonly sha256: string }
  readonly lanes: Lanes
}

/** A path below the suite's folder, with the host's own separator. */
export function below(
  { workFolder, windows }: Pick<SiteUnderSteps, 'workFolder' | 'windows'>,
  ...names: string[]
): string {
  return [workFolder, ...names].join(windows ? '\\' : '/')
}
