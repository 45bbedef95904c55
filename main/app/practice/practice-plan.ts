/** The plan of a practice site: its simulated hosts, their addresses, and their components. */
import type { z } from 'zod'
import { type Plan, readPlan } from '../../../domain/plan/plan.ts'
import type { PracticeInstaller } from './practice-installers.ts'

export type PlanDocument = z.input<typeof Plan>
type HostDocument = PlanDocument['hosts'][number]

export type PracticeLayout = 'enterprise' | 'pilot'

/**
 * Ports a practice site uses. The Hub's is the documented default; the others are what this imagined operator chose.
 */
export const practicePorts = { hub: 4545, database: 5432, redis: 6379 } as const
export const hubAddress = '10.20.0.10'
/** The network of workstations: up to 250 of them in each of its 16 parts. */
export const workstationNetwork = '10.20.16.0/20'
export const siteFileName = 'practice-site.sqlite'

export interface PracticePlanOptions {
  readonly layout: PracticeLayout
  readonly runners: number
  readonly studios: number
  readonly installers: readonly PracticeInstaller[]
  /**
   * The Hub's own certificate and the one Studio and Runner hosts are to trust; only where the operator brings them.
   */
  readonly certificate:
    { readonly sha256: string; readonly trust: { readonly file: string; readonly sha256: string } } | undefined
}

/** The plan document of a practice site, which readPlan takes as it is. */
export function practicePlan(options: PracticePlanOptions): { document: PlanDocument; plan: Plan } {
  const { layout, runners, studios, certificate } = options
  const enterprise = layout === 'enterprise'
  const studioHosts = many(studios, (i) =>
    simulated(
      numbered('STU', 2, i),
      `10.20.${16 + Math.floor(i / 250)}.${(i % 250) + 1}`,
      'windows-11-pro',
      'workstations',
    ),
  )
  const runnerHosts = many(runners, (i) =>
    simulated(
      numbered('RUN', 3, i),
      `10.${21 + Math.floor(i / 62_500)}.${Math.floor(i / 250) % 250}.${(i % 250) + 1}`,
      i % 2 ? 'windows-10-enterprise' : 'windows-11-enterprise',
      'runners',
    ),
  )
  const server = (name: string, address: string) => simulated(name, address, 'windows-server-2022', 'servers')
  const servers = enterprise
    ? [server('HUB01', hubAddress), server('DB01', '10.20.0.20'), server('REDIS01', '10.20.0.30')]
    : [server('HUB01', hubAddress)]
  const environments = enterprise ? ['Development', 'Staging', 'Production'] : []
  const used = options.installers.filter((installer) => enterprise || installer.component !== 'redis')
  const document: PlanDocument = {
    format: 'exekra-rollout-plan',
    version: 1,
    name: enterprise ? 'Practice enterprise' : 'Practice pilot',
    site: { name: 'Practice site' },
    layout,
    hosts: [...servers, ...studioHosts, ...runnerHosts],
    placements: [
      { component: 'postgresql', host: enterprise ? 'DB01' : 'HUB01' },
      ...(enterprise ? [{ component: 'redis' as const, host: 'REDIS01' }] : []),
      { component: 'hub', host: 'HUB01' },
      ...studioHosts.map((host) => ({ component: 'studio' as const, host: host.name })),
      ...runnerHosts.map((host, i) => ({
        component: 'runner' as const,
        host: host.name,
        ...environmentOf(environments, i),
      })),
    ],
    hub: { address: hubAddress, httpsPort: practicePorts.hub },
    database: { kind: 'placed', port: practicePorts.database, version: 16 },
    redis: enterprise ? { kind: 'placed', port: practicePorts.redis } : { kind: 'bundled' },
    certificate: certificate ? { strategy: 'operator', ...certificate } : { strategy: 'self-signed' },
    environments: environments.map((name) => ({ name })),
    licence: { mode: 'air-gapped', runners: Math.max(1, runners) },
    installers: Object.fromEntries(used.map((installer) => [installer.component, installer.inPlan])),
    defaultCredential: 'practice',
    practice: { site: siteFileName },
  }
  const reading = readPlan(document)
  if (!reading.ok)
    throw new Error(
      `the practice plan does not read: ${reading.problems.map((problem) => `${problem.path} ${problem.message}`).join('; ')}`,
    )
  return { document, plan: reading.plan }
}

function environmentOf(environments: readonly string[], i: number): { environment?: string } {
  const environment = environments[i % environments.length]
  return environment === undefined ? {} : { environment }
}

function simulated(name: string, address: string, os: NonNullable<HostDocument['os']>, network: string): HostDocument {
  return { name, address, reach: { kind: 'simulated' }, os, network }
}

function numbered(prefix: string, digits: number, i: number): string {
  return `${prefix}${String(i + 1).padStart(digits, '0')}`
}

function many<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}
