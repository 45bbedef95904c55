/** The plan document, version 1: its schema and its reader. */
import { z } from 'zod'
import { Host } from './host.ts'
import { Address, CredentialRef, HostName, Port, Sha256, componentNames } from '../base/ids.ts'
import { Artefact, Installer } from './installer.ts'
import { referenceText, valueText } from './text.ts'
import { toProblems, type PlanProblem } from './plan-problem.ts'

export type { PlanProblem } from './plan-problem.ts'

const name = z.string().min(1).max(80)
/** The name of a plan, a site or an environment. */
export const PlanName = name

/** One component on one host. `existing`: it exists already, and Rollout only connects to it. */
export const Placement = z.strictObject({
  component: z.enum(componentNames).describe('The component.'),
  host: HostName.meta({ description: 'The host, by its name in hosts.', examples: ['HUB01'] }),
  provision: z
    .enum(['install', 'existing'])
    .default('install')
    .describe('Install the component, or connect to one that exists.'),
  environment: name
    .optional()
    .meta({ description: 'The environment of a Runner, by its name in environments.', examples: ['Production'] }),
})
export type Placement = z.infer<typeof Placement>

const databasePort = Port.meta({ description: 'The port of PostgreSQL. Exekra documents none.', examples: [5432] })
const versionText = valueText.wholeNumberFrom(1, 16)
const databaseVersion = z
  .int(versionText)
  .min(1, versionText)
  .optional()
  .meta({ description: 'The major version of PostgreSQL, as planned.', examples: [16] })
const redisPort = Port.meta({ description: 'The port of Redis. Exekra documents none.', examples: [6379] })
const serverAddress = Address.meta({ description: 'The address of the server.', examples: ['db.site.example'] })

// Exekra states neither database nor Redis port: both are always the operator's.
const Database = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('placed').describe('PostgreSQL is on a host of this plan.'),
    port: databasePort,
    version: databaseVersion,
  }),
  z.strictObject({
    kind: z.literal('managed').describe('Someone else runs PostgreSQL.'),
    address: serverAddress,
    port: databasePort,
    version: databaseVersion,
  }),
])

const Redis = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bundled').describe('The Redis that the Hub installer brings.') }),
  z.strictObject({ kind: z.literal('placed').describe('Redis is on a host of this plan.'), port: redisPort }),
  z.strictObject({
    kind: z.literal('managed').describe('Someone else runs Redis.'),
    address: serverAddress,
    port: redisPort,
  }),
])

/** `trust` is the certificate (DER or PEM file) that Studio and Runner hosts must trust, if they do not already. */
const Certificate = z.discriminatedUnion('strategy', [
  z.strictObject({
    strategy: z.literal('operator').describe('You supply the certificate of the Hub.'),
    sha256: Sha256.optional().meta({
      description:
        'The SHA-256 of the certificate that the Hub must show. Without it Rollout trusts the first one it sees.',
      examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    }),
    trust: Artefact.optional().describe(
      'The certificate file that Studio and Runner hosts must trust, if they do not trust it already.',
    ),
  }),
  z.strictObject({
    strategy: z.literal('self-signed').describe('The Hub installer generates the certificate: pilot only.'),
  }),
])

const { batch: batchText } = valueText
const canaryText = valueText.wholeNumberFrom(0, 1)
const concurrencyText = valueText.wholeNumber(1, 64)
const percentText = valueText.wholeNumber(1, 100)
const runnersText = valueText.wholeNumberFrom(1, 40)
const Batch = z.union([z.int().min(1, batchText), z.string().regex(/^(100|[1-9]\d?)%$/, batchText)], batchText)
const Waves = z.strictObject({
  canary: z
    .int(canaryText)
    .min(0, canaryText)
    .default(1)
    .describe('How many hosts go first and must finish before the others begin.'),
  batch: Batch.default('25%').describe('How many hosts each later wave has: a number or a percentage.'),
})

const RolloutPolicy = z.strictObject({
  concurrency: z
    .int(concurrencyText)
    .min(1, concurrencyText)
    .max(64, concurrencyText)
    .default(16)
    .describe('How many hosts Rollout works on at the same time.'),
  stageConcurrency: z
    .partialRecord(
      z.enum(['prerequisites', 'hub', 'studio', 'runner', 'acceptance']),
      z.int(concurrencyText).min(1, concurrencyText).max(64, concurrencyText),
    )
    .default({})
    .describe('The same limit for single stages, by stage name.'),
  stopAtFailedPercent: z
    .int(percentText)
    .min(1, percentText)
    .max(100, percentText)
    .default(25)
    .describe('Stop a stage when this share of its hosts has failed (%).'),
  waves: z
    .strictObject({
      studio: Waves.prefault({}).describe('The waves of the Studio stage.'),
      runner: Waves.prefault({}).describe('The waves of the Runner stage.'),
    })
    .prefault({})
    .describe('In which waves a stage is rolled out.'),
})

