/** Arbitrary plans and facts for property tests: everything that reads, however unwise. */
import fc from 'fast-check'
import type { Facts } from '../../domain/remote/facts.ts'
import { operatingSystems } from '../../domain/plan/host.ts'
import { componentNames } from '../../domain/base/ids.ts'
import { readPlan, type Plan } from '../../domain/plan/plan.ts'
import type { PlanDocument } from './plan.ts'

const port = fc.oneof(fc.constantFrom(22, 4545, 5000, 5432), fc.integer({ min: 1, max: 65535 }))
const address = fc.oneof(
  fc.ipV4(),
  fc.constantFrom('hub.corp.local', '10.0.0.1', '::1', 'fe80::1', 'hub01.site.example'),
)
const sha256 = fc.constantFrom('a'.repeat(64), 'B'.repeat(64))
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.constantFrom('\\\\server\\share\\x', 'PASSWORD=x', '{media}', 'C:\\x'),
)
const maybe = <K extends string, T>(key: K, value: fc.Arbitrary<T>) =>
  fc
    .option(value, { nil: undefined })
    .map((v): Partial<Record<K, T>> => (v === undefined ? {} : ({ [key]: v } as Record<K, T>)))

const reach = fc.oneof(
  port.map((p) => ({ kind: 'ssh' as const, port: p })),
  fc.record({ kind: fc.constant('winrm' as const), tls: fc.boolean() }),
  port.map((p) => ({ kind: 'winrm' as const, port: p })),
  fc.constantFrom(
    { kind: 'auto' as const },
    { kind: 'local' as const },
    { kind: 'simulated' as const },
    { kind: 'unmanaged' as const },
  ),
)

const host = (name: string): fc.Arbitrary<PlanDocument['hosts'][number]> =>
  fc
    .tuple(address, reach, maybe('os', fc.constantFrom(...operatingSystems)), maybe('credential', fc.constant('site')))
    .map(([at, how, os, credential]) => ({ name, address: at, reach: how, ...os, ...credential }))

const artefact = fc
  .tuple(text, maybe('sha256', sha256), maybe('signer', fc.constant('AB'.repeat(20))))
  .map(([file, hash, signer]) => ({ file, ...hash, ...signer }))
const detect = fc.constantFrom(
  { service: 'ExekraHubService' },
  { file: 'C:\\x.exe' },
  { uninstallName: 'x', minVersion: '1.0' },
)
const installer = fc.oneof(
  fc.record({
    mode: fc.constant('unattended' as const),
    artefact,
    extra: fc.array(artefact, { maxLength: 2 }),
    arguments: fc.array(text, { maxLength: 3 }),
    detect,
    environment: fc.dictionary(
      fc.constantFrom('A', 'PGPASSWORD', 'DATABASE_URL'),
      fc.oneof(
        text.map((t) => ({ text: t })),
        fc.constant({ secret: 'x' }),
      ),
      { maxKeys: 2 },
    ),
  }),
  fc.record({
    mode: fc.constant('by-hand' as const),
    instructions: fc.array(text, { minLength: 1, maxLength: 2 }),
    detect,
  }),
)

