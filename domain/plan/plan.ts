/** Owns the plan document, version 1: its schema, and the one way to read it from outside. */
import { z } from 'zod'
import { Host } from './host.ts'
import { Address, CredentialRef, HostName, Port, Sha256, componentNames } from '../base/ids.ts'
import { Artefact, Installer } from './installer.ts'
import { toProblems, type PlanProblem } from './plan-problem.ts'

export type { PlanProblem } from './plan-problem.ts'

const name = z.string().min(1).max(80)
/** The name of a plan, a site or an environment. */
export const PlanName = name

/** One component on one host. `existing` means: it is there already, we only connect to it. */
export const Placement = z.strictObject({
  component: z.enum(componentNames),
  host: HostName,
  provision: z.enum(['install', 'existing']).default('install'),
  environment: name.optional(),
})
export type Placement = z.infer<typeof Placement>

// Exekra states neither database nor Redis port: both are always the operator's.
const Database = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('placed'), port: Port, version: z.int().min(1).optional() }),
  z.strictObject({ kind: z.literal('managed'), address: Address, port: Port, version: z.int().min(1).optional() }),
])

const Redis = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bundled') }),
  z.strictObject({ kind: z.literal('placed'), port: Port }),
  z.strictObject({ kind: z.literal('managed'), address: Address, port: Port }),
])

/** `trust` is the certificate (DER or PEM file) that Studio and Runner hosts must trust, if they do not already. */
const Certificate = z.discriminatedUnion('strategy', [
  z.strictObject({ strategy: z.literal('operator'), sha256: Sha256.optional(), trust: Artefact.optional() }),
  z.strictObject({ strategy: z.literal('self-signed') }),
])

const batchText = 'must be a number of hosts, 1 or more, or a percentage such as "25%"'
const Batch = z.union([z.int().min(1, batchText), z.string().regex(/^(100|[1-9]\d?)%$/, batchText)], batchText)
const Waves = z.strictObject({ canary: z.int().min(0).default(1), batch: Batch.default('25%') })

const RolloutPolicy = z.strictObject({
  concurrency: z.int().min(1).max(64).default(16),
  stageConcurrency: z
    .partialRecord(z.enum(['prerequisites', 'hub', 'studio', 'runner', 'acceptance']), z.int().min(1).max(64))
    .default({}),
  stopAtFailedPercent: z.int().min(1).max(100).default(25),
  waves: z.strictObject({ studio: Waves.prefault({}), runner: Waves.prefault({}) }).prefault({}),
})

export const Plan = z.strictObject({
  format: z.literal('exekra-rollout-plan'),
  version: z.literal(1),
  name,
  site: z.strictObject({ name, internet: z.boolean().default(false) }),
  layout: z.enum(['pilot', 'enterprise']),
  hosts: z.array(Host),
  placements: z.array(Placement),
  hub: z.strictObject({ address: Address, httpsPort: Port.default(4545) }),
  database: Database,
  redis: Redis,
  certificate: Certificate,
  environments: z
    .array(z.strictObject({ name, separation: z.enum(['runner-labels', 'own-hub']).default('runner-labels') }))
    .default([]),
  licence: z.strictObject({ mode: z.enum(['online', 'air-gapped']), runners: z.int().min(1).optional() }),
  // Documented as "Phase 2": kept so that it can be shown, never planned as working.
  loadBalancer: z.strictObject({ address: Address }).optional(),
  installers: z.partialRecord(z.enum(componentNames), Installer).default({}),
  defaultCredential: CredentialRef.optional(),
  rollout: RolloutPolicy.prefault({}),
  // Present only in plans that `rollout practice` wrote: the file of the practice site, relative to the plan.
  practice: z.strictObject({ site: z.string().min(1) }).optional(),
})
export type Plan = z.infer<typeof Plan>

export type PlanReading =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly problems: readonly PlanProblem[] }

/**
 * Reads a plan from parsed JSON. The only door by which a plan comes in.
 * Unknown keys, wrong types, dangling references, duplicate names and bad addresses are refused, each with its path.
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
    if (first !== undefined)
      refuse(
        `hosts[${i}].name`,
        `${host.name} is already the name of hosts[${first}]; every host needs a name of its own`,
      )
    else firstByName.set(key, i)
  })
  const hostNames = new Set(plan.hosts.map((host) => host.name))
  const hostList = hostNames.size === 0 ? 'no hosts' : listed([...hostNames])
  const environmentNames = new Set(plan.environments.map((environment) => environment.name))
  const firstEnvironment = new Map<string, number>()
  plan.environments.forEach(({ name: environment }, i) => {
    const first = firstEnvironment.get(environment.toLowerCase())
    if (first !== undefined)
      refuse(
        `environments[${i}].name`,
        `${environment} is already the name of environments[${first}]; every environment needs a name of its own`,
      )
    else firstEnvironment.set(environment.toLowerCase(), i)
  })
  const placed = new Set<string>()
  plan.placements.forEach((placement, i) => {
    const at = `placements[${i}]`
    if (!hostNames.has(placement.host))
      refuse(
        `${at}.host`,
        `there is no host named ${placement.host}; ${meant(placement.host, firstByName.get(placement.host.toLowerCase()))}`,
      )
    const key = `${placement.component} on ${placement.host}`
    if (placed.has(key)) refuse(at, `${key} is listed twice`)
    placed.add(key)
    if (placement.environment !== undefined && !environmentNames.has(placement.environment))
      refuse(
        `${at}.environment`,
        `there is no environment named ${placement.environment}; the plan has ${environmentNames.size === 0 ? 'no environments' : listed([...environmentNames])}`,
      )
  })
  return problems

  function meant(wrong: string, sameWithoutCase: number | undefined): string {
    const right = sameWithoutCase === undefined ? undefined : plan.hosts[sameWithoutCase]?.name
    return right !== undefined && right !== wrong ? `write ${right}, letter for letter` : `the plan has ${hostList}`
  }
}

function listed(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ')
}
