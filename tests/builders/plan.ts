/**
 * Valid plans, facts and media for tests. Installer names, switches and versions are the practice site's, not
 * Exekra's.
 */
import type { z } from 'zod'
import type { Facts } from '../../domain/remote/facts.ts'
import type { Host, OperatingSystem } from '../../domain/plan/host.ts'
import type { ComponentName } from '../../domain/base/ids.ts'
import type { Installer } from '../../domain/plan/installer.ts'
import { readPlan, type Plan } from '../../domain/plan/plan.ts'

/** What may be written in a plan document, before defaults are filled in. */
export type PlanDocument = z.input<typeof Plan>
type HostDocument = PlanDocument['hosts'][number]

export interface SiteSize {
  readonly runners?: number
  readonly studios?: number
  /** Replaces whole top-level keys of the document. */
  readonly overrides?: Partial<PlanDocument>
}

/** The moment all builders agree on, ISO 8601 UTC. */
export const testMoment = '2026-11-23T20:00:00.000Z'

/** A pilot with no finding that blocks: Hub, PostgreSQL and bundled Redis on HUB01, one Studio, two Runners, simulated hosts. */
export function pilotPlan(overrides: Partial<PlanDocument> = {}, size: SiteSize = {}): Plan {
  return readOrThrow({ ...pilotDocument(size), ...size.overrides, ...overrides })
}

/** An enterprise site with no finding that blocks: HUB01, DB01, REDIS01, STUDIO01.., RUN001.. (12 Runners, 2 Studios unless said otherwise). */
export function enterprisePlan(size: SiteSize = {}): Plan {
  return readOrThrow({ ...enterpriseDocument(size), ...size.overrides })
}

/** The document behind pilotPlan, to be spoilt on purpose. */
export function pilotDocument(size: SiteSize = {}): PlanDocument {
  const studios = clients('STUDIO', 2, 1, size.studios ?? 1)
  const runners = clients('RUN', 3, 2, size.runners ?? 2)
  return {
    format: 'exekra-rollout-plan',
    version: 1,
    name: 'Pilot',
    site: { name: 'Practice site' },
    layout: 'pilot',
    hosts: [server('HUB01', '10.20.0.10'), ...studios, ...runners],
    placements: [
      { component: 'postgresql', host: 'HUB01', provision: 'existing' },
      { component: 'hub', host: 'HUB01' },
      ...studios.map((host) => ({ component: 'studio' as const, host: host.name })),
      ...runners.map((host) => ({ component: 'runner' as const, host: host.name })),
    ],
    hub: { address: '10.20.0.10' },
    database: { kind: 'placed', port: 5432, version: 16 },
    redis: { kind: 'bundled' },
    certificate: { strategy: 'self-signed' },
    licence: { mode: 'air-gapped' },
    installers: { hub: installerFor('hub'), studio: installerFor('studio'), runner: installerFor('runner') },
  }
}

/** The document behind enterprisePlan, to be spoilt on purpose. */
export function enterpriseDocument(size: SiteSize = {}): PlanDocument {
  const studios = clients('STUDIO', 2, 1, size.studios ?? 2)
  const runners = clients('RUN', 3, 2, size.runners ?? 12)
  const environments = ['Development', 'Staging', 'Production']
  return {
    format: 'exekra-rollout-plan',
    version: 1,
    name: 'Enterprise',
    site: { name: 'Practice site' },
    layout: 'enterprise',
    hosts: [
      server('HUB01', '10.20.0.10'),
      server('DB01', '10.20.0.20'),
      server('REDIS01', '10.20.0.30'),
      ...studios,
      ...runners,
    ],
    placements: [
      { component: 'postgresql', host: 'DB01' },
      { component: 'redis', host: 'REDIS01' },
      { component: 'hub', host: 'HUB01' },
      ...studios.map((host) => ({ component: 'studio' as const, host: host.name })),
      ...runners.map((host, i) => ({
        component: 'runner' as const,
        host: host.name,
        environment: environments[i % environments.length] ?? 'Production',
      })),
    ],
    hub: { address: '10.20.0.10' },
    database: { kind: 'placed', port: 5432, version: 16 },
    redis: { kind: 'placed', port: 6379 },
    certificate: {
      strategy: 'operator',
      sha256: 'c'.repeat(64),
      trust: { file: 'media/site-root.cer', sha256: 'd'.repeat(64) },
    },
    environments: environments.map((name) => ({ name })),
    licence: { mode: 'air-gapped', runners: Math.max(1, runners.length) },
    installers: {
      postgresql: installerFor('postgresql'),
      redis: installerFor('redis'),
      hub: installerFor('hub'),
      studio: installerFor('studio'),
      runner: installerFor('runner'),
    },
  }
}

