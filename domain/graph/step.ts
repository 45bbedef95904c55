/** Step: the smallest unit with an outcome, one kind on one host, with all the data its kind needs. */
import { z } from 'zod'
import { componentNames, stageNames } from '../base/ids.ts'
import { Artefact, Installer } from '../plan/installer.ts'

const unattended = Installer.options[0]
const byHand = Installer.options[1]

const flow = z.strictObject({
  id: z.string(),
  toAddress: z.string(),
  port: z.int(),
  why: z.string(),
  listening: z.boolean().describe('something must answer there by now; otherwise a refusal proves the path as well'),
})

/** Source of the expected certificate: the plan, the Hub host's own session, or none yet. */
const expectation = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('plan'), sha256: z.string() }),
  z.strictObject({ from: z.literal('learned') }),
  z.strictObject({ from: z.literal('first-sight') }),
])
export type CertificateExpectation = z.infer<typeof expectation>

/** What a step of each kind does; all a reviewer needs to judge it, and all the runner needs to do it. */
export const StepWork = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reach-host') }),
  z.strictObject({ kind: z.literal('collect-facts') }),
  z.strictObject({ kind: z.literal('check-host'), purpose: z.enum(['before', 'as-built']) }),
  z.strictObject({ kind: z.literal('probe-flow'), flow }),
  z.strictObject({
    kind: z.literal('stage-artefact'),
    component: z.enum(componentNames).optional(),
    artefact: Artefact,
    remotePath: z.string(),
  }),
  z.strictObject({
    kind: z.literal('verify-artefact'),
    component: z.enum(componentNames).optional(),
    artefact: Artefact,
    remotePath: z.string(),
  }),
  z.strictObject({
    kind: z.literal('run-installer'),
    component: z.enum(componentNames),
    installer: unattended,
    remotePath: z.string(),
    mediaFolder: z.string(),
    jobFolder: z.string(),
  }),
  z.strictObject({ kind: z.literal('by-hand'), component: z.enum(componentNames), installer: byHand }),
  z.strictObject({ kind: z.literal('await-service'), service: z.string(), timeoutSeconds: z.int() }),
  z.strictObject({
    kind: z.literal('open-port'),
    rule: z.strictObject({
      name: z.string(),
      displayName: z.string(),
      port: z.int(),
      remoteAddresses: z.array(z.string()).min(1),
    }),
  }),
  z.strictObject({
    kind: z.literal('trust-certificate'),
    certificate: z.discriminatedUnion('from', [
      z.strictObject({ from: z.literal('file'), artefact: Artefact }),
      z.strictObject({ from: z.literal('learned') }),
    ]),
  }),
  z.strictObject({
    kind: z.literal('await-endpoint'),
    address: z.string(),
    port: z.int(),
    expect: expectation,
    timeoutSeconds: z.int(),
  }),
  z.strictObject({ kind: z.literal('reboot-host'), timeoutSeconds: z.int() }),
  z.strictObject({ kind: z.literal('clear-staging'), root: z.string(), folder: z.string() }),
])
export type StepWork = z.infer<typeof StepWork>
export type StepKind = StepWork['kind']

export const Step = z.strictObject({
  id: z.string().describe('stage/host/kind, with what it concerns where a kind occurs twice'),
  host: z.string(),
  stage: z.enum(stageNames),
  wave: z.int().min(1),
  after: z.array(z.string()).describe('the step of the same lane, or the gate or wave, that comes before'),
  title: z.string(),
  work: StepWork,
})
export type Step = z.infer<typeof Step>

/** Kinds that run even when the run is cancelled, on hosts that were touched: nothing of ours is left behind. */
export const alwaysKinds: ReadonlySet<StepKind> = new Set<StepKind>(['clear-staging'])

/** Kinds whose apply may be repeated from any state. The others are never applied over a partial state. */
export const convergentKinds: ReadonlySet<StepKind> = new Set<StepKind>([
  'reach-host',
  'collect-facts',
  'check-host',
  'probe-flow',
  'stage-artefact',
  'verify-artefact',
  'await-service',
  'open-port',
  'trust-certificate',
  'await-endpoint',
  'clear-staging',
])

/** Kinds that only look: they pass or fail, and change nothing. */
export const lookingKinds: ReadonlySet<StepKind> = new Set<StepKind>([
  'reach-host',
  'collect-facts',
  'check-host',
  'probe-flow',
  'verify-artefact',
  'await-endpoint',
])
