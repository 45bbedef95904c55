/** Graphs for tests: the shipped catalogue, random plans, and graphs of any size without a plan. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { readCatalogue, type Catalogue } from '../../domain/plan/catalogue.ts'
import { compilePlan } from '../../domain/graph/compile.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import type { ComponentName } from '../../domain/base/ids.ts'
import { readPlan, type Plan } from '../../domain/plan/plan.ts'
import type { Step } from '../../domain/graph/step.ts'
import { enterpriseDocument, installerFor, pilotDocument, type PlanDocument } from './plan.ts'

/** The catalogue as it is shipped. */
export const shippedCatalogue: Catalogue = catalogueOnDisk()

function catalogueOnDisk(): Catalogue {
  const reading = readCatalogue(
    JSON.parse(readFileSync(new URL('../../resources/catalogue/exekra.json', import.meta.url), 'utf8')),
  )
  if (!reading.ok) throw new Error(reading.problems.map((p) => `${p.path} ${p.message}`).join('; '))
  return reading.catalogue
}

/** The graph of a plan under the shipped catalogue. */
export function graphOf(plan: Plan): Graph {
  return compilePlan(plan, shippedCatalogue)
}

const batch = fc.oneof(
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
)
const waves = fc.record({ canary: fc.integer({ min: 0, max: 2 }), batch })

const variations = fc.record({
  layout: fc.constantFrom('pilot', 'enterprise'),
  runners: fc.integer({ min: 0, max: 6 }),
  studios: fc.integer({ min: 0, max: 2 }),
  redis: fc.constantFrom('bundled', 'placed', 'managed'),
  database: fc.constantFrom('install', 'existing', 'managed'),
  certificate: fc.constantFrom('self-signed', 'operator', 'operator-pinned', 'operator-trust'),
  byHand: fc.subarray<ComponentName>(['hub', 'postgresql', 'studio', 'runner']),
  extraFile: fc.boolean(),
  services: fc.boolean(),
  /** Numbers of hosts, modulo their count, that nobody may act on. */
  unmanaged: fc.array(fc.nat(20), { maxLength: 2 }),
  runnerOnStudio: fc.boolean(),
  namedClients: fc.boolean(),
  posix: fc.boolean(),
  rollout: fc.record({
    concurrency: fc.integer({ min: 1, max: 5 }),
    stageConcurrency: fc.constantFrom({}, { runner: 1 }, { runner: 2, hub: 1 }, { acceptance: 3, studio: 2 }),
    stopAtFailedPercent: fc.integer({ min: 1, max: 100 }),
    waves: fc.record({ studio: waves, runner: waves }),
  }),
})
type Variation = typeof variations extends fc.Arbitrary<infer V> ? V : never

/** Plans of every shape the document allows, small enough to run thousands of them. */
export const anyPlan: fc.Arbitrary<Plan> = variations.map(planOf)

/** Graphs of `anyPlan`. */
export const anyGraph: fc.Arbitrary<Graph> = anyPlan.map(graphOf)

function planOf(v: Variation): Plan {
  const size = { runners: v.runners, studios: v.studios }
  const document = v.layout === 'pilot' ? pilotDocument(size) : enterpriseDocument(size)
  const databaseHost = v.layout === 'pilot' ? 'HUB01' : 'DB01'
  const redisHost = v.layout === 'pilot' ? 'HUB01' : 'REDIS01'
  const others = document.placements.filter((p) => p.component !== 'postgresql' && p.component !== 'redis')
  const gone = new Set(v.unmanaged.map((n) => n % document.hosts.length))
  const made: PlanDocument = {
    ...document,
    hosts: document.hosts.map((host, i) => ({
      ...host,
      ...(gone.has(i) ? { reach: { kind: 'unmanaged' as const } } : {}),
      ...(v.namedClients && host.name.startsWith('RUN') ? { address: `${host.name.toLowerCase()}.corp.example` } : {}),
      ...(v.posix ? { workFolder: '/var/lib/rollout' } : {}),
    })),
    placements: [
      ...(v.database === 'managed'
        ? []
        : [{ component: 'postgresql' as const, host: databaseHost, provision: v.database }]),
      ...(v.redis === 'placed' ? [{ component: 'redis' as const, host: redisHost }] : []),
      ...others,
      ...(v.runnerOnStudio && v.studios > 0 ? [{ component: 'runner' as const, host: 'STUDIO01' }] : []),
    ],
    database:
      v.database === 'managed'
        ? { kind: 'managed', address: 'db.corp.example', port: 5432 }
        : { kind: 'placed', port: 5432 },
    redis:
      v.redis === 'managed'
        ? { kind: 'managed', address: '10.99.0.1', port: 6379 }
        : v.redis === 'placed'
          ? { kind: 'placed', port: 6379 }
          : { kind: 'bundled' },
    certificate: certificateOf(v),
    installers: Object.fromEntries(
      (['hub', 'postgresql', 'redis', 'studio', 'runner'] as const).map((c) => [c, installerOf(v, c)]),
    ),
    rollout: v.rollout,
  }
  const reading = readPlan(made)
  if (!reading.ok) throw new Error(reading.problems.map((p) => `${p.path} ${p.message}`).join('; '))
  return reading.plan
}