/** An unattended installer of the practice site, with its hash and signer pinned. */
export function installerFor(component: ComponentName): Extract<z.input<typeof Installer>, { mode: 'unattended' }> {
  const digit = { hub: '1', postgresql: '2', redis: '3', studio: '4', runner: '5' }[component]
  return {
    mode: 'unattended',
    artefact: { file: `media/practice-${component}.exe`, sha256: digit.repeat(64), signer: 'AB'.repeat(20) },
    arguments: ['/S'],
    detect: { uninstallName: `Practice ${component}` },
  }
}

/** Facts a healthy host of that kind would report, at `testMoment`; `changes` replaces whole keys. */
export function factsFor(host: Host, changes: Partial<Facts> = {}): Facts {
  return {
    hostName: host.name.toUpperCase(),
    domain: null,
    os: osFacts(host.os ?? 'windows-server-2022'),
    powershell: { version: '5.1.20348.558', edition: 'Desktop' },
    processors: 4,
    memoryBytes: 16 * 2 ** 30,
    drives: [{ name: 'C:', freeBytes: 200 * 2 ** 30, totalBytes: 256 * 2 ** 30 }],
    bootId: `boot-${host.name}-1`,
    bootTime: '2026-11-20T06:00:00.000Z',
    clock: testMoment,
    pendingReboot: [],
    administrator: true,
    listening: [135, 445],
    services: [{ name: 'EventLog', status: 'Running' }],
    ...changes,
  }
}

/** Facts of every managed host of the plan, by host name; what the plan says to exist listens on its port. */
export function factsOf(plan: Plan): Map<string, Facts> {
  const existing = (component: ComponentName, host: string) =>
    plan.placements.some((p) => p.component === component && p.host === host && p.provision === 'existing')
  return new Map(
    plan.hosts
      .filter((host) => host.reach.kind !== 'unmanaged')
      .map((host) => {
        const ports = [
          existing('postgresql', host.name) ? plan.database.port : [],
          plan.redis.kind !== 'bundled' && existing('redis', host.name) ? plan.redis.port : [],
        ].flat()
        return [host.name, factsFor(host, { listening: [135, 445, ...ports] })]
      }),
  )
}

/** What the workstation would see of the plan's media when every file is there with its pinned hash, 1 MiB each. */
export function filesOf(plan: Plan): Map<string, { exists: boolean; sha256: string | null; size: number }> {
  const artefacts = Object.values(plan.installers).flatMap((installer) =>
    installer.mode === 'unattended' ? [installer.artefact, ...installer.extra] : [],
  )
  if (plan.certificate.strategy === 'operator' && plan.certificate.trust) artefacts.push(plan.certificate.trust)
  return new Map(
    artefacts.map((artefact) => [
      artefact.file,
      { exists: true, sha256: artefact.sha256 ?? 'e'.repeat(64), size: 2 ** 20 },
    ]),
  )
}

function readOrThrow(document: PlanDocument): Plan {
  const reading = readPlan(document)
  if (reading.ok) return reading.plan
  throw new Error(
    `the builder made a plan that does not read: ${reading.problems.map((p) => `${p.path} ${p.message}`).join('; ')}`,
  )
}

function server(name: string, address: string): HostDocument {
  return { name, address, reach: { kind: 'simulated' }, os: 'windows-server-2022' }
}

// Addresses 10.20.<block>0.1 and up, 250 to a subnet, so that thousands of hosts stay apart.
function clients(prefix: string, digits: number, block: number, count: number): HostDocument[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `${prefix}${String(i + 1).padStart(digits, '0')}`,
    address: `10.20.${block * 10 + Math.floor(i / 250)}.${(i % 250) + 1}`,
    reach: { kind: 'simulated' as const },
    os: 'windows-11-pro' as const,
  }))
}

function osFacts(os: OperatingSystem): Facts['os'] {
  const [build, caption, edition] = osTable[os]
  return {
    caption,
    version: `10.0.${build}`,
    build,
    productType: os.startsWith('windows-server') ? 'server' : 'workstation',
    edition,
    architecture: '64-bit',
  }
}

const osTable: Record<OperatingSystem, readonly [number, string, string]> = {
  'windows-server-2016': [14393, 'Microsoft Windows Server 2016 Standard', 'ServerStandard'],
  'windows-server-2019': [17763, 'Microsoft Windows Server 2019 Standard', 'ServerStandard'],
  'windows-server-2022': [20348, 'Microsoft Windows Server 2022 Standard', 'ServerStandard'],
  'windows-server-2025': [26100, 'Microsoft Windows Server 2025 Standard', 'ServerStandard'],
  'windows-10-home': [19045, 'Microsoft Windows 10 Home', 'Core'],
  'windows-10-pro': [19045, 'Microsoft Windows 10 Pro', 'Professional'],
  'windows-10-enterprise': [19045, 'Microsoft Windows 10 Enterprise', 'Enterprise'],
  'windows-11-home': [22631, 'Microsoft Windows 11 Home', 'Core'],
  'windows-11-pro': [22631, 'Microsoft Windows 11 Pro', 'Professional'],
  'windows-11-enterprise': [22631, 'Microsoft Windows 11 Enterprise', 'Enterprise'],
  other: [22631, 'Some other Windows', 'Professional'],
}
