/** The methods about plans: read, checked, stored, locked, approved. */
import { z } from 'zod'
import { Subject } from '../../base/subject.ts'
import { Approval, approvable } from '../../plan/approval.ts'
import { Graph } from '../../graph/graph.ts'
import { change, query } from '../define.ts'
import { JudgedFinding, NotAPlan, PlanRevision, TopologyShape, PlanView, TakenGraph } from '../shapes.ts'
import { nothing, id, path, revision, document, ofRevision } from './inputs.ts'

const Opened = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), ...PlanView.shape }), NotAPlan])

export const planMethods = {
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
      subject: Subject,
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
} as const
