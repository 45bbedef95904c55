/** Owns the contract: every method by which a window asks the application, with what goes in and what comes out. */
import { z } from 'zod'
import { Approval, approvable } from '../plan/approval.ts'
import { Catalogue } from '../plan/catalogue.ts'
import { EvidenceFile, GivenConfirmation, GivenName, mostEvidenceBytes } from '../run/confirmation.ts'
import { Dossier } from '../acceptance/dossier.ts'
import { choices } from '../run/event.ts'
import { Failure } from '../base/failure.ts'
import { Graph } from '../graph/graph.ts'
import { CredentialRef, Port, Sha256 } from '../base/ids.ts'
import { Moment } from '../base/moment.ts'
import { Plan } from '../plan/plan.ts'
import { change, query, type ApiOf, type CallOf } from './define.ts'
import {
  Attention,
  AuditRow,
  EngineState,
  HostExamined,
  JudgedFinding,
  NotAPlan,
  NumberedChunk,
  OutputChunk,
  PinShape,
  PlanRevision,
  Progress,
  RunSummary,
  SecretEntry,
  SeenHost,
  SiteTime,
  TopologyShape,
  VaultListing,
  VaultState,
} from './shapes.ts'
import { EventShape } from './wire.ts'

/**
 * A graph as a window takes it: its head only. It was compiled by the application itself, and a frozen one is held to its hash when it is read from the database; to look at each of
 * 16,000 steps once more took a window of a thousand hosts a quarter of a second before its first picture.
 */
const TakenGraph = z.custom<Graph>(
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

const nothing = z.strictObject({})
const id = z.string().min(1).max(200)
const path = z.string().min(1).max(4096)
const revision = z.int().min(1)
const why = z.string().max(2000)
/** A document that may not be a plan yet: it is read and refused with problems, never trusted. */
const document = z.unknown()
const ofRun = { runId: id }
const ofRevision = { planId: id, revision }

/** A plan with its place: `folder` is where its media lie and what relative paths start from; null while nobody has said. `revision` is null for one that is not stored. */
const PlanView = z.strictObject({
  planId: z.string(),
  revision: PlanRevision.nullable(),
  plan: Plan,
  folder: z.string().nullable(),
})
const Opened = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), ...PlanView.shape }), NotAPlan])

const PlanEntry = z.strictObject({
  planId: z.string(),
  name: z.string(),
  site: z.string(),
  layout: z.enum(['pilot', 'enterprise']),
  hosts: z.int(),
  runners: z.int(),
  practice: z.boolean(),
  folder: z.string().nullable(),
  revisions: z.array(PlanRevision).describe('oldest first'),
  unreadable: Failure.nullable().describe('why the newest revision cannot be read; name is then the id, numbers are 0'),
})
const RunEntry = z.strictObject({
  ...RunSummary.shape,
  planName: z.string(),
  practice: z.boolean(),
  progress: Progress.nullable().describe('null for a run that is over'),
})

const runRead = { summary: RunSummary, plan: Plan, time: SiteTime, engine: EngineState }

/** `seq` is that of the last event that came of it; `handedOver` says that another process drives the run and did it. */
const Done = z.strictObject({ seq: z.int(), handedOver: z.boolean() })

