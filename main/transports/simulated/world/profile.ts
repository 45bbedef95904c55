/** The profile of a new practice host: its Windows, size and services, drawn from the seed. */
import type { Facts } from '../../../../domain/remote/facts.ts'
import type { OperatingSystem } from '../../../../domain/plan/host.ts'
import type { HostRecord } from './records.ts'
import { between } from './seeded.ts'

const server = (year: string, build: number): Facts['os'] => ({
  caption: `Microsoft Windows Server ${year} Standard`,
  version: `10.0.${build}`,
  build,
  productType: 'server',
  edition: 'ServerStandard',
  architecture: '64-bit',
})
const client = (name: string, build: number, edition: string): Facts['os'] => ({
  caption: `Microsoft Windows ${name}`,
  version: `10.0.${build}`,
  build,
  productType: 'workstation',
  edition,
  architecture: '64-bit',
})

const systems: Record<OperatingSystem, Facts['os']> = {
  'windows-server-2016': server('2016', 14393),
  'windows-server-2019': server('2019', 17763),
  'windows-server-2022': server('2022', 20348),
  'windows-server-2025': server('2025', 26100),
  'windows-10-home': client('10 Home', 19045, 'Core'),
  'windows-10-pro': client('10 Pro', 19045, 'Professional'),
  'windows-10-enterprise': client('10 Enterprise', 19045, 'Enterprise'),
  'windows-11-home': client('11 Home', 22631, 'Core'),
  'windows-11-pro': client('11 Pro', 22631, 'Professional'),
  'windows-11-enterprise': client('11 Enterprise', 22631, 'Enterprise'),
  other: client('10 Pro', 19045, 'Professional'),
}

const tooOld: Record<'server' | 'workstation', Facts['os']> = {
  server: {
    caption: 'Microsoft Windows Server 2012 R2 Standard',
    version: '6.3.9600',
    build: 9600,
    productType: 'server',
    edition: 'ServerStandard',
    architecture: '64-bit',
  },
  workstation: {
    caption: 'Microsoft Windows 8.1 Pro',
    version: '6.3.9600',
    build: 9600,
    productType: 'workstation',
    edition: 'Professional',
    architecture: '64-bit',
  },
}

/** The operating system the host reports; `old`: one that no requirement accepts. */
export function systemOf(host: HostRecord, old: boolean): Facts['os'] {
  const system = systems[host.os]
  return old ? tooOld[system.productType === 'server' ? 'server' : 'workstation'] : system
}

/** Processors, memory and the drive, in bytes. */
export function sizeOf(
  seed: number,
  host: HostRecord,
): { processors: number; memoryBytes: number; totalBytes: number; usedBytes: number } {
  const large = systems[host.os].productType === 'server'
  return {
    processors: large ? 8 : 4,
    memoryBytes: (large ? 32 : 16) * 2 ** 30,
    totalBytes: (large ? 256 : 128) * 2 ** 30,
    usedBytes: between(24_000, 40_000, seed, host.name, 'used') * 2 ** 20,
  }
}

/** Services every Windows has; start time in milliseconds. */
export const windowsServices = [
  { name: 'EventLog', startMs: 500 },
  { name: 'mpssvc', startMs: 800 },
  { name: 'Winmgmt', startMs: 1200 },
] as const

/** Ports every practice host listens on by itself. */
export const windowsPorts = [135, 445] as const
