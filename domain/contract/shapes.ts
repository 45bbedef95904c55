/** Schemas for domain types that cross the contract. The compiler keeps schema and type equal. */
import { z } from 'zod'
import { Diagnosis } from '../doctor/diagnosis.ts'
import { Facts } from '../remote/facts.ts'
import { Failure } from '../base/failure.ts'
import { Graph } from '../graph/graph.ts'
import { Plan } from '../plan/plan.ts'
import { Finding } from '../base/finding.ts'
import { CredentialRef, componentNames } from '../base/ids.ts'
import type { PlanProblem } from '../plan/plan-problem.ts'
import type { RunOutcome, RunStatus } from '../run/run.ts'
import type { SurveyAnswer } from '../checks/survey.ts'
import type { Flow, Topology } from '../network/topology.ts'
import { Waiver, type WaivedFinding } from '../checks/waiver.ts'

/** Milliseconds since 1970, UTC. */
const moment = z.number()

export const Problem = z.strictObject({ path: z.string(), message: z.string() }) satisfies z.ZodType<PlanProblem>

/** The problems of a document that is not a valid plan, each with its path. */
export const NotAPlan = z.strictObject({ ok: z.literal(false), problems: z.array(Problem) })

/** A finding with the waiver that accepts it; null where nobody has. */
export const JudgedFinding = Finding.extend({ waiver: Waiver.nullable() }) satisfies z.ZodType<WaivedFinding>
export type JudgedFinding = z.infer<typeof JudgedFinding>

const FlowShape = z.strictObject({
  id: z.string(),
  kind: z.enum(['product', 'management']),
  from: z.string(),
  to: z.string(),
  toAddress: z.string(),
  port: z.int(),
  protocol: z.literal('tcp'),
  purpose: z.enum(['hub-https', 'database', 'redis', 'hub-backend', 'management']),
  why: z.string(),
  source: z.string(),
  verdict: z.enum(['allow', 'must-stay-closed']),
  sameHost: z.boolean(),
}) satisfies z.ZodType<Flow>

export const TopologyShape = z.strictObject({
  nodes: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['host', 'outside']),
      address: z.string().nullable(),
      components: z.array(z.enum(componentNames)),
      network: z.string().nullable(),
      managed: z.boolean(),
    }),
  ),
  flows: z.array(FlowShape),
  open: z.array(
    z.strictObject({
      id: z.string(),
      from: z.string(),
      to: z.string(),
      why: z.string(),
      source: z.string(),
      question: z.string(),
    }),
  ),
}) satisfies z.ZodType<Topology>

/** A revision of a plan: `changedAt` is when it was locked or last edited, `hash` covers the plan's canonical JSON. */
export const PlanRevision = z.strictObject({
  planId: z.string(),
  revision: z.int().min(1),
  state: z.enum(['draft', 'locked']),
  hash: z.string(),
  changedBy: z.string(),
  changedAt: moment,
})
export type PlanRevision = z.infer<typeof PlanRevision>

/**
 * A plan and where it comes from: `folder` is where its media are and where relative paths start; null until somebody
 * sets it. `revision` is null for a plan that is not stored.
 */
export const PlanView = z.strictObject({
  planId: z.string(),
  revision: PlanRevision.nullable(),
  plan: Plan,
  folder: z.string().nullable(),
})

export const RunSummary = z.strictObject({
  runId: z.string(),
  planId: z.string(),
  revision: z.int(),
  planHash: z.string(),
  graphHash: z.string(),
  baseDir: z.string().describe("the folder that the plan's media lie in"),
  createdBy: z.string(),
  createdAt: moment,
  status: z.enum(['created', 'running', 'paused', 'cancelling', 'finished']) satisfies z.ZodType<RunStatus>,
  outcome: z
    .enum(['accepted', 'accepted-with-exceptions', 'cancelled'])
    .nullable() satisfies z.ZodType<RunOutcome | null>,
  startedAt: moment.nullable(),
  endedAt: moment.nullable(),
  lastSeq: z.int(),
  lastAt: moment,
})
export type RunSummary = z.infer<typeof RunSummary>

/**
 * Which process executes a run on the database. `executor`: this one executes `run`. `reader`: another one has the
 * lease; requests of a person are handed to it. `free`: none. `failure` is why this process stopped the run, if it
 * failed; null once it executes the run again.
 */
export const EngineState = z.strictObject({
  role: z.enum(['executor', 'reader', 'free']),
  run: z.string().nullable(),
  holder: z
    .strictObject({ by: z.string(), process: z.int(), host: z.string(), since: moment, seenAt: moment })
    .nullable(),
  failure: Failure.nullable(),
  asked: z
    .strictObject({
      by: z.string(),
      process: z.int(),
      host: z.string(),
      at: moment,
      until: moment.describe('without an answer until then, the executing process hands over by itself'),
      mine: z.boolean().describe('this process asks'),
      answer: z
        .enum(['waits', 'given', 'kept', 'none'])
        .describe('none: no answer came, and the run was not handed over'),
    })
    .nullable()
    .describe('who asks the executing process for control'),
})
export type EngineState = z.infer<typeof EngineState>

/**
 * The clock of a run. On a practice site time may pass faster: it is `now` at the moment of the reply and advances by
 * `speed` milliseconds per real millisecond. `speed` is 0 where time passes only with events (virtual time, or a
 * finished run): then the time is the last event's `at`.
 */
export const RunTime = z.strictObject({ now: moment, speed: z.number().min(0) })
export type RunTime = z.infer<typeof RunTime>