export const api = {
  whoami: query(
    'Who acts here, and where data lie.',
    nothing,
    z.strictObject({
      by: z.string(),
      version: z.string(),
      platform: z.string(),
      database: z.string(),
      dataFolder: z.string(),
      dialogs: z.boolean().describe('whether dialog.* can be asked'),
    }),
  ),
  home: query(
    'Plans, recent runs and what needs a person.',
    nothing,
    z.strictObject({
      plans: z.array(PlanEntry),
      runs: z.array(RunEntry),
      attention: z.array(Attention),
      engine: EngineState,
    }),
  ),
  catalogue: query(
    "What is documented about Exekra's components; with it a window can judge a plan by itself.",
    nothing,
    Catalogue,
  ),
  'engine.state': query('Who drives: this process, another, nobody.', nothing, EngineState),

  'control.ask': change(
    'Asks the process that drives the run to let go of it; this process drives it then. Without an answer within a minute it lets go by itself, unless it is a command line. Refused: nobody-drives, control-asked, vault-locked.',
    z.strictObject(ofRun),
    EngineState,
  ),
  'control.answer': change(
    'Answers who asks this process for control: gives it, or keeps it.',
    z.strictObject({ give: z.boolean() }),
    EngineState,
  ),

  'dialog.plan': query(
    'Lets the person choose a plan file of this computer in a dialog of the system; null where none was chosen. Refused where the shell has no dialogs (no-dialogs).',
    nothing,
    z.strictObject({ path: z.string().nullable() }),
  ),
  'dialog.folder': query(
    'The same for a folder, from where it begins.',
    z.strictObject({ title: z.string().min(1).max(200), from: path.nullable().default(null) }),
    z.strictObject({ path: z.string().nullable() }),
  ),

  'practice.make': change(
    'Makes a practice site of simulated hosts in the data folder and stores its plan as a draft.',
    z.strictObject({
      layout: z.enum(['pilot', 'enterprise']).default('enterprise'),
      runners: z.int().min(0).max(20_000).default(12),
      studios: z.int().min(0).max(20_000).optional(),
      faults: z
        .array(z.string().min(1).max(200))
        .max(1000)
        .optional()
        .describe('KIND@HOST[:STEP]; left out: a restart and a broken link'),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31)
        .default(1),
      speed: z.number().min(1).max(1000).default(20).describe('site milliseconds for each of ours'),
      virtual: z.boolean().default(false).describe('time jumps: nothing waits'),
    }),
    z.strictObject({ ...PlanView.shape, revision: PlanRevision, folder: z.string(), faults: z.array(z.string()) }),
  ),

  'plan.new': change(
    'Stores a starting document of that layout as the draft of a new plan.',
    z.strictObject({ layout: z.enum(['pilot', 'enterprise']), name: z.string().min(1).max(80).optional() }),
    PlanView,
  ),
  'plan.open': query('Reads a plan file of this computer; nothing is stored.', z.strictObject({ path }), Opened),
  'plan.import': query(
    'Reads a plan from JSON text; nothing is stored.',
    z.strictObject({ text: z.string(), folder: path.nullable().default(null) }),
    Opened,
  ),
  'plan.read': query(
    'A stored revision of a plan; the newest where none is named.',
    z.strictObject({ planId: id, revision: revision.optional() }),
    PlanView,
  ),
  'plan.revisions': query(
    'Every revision of a plan, oldest first.',
    z.strictObject({ planId: id }),
    z.strictObject({ revisions: z.array(PlanRevision) }),
  ),
  'plan.check': query(
    'Judges a document: problems where it is no plan, else findings with what the media on this computer show. Waivers of a named revision are laid over them.',
    z.strictObject({
      document,
      folder: path.nullable().default(null),
      of: z.strictObject(ofRevision).nullable().default(null),
    }),
    z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), hash: z.string(), findings: z.array(JudgedFinding) }),
      NotAPlan,
    ]),
  ),
  'plan.lookAtFile': query(
    "Looks at one file of the media on this computer: is it there, how large, which SHA-256. A relative path starts from the folder, or from the plan's own.",
    z.strictObject({ planId: id, folder: path.nullable().default(null), file: path }),
    z.strictObject({
      path: z.string(),
      exists: z.boolean(),
      sha256: z.string().nullable(),
      size: z.number().nullable(),
    }),
  ),
  'plan.topology': query(
    'Nodes, flows and open questions of a document.',
    z.strictObject({ document }),
    z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), topology: TopologyShape }), NotAPlan]),
  ),
  'plan.graph': query(
    'What a document compiles to: every stage, wave, gate and step.',
    z.strictObject({ document }),
    z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), graph: Graph }), NotAPlan]),
    z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), graph: TakenGraph }), NotAPlan]),
  ),
  'plan.saveDraft': change(
    'Stores a document as the draft of its plan. `planId` null makes a new plan. `basedOn` is the hash that was edited: another one in the database is refused (draft-changed).',
    z.strictObject({
      planId: id.nullable(),
      document,
      folder: path.nullable().default(null),
      basedOn: z.string().max(64).nullable().default(null),
    }),
    z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), revision: PlanRevision, folder: z.string().nullable() }),
      NotAPlan,
    ]),
  ),
  'plan.keepEdits': change(
    'Keeps edits that are no draft yet, so that they outlive the window: half typed, refused, or in the way of what somebody else stored. Those kept before are forgotten.',
    z.strictObject({ planId: id, basedOn: z.string().max(64), document }),
    nothing,
  ),
  'plan.keptEdits': query(
    'The edits of a plan that are kept; null where none are. The document may be no plan.',
    z.strictObject({ planId: id }),
    z.strictObject({ edits: z.strictObject({ basedOn: z.string(), keptAt: z.number(), document }).nullable() }),
  ),
  'plan.forgetEdits': change(
    'Forgets the kept edits of a plan: they are a draft now, or were given up.',
    z.strictObject({ planId: id }),
    nothing,
  ),
  'plan.lock': change(
    'Locks the revision of that hash, if nothing blocks that is not waived. `locked` is null where something does.',
    z.strictObject({ ...ofRevision, hash: z.string().min(1).max(64) }),
    z.strictObject({ locked: PlanRevision.nullable(), findings: z.array(JudgedFinding) }),
  ),
  'plan.waive': change(
    'Records that the person goes on despite a finding of that revision.',
    z.strictObject({
      ...ofRevision,
      check: id,
      subject: z.string().min(1).max(500),
      reason: z.string().trim().min(1).max(2000),
    }),
    z.strictObject({ findings: z.array(JudgedFinding) }),
  ),

  'plan.approvals': query(
    'Every word about a revision, oldest first: who approved what of it, and who took that back.',
    z.strictObject(ofRevision),
    z.strictObject({ approvals: z.array(Approval) }),
  ),
  'plan.approve': change(
    'Writes down that somebody approves a locked revision of that hash, or takes it back. Refused for a draft (not-locked): one edit would make it another.',
    z.strictObject({
      ...ofRevision,
      hash: z.string().min(1).max(64),
      verdict: Approval.shape.verdict,
      who: Approval.shape.who,
      of: z.enum(approvable),
      why: Approval.shape.why,
    }),
    z.strictObject({ approvals: z.array(Approval) }),
  ),

  'survey.start': change(
    'Begins to visit the hosts of a revision, changing nothing on them. Named hosts are asked again and the answers of others stay; else an earlier survey of that revision is forgotten.',
    z.strictObject({
      ...ofRevision,
      folder: path.nullable().default(null),
      hosts: z.array(z.string().min(1).max(63)).min(1).max(20_000).optional(),
    }),
    z.strictObject({ surveyId: z.string() }),
  ),
  'survey.stop': change('Ends a survey; what was seen stays.', z.strictObject({ surveyId: id }), nothing),
  'survey.result': query(
    'What the newest survey of a revision has seen so far, whoever made it; null where there is none.',
    z.strictObject({
      ...ofRevision,
      after: z.int().min(0).default(0).describe('the number of the last answer that the caller has of this survey'),
    }),
    z
      .strictObject({
        surveyId: z.string(),
        status: z
          .enum(['running', 'done', 'stopped', 'failed', 'unended'])
          .describe('unended: begun by another process that has not said how it ended'),
        by: z.string(),
        startedAt: z.number(),
        endedAt: z.number().nullable(),
        failure: Failure.nullable(),
        planChanged: z.boolean().describe('the revision has been edited since'),
        total: z.int().describe('hosts of the revision that are visited'),
        visiting: z.array(z.string()),
        hosts: z.array(SeenHost).describe('in the order in which they were seen'),
      })
      .nullable(),
  ),

  'runs.list': query(
    'Every run, newest first; those of one plan where it is named.',
    z.strictObject({ planId: id.optional() }),
    z.strictObject({ runs: z.array(RunEntry) }),
  ),
  'run.start': change(
    'Compiles a locked revision, creates its run and drives it in this process. Refused: blocked, vault-locked, run-unfinished, engine-busy, lease-held.',
    z.strictObject({ ...ofRevision, folder: path.nullable().default(null) }),
    z.strictObject({ runId: z.string(), seq: z.int() }),
  ),
  'run.read': query(
    'A run with its plan and its graph; its events come by the stream.',
    z.strictObject(ofRun),
    z.strictObject({ ...runRead, graph: Graph }),
    z.strictObject({ ...runRead, graph: TakenGraph }),
  ),
  'run.events': query(
    'Events after a seq, in order; `lastSeq` is the end of the log.',
    z.strictObject({ ...ofRun, after: z.int().min(0).default(0), limit: z.int().min(1).max(5000).default(1000) }),
    z.strictObject({ events: z.array(EventShape), lastSeq: z.int() }),
  ),
  'run.resume': change(
    'Goes on with a run that was paused, or that nobody drives.',
    z.strictObject({ ...ofRun, why: why.default('') }),
    Done,
  ),
  'run.pause': change(
    'What is under way is finished, nothing new begins.',
    z.strictObject({ ...ofRun, why: why.default('') }),
    Done,
  ),
  'run.cancel': change(
    'Attempts under way end by themselves, staged files are cleared, nothing else is undone.',
    z.strictObject({ ...ofRun, why: z.string().trim().min(1).max(2000) }),
    Done,
  ),
  'run.setWindow': change(
    'Says when the change window of a run closes (milliseconds since 1970; null: no window). Every shell shows it; it holds nothing up.',
    z.strictObject({ ...ofRun, closesAt: Moment.nullable() }),
    Done,
  ),
  'run.decide': change(
    'One decision for one or more steps that wait for one. Each is judged by itself; the refused ones say why. The run goes on by itself.',
    z.strictObject({ ...ofRun, steps: z.array(id).min(1).max(20_000), choice: z.enum(choices), why: why.default('') }),
    z.strictObject({
      ...Done.shape,
      decided: z.array(z.string()),
      refused: z.array(z.strictObject({ step: z.string(), failure: Failure })),
    }),
  ),
  'run.openGate': change(
    'Opens the gate that waits, with each item of its checklist as it was confirmed. The run goes on by itself. Files that are named must be kept before (unknown-evidence).',
    z.strictObject({ ...ofRun, gate: id, why, confirmed: z.array(GivenConfirmation).max(100).default([]) }),
    Done,
  ),
  'evidence.put': change(
    'Keeps a file (base64) as evidence for a gate of the run, and says what of it goes into the log. Refused: file-too-large, file-empty, evidence-full, secret-in-evidence.',
    z.strictObject({ ...ofRun, name: GivenName, base64: z.string().max(Math.ceil(mostEvidenceBytes / 3) * 4) }),
    EvidenceFile,
  ),
  'evidence.read': query(
    'A file that was kept as evidence.',
    z.strictObject({ ...ofRun, sha256: Sha256 }),
    z.strictObject({ base64: z.string() }),
  ),
  'evidence.remove': change(
    'Forgets a file of evidence that no gate was opened with.',
    z.strictObject({ ...ofRun, sha256: Sha256 }),
    nothing,
  ),

  'run.examine': change(
    'Looks for the one cause why a host of the run cannot be reached, changing nothing on it; a certificate or key that is seen for the first time is recorded. Refused: unknown-host, no-credential, vault-locked, and for a host that is not reached over the network.',
    z.strictObject({ ...ofRun, host: z.string().min(1).max(63) }),
    HostExamined,
  ),

  'dossier.read': query(
    'The acceptance summary of a run, made from its log; null while the run is not over.',
    z.strictObject(ofRun),
    z.strictObject({ dossier: Dossier.nullable() }),
  ),
  'dossier.write': query(
    'The acceptance summary as a file to be saved.',
    z.strictObject({
      ...ofRun,
      format: z.enum(['json', 'html']),
      everyStep: z
        .boolean()
        .describe('HTML with the table of every step, or without, as the page shows it; JSON is whole either way'),
    }),
    z.strictObject({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  ),

  'dossier.sign': change(
    'Puts a name under the summary whose seal was seen: signed here by the person at this window, or as a line to sign on paper. Refused: run-unfinished, summary-changed, signed-already.',
    z.strictObject({
      ...ofRun,
      name: z.string().trim().min(1).max(120),
      role: z.string().trim().min(1).max(120),
      seen: Sha256,
      here: z.boolean(),
    }),
    z.strictObject({ dossier: Dossier }),
  ),
  'dossier.removeLine': change(
    'Takes a line away that nobody has signed.',
    z.strictObject({ ...ofRun, number: z.int().min(1) }),
    z.strictObject({ dossier: Dossier }),
  ),

  'output.read': query(
    'Output of an attempt from a byte offset on; go on from `next`. Empty chunks mean that there is no more for now.',
    z.strictObject({
      ...ofRun,
      step: id,
      attempt: z.int().min(1),
      from: z.int().min(0).default(0),
      maxBytes: z
        .int()
        .min(1)
        .max(4 * 2 ** 20)
        .default(256 * 1024),
    }),
    z.strictObject({ chunks: z.array(OutputChunk), next: z.int(), leftOut: z.int() }),
  ),
  'output.readAll': query(
    'Output of all attempts of a run in the order in which it came, about `maxBytes` of it: the first after a number, or the last before one (null: the newest of all). No chunks mean that there is no more that way for now.',
    z.strictObject({
      ...ofRun,
      where: z.union([
        z.strictObject({ after: z.int().min(0) }),
        z.strictObject({ before: z.int().min(1).nullable() }),
      ]),
      maxBytes: z
        .int()
        .min(1)
        .max(4 * 2 ** 20)
        .default(256 * 1024),
    }),
    z.strictObject({ chunks: z.array(NumberedChunk) }),
  ),

  'trust.list': query(
    'Every host key and certificate that is pinned.',
    nothing,
    z.strictObject({ pins: z.array(PinShape) }),
  ),
  'trust.remove': change(
    'Forgets a pin, because a person says why the host has a new identity.',
    z.strictObject({ address: z.string().min(1).max(255), port: Port, why: z.string().trim().min(1).max(2000) }),
    nothing,
  ),
  'trust.import': change(
    'Pins what the text of a known_hosts file knows of the hosts of a revision that are reached by SSH. Refused where one of them is pinned with another key (host-key-changed); nothing is pinned then.',
    z.strictObject({ ...ofRevision, text: z.string().max(8 * 2 ** 20) }),
    z.strictObject({
      pinned: z.array(z.strictObject({ address: z.string(), port: z.int(), fingerprint: z.string() })),
      unknown: z.array(z.string()),
      notes: z.array(z.string()),
    }),
  ),
  'media.list': query(
    'Every file that the newest revision of each plan names, as it lies on this computer: right, another content, missing, or not held to a hash.',
    nothing,
    z.strictObject({
      plans: z.array(
        z.strictObject({
          planId: z.string(),
          planName: z.string(),
          folder: z.string(),
          chosen: z.boolean().describe('whether somebody named the folder'),
          files: z.array(
            z.strictObject({
              owner: z.string(),
              file: z.string(),
              wanted: z.string().nullable(),
              sha256: z.string().nullable(),
              size: z.number().nullable(),
              state: z.enum(['right', 'another', 'missing', 'not-held']),
            }),
          ),
        }),
      ),
    }),
  ),
  'media.setFolder': change(
    'Says where the media of a plan lie on this computer.',
    z.strictObject({ planId: id, folder: path }),
    nothing,
  ),
  'database.backup': change(
    'Copies the database to a file that does not exist yet, while work goes on.',
    z.strictObject({ to: path }),
    z.strictObject({ kind: z.enum(['consistent', 'salvaged']), files: z.array(z.string()) }),
  ),
  'audit.read': query(
    'Who did what and when, newest first, and whether the chain of hashes holds from the first row to the last.',
    z.strictObject({
      before: z.int().min(1).optional().describe('rows with a smaller number'),
      limit: z.int().min(1).max(2000).default(500),
    }),
    z.strictObject({
      rows: z.array(AuditRow),
      verdict: z.discriminatedUnion('ok', [
        z.strictObject({ ok: z.literal(true), rows: z.int(), head: z.string() }),
        z.strictObject({ ok: z.literal(false), row: z.int(), why: z.string() }),
      ]),
    }),
  ),

  'vault.state': query('Is there a vault file, and is it unlocked in this process?', nothing, VaultState),
  'vault.unlock': change(
    'Unlocks the vault for this process; a wrong passphrase is refused (vault-wrong-passphrase), and any where the system keeps it (vault-not-locked).',
    z.strictObject({ passphrase: z.string().min(1).max(1024) }),
    VaultState,
  ),
  'vault.changePassphrase': change(
    'Puts the vault under another passphrase; other processes must be given the new one. Refused: vault-wrong-passphrase, vault-passphrase-unfit, vault-missing, vault-changed, vault-not-locked (the system keeps it).',
    z.strictObject({ current: z.string().min(1).max(1024), fresh: z.string().min(1).max(1024) }),
    VaultState,
  ),
  'vault.list': query(
    'Names and kinds of the entries. A secret never comes out.',
    nothing,
    z.strictObject({ ...VaultState.shape, entries: z.array(VaultListing) }),
  ),
  'vault.set': change(
    'Adds or replaces an entry.',
    z.strictObject({ name: CredentialRef, entry: SecretEntry }),
    nothing,
  ),
  'vault.remove': change('Removes an entry.', z.strictObject({ name: CredentialRef }), nothing),
} as const

export type Contract = typeof api
export type MethodName = keyof Contract
/** What main/app implements. */
export type Api = ApiOf<Contract>
/** What a window holds: `await call('plan.read', { planId })`. */
export type Call = CallOf<Contract>