export const Plan = z.strictObject({
  format: z.literal('exekra-rollout-plan').describe('Names the file format.'),
  version: z.literal(1).describe('The version of the format.'),
  name: name.meta({ description: 'The name of the plan.', examples: ['Enterprise'] }),
  site: z
    .strictObject({
      name: name.meta({ description: 'The name of the site.', examples: ['Plant North'] }),
      internet: z.boolean().default(false).describe('Whether the site reaches the internet.'),
    })
    .describe('The place the plan is for.'),
  layout: z.enum(['pilot', 'enterprise']).describe('Which documented layout the site follows.'),
  hosts: z.array(Host).describe('The machines.'),
  placements: z.array(Placement).describe('Which component goes on which host.'),
  hub: z
    .strictObject({
      address: Address.meta({
        description: 'The address at which Studio and Runner reach the Hub.',
        examples: ['hub.site.example'],
      }),
      httpsPort: Port.default(4545).describe('The HTTPS port of the Hub.'),
    })
    .describe('The Hub.'),
  database: Database.describe('The PostgreSQL of the Hub.'),
  redis: Redis.describe('The Redis of the Hub.'),
  certificate: Certificate.describe('The certificate of the Hub.'),
  environments: z
    .array(
      z.strictObject({
        name: name.meta({ description: 'The name of the environment.', examples: ['Production'] }),
        separation: z
          .enum(['runner-labels', 'own-hub'])
          .default('runner-labels')
          .describe('How the environment is kept apart: by Runner labels, or by a Hub of its own.'),
      }),
    )
    .default([])
    .describe('The environments, for example Development and Production.'),
  licence: z
    .strictObject({
      mode: z.enum(['online', 'air-gapped']).describe('How the licence is activated.'),
      runners: z
        .int(runnersText)
        .min(1, runnersText)
        .optional()
        .meta({ description: 'How many Runners the licence allows.', examples: [40] }),
    })
    .describe('The licence.'),
  // Documented as "Phase 2": kept so that it can be shown, never planned as working.
  loadBalancer: z
    .strictObject({
      address: Address.meta({ description: 'The address of the load balancer.', examples: ['lb.site.example'] }),
    })
    .optional()
    .describe(
      'A load balancer before several Hubs. Exekra documents it as Phase 2; ' +
        'Rollout shows it and installs nothing for it.',
    ),
  installers: z
    .partialRecord(z.enum(componentNames), Installer)
    .default({})
    .describe('How each component is installed, by component name.'),
  defaultCredential: CredentialRef.optional().meta({
    description: 'The vault entry for hosts without a credential of their own.',
    examples: ['site-admin'],
  }),
  rollout: RolloutPolicy.prefault({}).describe('How the rollout proceeds.'),
  // Present only in plans that `rollout practice` wrote: the file of the practice site, relative to the plan.
  practice: z
    .strictObject({
      site: z
        .string()
        .min(1)
        .meta({
          description: 'The file of the practice site, relative to the plan.',
          examples: ['practice-site.sqlite'],
        }),
    })
    .optional()
    .describe('Only in plans of a practice site.'),
})
export type Plan = z.infer<typeof Plan>

export type PlanReading =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly problems: readonly PlanProblem[] }

/**
 * Reads a plan from parsed JSON; every plan from outside passes here. Returns the plan, or every problem with its path:
 * unknown keys, wrong types, dangling references, duplicate names and bad addresses.
 */
export function readPlan(json: unknown): PlanReading {
  const parsed = Plan.safeParse(json)
  if (!parsed.success) return { ok: false, problems: toProblems(parsed.error.issues, json) }
  const problems = referenceProblems(parsed.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, plan: parsed.data }
}

/** The host of that name; throws if the plan was not read by readPlan. */
export function hostNamed(plan: Plan, hostName: string): Host {
  const host = plan.hosts.find((h) => h.name === hostName)
  if (!host) throw new Error(`no host ${hostName} in plan ${plan.name}`)
  return host
}

function referenceProblems(plan: Plan): PlanProblem[] {
  const problems: PlanProblem[] = []
  const refuse = (path: string, message: string) => void problems.push({ path, message })
  const firstByName = new Map<string, number>()
  plan.hosts.forEach((host, i) => {
    // Windows compares computer names without case; two hosts that differ only there are one.
    const key = host.name.toLowerCase()
    const first = firstByName.get(key)
    if (first !== undefined) refuse(`hosts[${i}].name`, referenceText.nameTaken(host.name, `hosts[${first}]`))
    else firstByName.set(key, i)
  })
  const hostNames = new Set(plan.hosts.map((host) => host.name))
  const environmentNames = new Set(plan.environments.map((environment) => environment.name))
  const firstEnvironment = new Map<string, number>()
  plan.environments.forEach(({ name: environment }, i) => {
    const first = firstEnvironment.get(environment.toLowerCase())
    if (first !== undefined)
      refuse(`environments[${i}].name`, referenceText.nameTaken(environment, `environments[${first}]`))
    else firstEnvironment.set(environment.toLowerCase(), i)
  })
  const placed = new Set<string>()
  plan.placements.forEach((placement, i) => {
    const at = `placements[${i}]`
    if (!hostNames.has(placement.host))
      refuse(`${at}.host`, unknownHost(placement.host, firstByName.get(placement.host.toLowerCase())))
    const key = `${placement.component} on ${placement.host}`
    if (placed.has(key)) refuse(at, referenceText.placedTwice(placement.component, placement.host))
    placed.add(key)
    if (placement.environment !== undefined && !environmentNames.has(placement.environment))
      refuse(`${at}.environment`, referenceText.environmentUnknown(placement.environment, [...environmentNames]))
  })
  return problems

  function unknownHost(wrong: string, sameWithoutCase: number | undefined): string {
    const right = sameWithoutCase === undefined ? undefined : plan.hosts[sameWithoutCase]?.name
    return right !== undefined && right !== wrong
      ? referenceText.hostCase(wrong, right)
      : referenceText.hostUnknown(wrong, [...hostNames])
  }
}