function certificateOf(v: Variation): PlanDocument['certificate'] {
  if (v.certificate === 'self-signed') return { strategy: 'self-signed' }
  return {
    strategy: 'operator',
    ...(v.certificate === 'operator-pinned' ? { sha256: 'c'.repeat(64) } : {}),
    ...(v.certificate === 'operator-trust' ? { trust: { file: 'media/root.cer', sha256: 'd'.repeat(64) } } : {}),
  }
}

function installerOf(v: Variation, component: ComponentName) {
  const services = v.services ? [`practice-${component}`] : []
  if (v.byHand.includes(component))
    return {
      mode: 'by-hand' as const,
      instructions: ['Run the setup.'],
      detect: { uninstallName: component },
      services,
    }
  const extra = v.extraFile ? [{ file: `media/${component}.json`, sha256: 'e'.repeat(64) }] : []
  return { ...installerFor(component), extra, services }
}

export interface WideGraph {
  readonly hosts: number
  readonly stepsEach: number
  readonly policy?: Partial<Graph['policy']>
  readonly canary?: number
  readonly batch?: number
}

/** One Runner stage of like hosts, without a plan: a restart step first, then `stage-artefact` steps, the last one an always-step. */
export function wideGraph({ hosts, stepsEach, policy, canary = 1, batch = hosts }: WideGraph): Graph {
  const names = Array.from({ length: hosts }, (_, i) => `RUN${String(i + 1).padStart(4, '0')}`)
  const groups = [names.slice(0, canary)].filter((group) => group.length > 0)
  for (let i = canary; i < hosts; i += batch) groups.push(names.slice(i, i + batch))
  const waves = groups.map((group, i) => ({ number: i + 1, id: `wave:runner:${i + 1}`, hosts: group }))
  const steps = waves.flatMap((wave) => wave.hosts.flatMap((host) => laneSteps(host, wave.number, stepsEach)))
  return {
    format: 'exekra-rollout-graph',
    version: 1,
    planName: 'Wide',
    stages: [{ name: 'runner', gate: null, canary: canary > 0, waves }],
    steps,
    policy: { concurrency: 16, stageConcurrency: {}, stopAtFailedPercent: 100, ...policy },
  }
}

function laneSteps(host: string, wave: number, count: number): Step[] {
  const artefact = { file: 'media/runner.exe', sha256: 'e'.repeat(64) }
  return Array.from({ length: count }, (_, i): Step => {
    const after = i === 0 ? (wave > 1 ? [`wave:runner:${wave - 1}`] : []) : [idOf(host, i - 1, count)]
    const common = { id: idOf(host, i, count), host, stage: 'runner' as const, wave, after, title: `Step ${i}` }
    if (i === 0) return { ...common, work: { kind: 'reboot-host', timeoutSeconds: 900 } }
    if (i === count - 1)
      return { ...common, work: { kind: 'clear-staging', root: 'C:\\Work', folder: 'C:\\Work\\media' } }
    return {
      ...common,
      work: { kind: 'stage-artefact', component: 'runner', artefact, remotePath: 'C:\\Work\\media\\runner.exe' },
    }
  })
}

function idOf(host: string, i: number, count: number): string {
  return `runner/${host}/${i === 0 ? 'reboot-host' : i === count - 1 ? 'clear-staging' : `stage-artefact:${i}`}`
}