/** How far a run has come, in steps. */
export const Progress = z.strictObject({ total: z.int(), settled: z.int(), failed: z.int(), running: z.int() })

/** A run as a list shows it. */
export const RunEntry = z.strictObject({
  ...RunSummary.shape,
  planName: z.string(),
  practice: z.boolean(),
  progress: Progress.nullable().describe('null for a run that is over'),
})

/**
 * A graph as a window accepts it: only the head is validated. The application compiled it, and checks the hash of a
 * frozen one when it reads the database. Validating 16,000 steps again delayed the first picture of a window with a
 * thousand hosts by a quarter of a second.
 */
export const TakenGraph = z.custom<Graph>(
  (value) =>
    z
      .looseObject({
        format: Graph.shape.format,
        version: Graph.shape.version,
        stages: z.array(z.unknown()),
        steps: z.array(z.unknown()),
      })
      .safeParse(value).success,
)

/** Something that waits for a person, in a run that is not over. `count` is in hosts for decisions, 1 for a gate. */
export const Attention = z.strictObject({
  runId: z.string(),
  planId: z.string(),
  planName: z.string(),
  kind: z.enum(['gate', 'decision', 'by-hand', 'paused', 'not-driven']),
  title: z.string(),
  count: z.int(),
  since: moment,
  causes: z.array(z.string()).describe('codes of the failures that wait, each once; empty where none does'),
})
export type Attention = z.infer<typeof Attention>

/**
 * The answer of one host to a survey; `unreached` is null if it answered. `diagnosis` is why it did not, `door` is
 * where it was reached; older surveys have neither.
 */
export const SurveyedHost = z.strictObject({
  host: z.string(),
  unreached: Failure.nullable(),
  diagnosis: Diagnosis.nullable().default(null),
  door: z.strictObject({ address: z.string(), port: z.int() }).nullable().default(null),
  facts: Facts.nullable(),
  probes: z.array(
    z.strictObject({
      flow: FlowShape,
      outcome: z.enum(['open', 'refused', 'filtered', 'unreachable', 'unresolved']),
      detail: z.string(),
    }),
  ),
  findings: z.array(Finding),
}) satisfies z.ZodType<SurveyAnswer>
export type SurveyedHost = z.infer<typeof SurveyedHost>

/**
 * What the doctor found: what works, in order, and the one cause why the host cannot be reached; null if it can be.
 * `signedIn` false: only what comes before the sign-in was checked.
 */
export const HostExamined = z.strictObject({
  port: z.int(),
  by: z.enum(['WinRM', 'SSH']),
  well: z.array(z.string()),
  signedIn: z.boolean(),
  diagnosis: Diagnosis.nullable(),
})
export type HostExamined = z.infer<typeof HostExamined>

/** An answer as it is kept: `number` counts the answers of a revision in the order in which they came. */
export const SeenHost = SurveyedHost.extend({ number: z.int(), seenAt: moment })
export type SeenHost = z.infer<typeof SeenHost>

const text = z.string().max(65_536)

/** An entry on its way into the vault; no method gives one back. */
export const SecretEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), user: z.string().min(1).max(512), password: text }),
  z.strictObject({
    kind: z.literal('key'),
    user: z.string().min(1).max(512),
    privateKey: text,
    passphrase: text.optional(),
  }),
  z.strictObject({
    kind: z.literal('agent'),
    user: z.string().min(1).max(512),
    socket: z.string().min(1).max(4096).optional(),
  }),
  z.strictObject({ kind: z.literal('secret'), value: text }),
])
export type SecretEntry = z.infer<typeof SecretEntry>

/**
 * `none`: there is no vault file yet; the passphrase given next will be that of the file that the first entry makes.
 * `keeper` is what locks it: a passphrase, or the operating system for this user of this workstation (always unlocked).
 * `why` is why it is not the system, if that was tried.
 */
export const VaultState = z.strictObject({
  path: z.string(),
  state: z.enum(['none', 'locked', 'unlocked']),
  keeper: z.enum(['passphrase', 'system']).default('passphrase'),
  why: z.string().nullable().default(null),
})
export type VaultState = z.infer<typeof VaultState>

export const VaultListing = z.strictObject({
  name: CredentialRef,
  kind: z.enum(['password', 'key', 'agent', 'secret']),
})

/** A stretch of output. `offset` counts UTF-8 bytes from the beginning of the attempt's output. */
export const OutputChunk = z.strictObject({
  offset: z.int(),
  at: moment,
  stream: z.enum(['output', 'error', 'warning', 'verbose']),
  text: z.string(),
})
export type OutputChunk = z.infer<typeof OutputChunk>

/**
 * A stretch of the output of a whole run: which attempt wrote it, and its number among all stretches of the run, from
 * 1, in the order in which they came.
 */
export const NumberedChunk = OutputChunk.extend({ number: z.int(), step: z.string(), attempt: z.int() })
export type NumberedChunk = z.infer<typeof NumberedChunk>

/** A row of the audit; `hash` covers the row and the one before it. */
export const AuditRow = z.strictObject({
  number: z.int(),
  at: moment,
  by: z.string(),
  action: z.string(),
  subject: z.string(),
  why: z.string(),
  hash: z.string(),
})
export type AuditRow = z.infer<typeof AuditRow>

/** The identity that an address showed when it was first seen; `fingerprint` names its algorithm. */
export const PinShape = z.strictObject({
  address: z.string(),
  port: z.int(),
  fingerprint: z.string(),
  at: moment,
  by: z.string(),
})
export type PinShape = z.infer<typeof PinShape>
