/** The methods about runs: their log, their output, and what a person asks of them. */
import { z } from 'zod'
import { GivenConfirmation } from '../../run/confirmation.ts'
import { choices } from '../../run/event.ts'
import { Failure } from '../../base/failure.ts'
import { Graph } from '../../graph/graph.ts'
import { Moment } from '../../base/ids.ts'
import { Plan } from '../../plan/plan.ts'
import { change, query } from '../define.ts'
import {
  EngineState,
  HostExamined,
  NumberedChunk,
  OutputChunk,
  RunSummary,
  RunTime,
  RunEntry,
  TakenGraph,
} from '../shapes.ts'
import { EventShape } from '../wire.ts'
import { id, path, why, ofRun, ofRevision } from './inputs.ts'

const runRead = { summary: RunSummary, plan: Plan, time: RunTime, engine: EngineState }

/** `seq` is that of the last resulting event; `handedOver`: the process that executes the run carried it out. */
const Done = z.strictObject({ seq: z.int(), handedOver: z.boolean() })

export const runMethods = {
  'runs.list': query(
    'Returns every run, or the runs of one plan, newest first.',
    z.strictObject({ planId: id.optional() }),
    z.strictObject({ runs: z.array(RunEntry) }),
  ),
  'run.start': change(
    'Compiles a locked revision, creates its run, and executes it in this process. Refused: blocked, ' +
      'vault-locked, run-unfinished, engine-busy, lease-held.',
    z.strictObject({ ...ofRevision, folder: path.nullable().default(null) }),
    z.strictObject({ runId: z.string(), seq: z.int() }),
  ),
  'run.read': query(
    'Returns a run with its plan and its graph. Its events come through the stream.',
    z.strictObject(ofRun),
    z.strictObject({ ...runRead, graph: Graph }),
    z.strictObject({ ...runRead, graph: TakenGraph }),
  ),
  'run.events': query(
    'Returns the events after a seq, in order; `lastSeq` is the end of the log.',
    z.strictObject({ ...ofRun, after: z.int().min(0).default(0), limit: z.int().min(1).max(5000).default(1000) }),
    z.strictObject({ events: z.array(EventShape), lastSeq: z.int() }),
  ),
  'run.resume': change(
    'Resumes a run that is paused or interrupted.',
    z.strictObject({ ...ofRun, why: why.default('') }),
    Done,
  ),
  'run.pause': change(
    'Pauses a run: attempts in progress finish, no new one starts.',
    z.strictObject({ ...ofRun, why: why.default('') }),
    Done,
  ),
  'run.cancel': change(
    'Cancels a run: attempts in progress finish, staged files are deleted, nothing else is undone.',
    z.strictObject({ ...ofRun, why: z.string().trim().min(1).max(2000) }),
    Done,
  ),
  'run.setWindow': change(
    'Sets when the change window of a run closes (milliseconds since 1970; null: no window). Every shell shows ' +
      'it; the run does not stop for it.',
    z.strictObject({ ...ofRun, closesAt: Moment.nullable() }),
    Done,
  ),
  'run.decide': change(
    'Applies one decision to one or more steps. Each step is judged separately, and refused ones are returned ' +
      'with the reason. The run continues by itself.',
    z.strictObject({ ...ofRun, steps: z.array(id).min(1).max(20_000), choice: z.enum(choices), why: why.default('') }),
    z.strictObject({
      ...Done.shape,
      decided: z.array(z.string()),
      refused: z.array(z.strictObject({ step: z.string(), failure: Failure })),
    }),
  ),
  'run.openGate': change(
    'Opens the pending gate, with its checklist as confirmed. The run continues by itself. Evidence files must ' +
      'be stored first (unknown-evidence).',
    z.strictObject({ ...ofRun, gate: id, why, confirmed: z.array(GivenConfirmation).max(100).default([]) }),
    Done,
  ),
  'run.examine': change(
    'Diagnoses why a host of the run cannot be reached. Changes nothing on the host; pins a certificate or host ' +
      'key that it sees for the first time. Refused: unknown-host, no-credential, vault-locked, and for hosts that ' +
      'are not reached over the network.',
    z.strictObject({ ...ofRun, host: z.string().min(1).max(63) }),
    HostExamined,
  ),
  'output.read': query(
    'Returns output of an attempt from a byte offset on; continue from `next`. No chunks: nothing more yet.',
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
    'Returns about `maxBytes` of output of all attempts of a run, in the order in which it arrived: the first ' +
      'after a number, or the last before one (null: the newest). No chunks: nothing more in that direction yet.',
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
} as const
