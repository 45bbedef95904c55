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
    'Creates a plan from the template of a layout, and stores it as a draft.',
    z.strictObject({ layout: z.enum(['pilot', 'enterprise']), name: z.string().min(1).max(80).optional() }),
    PlanView,
  ),
  'plan.open': query('Reads a plan file on this workstation; stores nothing.', z.strictObject({ path }), Opened),
  'plan.import': query(
    'Reads a plan from JSON text; stores nothing.',
    z.strictObject({ text: z.string(), folder: path.nullable().default(null) }),
    Opened,
  ),
  'plan.read': query(
    'Returns a stored revision of a plan; by default the newest.',
    z.strictObject({ planId: id, revision: revision.optional() }),
    PlanView,
  ),
  'plan.revisions': query(
    'Returns every revision of a plan, oldest first.',
    z.strictObject({ planId: id }),
    z.strictObject({ revisions: z.array(PlanRevision) }),
  ),
  'plan.check': query(
    'Checks a document. Returns problems if it is not a valid plan, else findings, which include the media on ' +
      'this workstation. The waivers of revision `of` are applied.',
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
  'plan.inspectFile': query(
    'Returns whether a media file exists on this workstation, with its size and SHA-256. A relative path starts ' +
      "from `folder`, or from the plan's folder.",
    z.strictObject({ planId: id, folder: path.nullable().default(null), file: path }),
    z.strictObject({
      path: z.string(),
      exists: z.boolean(),
      sha256: z.string().nullable(),
      size: z.number().nullable(),
    }),
  ),
  'plan.topology': query(
    'Returns the nodes, flows and open questions of a document.',
    z.strictObject({ document }),
    z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), topology: TopologyShape }), NotAPlan]),
  ),
  'plan.graph': query(
    'Compiles a document, and returns every stage, wave, gate and step.',
    z.strictObject({ document }),
    z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), graph: Graph }), NotAPlan]),
    z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), graph: TakenGraph }), NotAPlan]),
  ),
  'plan.saveDraft': change(
    'Stores a document as the draft of its plan; `planId` null creates a plan. `basedOn` is the hash of the ' +
      'edited draft. Refused if the stored draft has another hash (draft-changed).',
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
    'Stores edits that cannot be saved as a draft yet (incomplete, invalid, or in conflict with another draft), ' +
      'so that closing the window does not lose them. Replaces earlier ones.',
    z.strictObject({ planId: id, basedOn: z.string().max(64), document }),
    nothing,
  ),
  'plan.keptEdits': query(
    'Returns the unsaved edits of a plan; null if there are none. The document may be invalid.',
    z.strictObject({ planId: id }),
    z.strictObject({ edits: z.strictObject({ basedOn: z.string(), keptAt: z.number(), document }).nullable() }),
  ),
  'plan.forgetEdits': change('Deletes the unsaved edits of a plan.', z.strictObject({ planId: id }), nothing),
  'plan.lock': change(
    'Locks the revision with that hash, if every blocking finding is waived; else `locked` is null.',
    z.strictObject({ ...ofRevision, hash: z.string().min(1).max(64) }),
    z.strictObject({ locked: PlanRevision.nullable(), findings: z.array(JudgedFinding) }),
  ),
  'plan.waive': change(
    'Records that the user accepts a finding of a revision.',
    z.strictObject({
      ...ofRevision,
      check: id,
      subject: Subject,
      reason: z.string().trim().min(1).max(2000),
    }),
    z.strictObject({ findings: z.array(JudgedFinding) }),
  ),
  'plan.approvals': query(
    'Returns the approvals of a revision, and their withdrawals, oldest first.',
    z.strictObject(ofRevision),
    z.strictObject({ approvals: z.array(Approval) }),
  ),
  'plan.approve': change(
    'Records an approval of the locked revision with that hash, or its withdrawal. Refused for a draft ' +
      '(not-locked), because an edit would change what was approved.',
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