/** Plans that read: any number of hosts up to 8, any placements, any choice of everything else. */
export const arbitraryPlan: fc.Arbitrary<Plan> = fc.integer({ min: 0, max: 8 }).chain((count) => {
  const names = Array.from({ length: count }, (_, i) => `H${i}`)
  const environments = ['Development', 'Production']
  const placement = fc
    .record({
      component: fc.constantFrom(...componentNames),
      host: fc.constantFrom(...(count > 0 ? names : ['none'])),
      provision: fc.constantFrom('install' as const, 'existing' as const),
    })
    .chain((base) =>
      maybe('environment', fc.constantFrom(...environments)).map((environment) => ({ ...base, ...environment })),
    )
  return fc
    .record({
      format: fc.constant('exekra-rollout-plan' as const),
      version: fc.constant(1 as const),
      name: fc.constant('Any'),
      site: fc.record({ name: fc.constant('Any'), internet: fc.boolean() }),
      layout: fc.constantFrom('pilot' as const, 'enterprise' as const),
      hosts: fc.tuple(...names.map(host)),
      placements:
        count === 0
          ? fc.constant([])
          : fc.uniqueArray(placement, { maxLength: 16, selector: (p) => `${p.component} ${p.host}` }),
      hub: fc.record({ address, httpsPort: port }),
      database: fc.oneof(
        fc.record({ kind: fc.constant('placed' as const), port, version: fc.integer({ min: 9, max: 18 }) }),
        fc.record({ kind: fc.constant('managed' as const), address, port }),
      ),
      redis: fc.oneof(
        fc.constant({ kind: 'bundled' as const }),
        fc.record({ kind: fc.constant('placed' as const), port }),
        fc.record({ kind: fc.constant('managed' as const), address, port }),
      ),
      certificate: fc.oneof(
        fc.constant({ strategy: 'self-signed' as const }),
        maybe('trust', artefact).map((trust) => ({ strategy: 'operator' as const, ...trust })),
      ),
      environments: fc.constant(environments.map((name) => ({ name }))),
      licence: fc.record({ mode: fc.constantFrom('online' as const, 'air-gapped' as const) }),
      installers: fc.dictionary(fc.constantFrom(...componentNames), installer, { maxKeys: 5 }),
      rollout: fc.record({
        stopAtFailedPercent: fc.integer({ min: 1, max: 100 }),
        waves: fc.record({
          runner: fc.record({ canary: fc.integer({ min: 0, max: 5 }), batch: fc.constantFrom(1, 2, '25%', '100%') }),
        }),
      }),
    })
    .map((document) => {
      const reading = readPlan(document)
      if (!reading.ok)
        throw new Error(reading.problems.map((problem) => `${problem.path} ${problem.message}`).join('; '))
      return reading.plan
    })
})

/** Facts of any kind, healthy or not. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc.record({
  hostName: fc.constantFrom('H0', 'H1', '', 'WIN-X'),
  domain: fc.constantFrom(null, 'corp.local'),
  os: fc.record({
    caption: fc.string(),
    version: fc.constant('10.0'),
    build: fc.integer({ min: 0, max: 30_000 }),
    productType: fc.constantFrom(
      'workstation' as const,
      'domain-controller' as const,
      'server' as const,
      'unknown' as const,
    ),
    edition: fc.constantFrom(null, 'Core', 'Professional', 'Enterprise', 'ServerStandard'),
    architecture: fc.constantFrom('64-bit', '32-bit', 'ARM 64-bit', ''),
  }),
  powershell: fc.record({ version: fc.constantFrom('5.1.1', '4.0', '', 'x'), edition: fc.constant('Desktop') }),
  processors: fc.constantFrom(null, 4),
  memoryBytes: fc.constantFrom(null, 2 ** 34),
  drives: fc.array(fc.record({ name: fc.constantFrom('C:', 'D:', '/'), freeBytes: fc.nat(), totalBytes: fc.nat() }), {
    maxLength: 2,
  }),
  bootId: fc.string(),
  bootTime: fc.constant('2026-11-20T06:00:00.000Z'),
  clock: fc.constantFrom('2026-11-23T20:00:00.000Z', 'soon', ''),
  pendingReboot: fc.array(
    fc.record({
      kind: fc.constantFrom('file-rename' as const, 'windows-update' as const),
      evidence: fc.array(fc.string(), { maxLength: 5 }),
    }),
    { maxLength: 2 },
  ),
  administrator: fc.boolean(),
  listening: fc.array(port, { maxLength: 4 }),
  services: fc.array(fc.record({ name: fc.constantFrom('ExekraHubService', 'x'), status: fc.constant('Running') }), {
    maxLength: 2,
  }),
})
