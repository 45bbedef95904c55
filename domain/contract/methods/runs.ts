/** The methods about runs: their log, their output, and what a person asks of them. */
import { z } from 'zod'
import { GivenConfirmation } from '../../run/confirmation.ts'
import { choices } from '../../run/event.ts'
import { Failure } from '../../base/failure.ts'
import { Graph } from '../../graph/graph.ts'
import { Moment } from '../../base/moment.ts'
import { Plan } from '../../plan/plan.ts'
import { change, query } from '../define.ts'
import {
  EngineState,
  HostExamined,
  NumberedChunk,
  OutputChunk,
  RunSummary,
  SiteTime,
  RunEntry,
  TakenGraph,
} from '../shapes.ts'
import { EventShape } from '../wire.ts'
import { id, path, why, ofRun, ofRevision } from './inputs.ts'

const runRead = { summary: RunSummary, plan: Plan, time: SiteTime, engine: EngineState }

/**
 * `seq` is that of the last event that came of it; `handedOver` says that another process drives the run and did it.
 */
const Done = z.strictObject({ seq: z.int(), handedOver: z.boolean() })

export const runMethods = {
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
    'Resumes a run that was paused, or that no process is running.',
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
  'run.examine': change(
    'Looks for the one cause why a host of the run cannot be reached, changing nothing on it; a certificate or key that is seen for the first time is recorded. Refused: unknown-host, no-credential, vault-locked, and for a host that is not reached over the network.',
    z.strictObject({ ...ofRun, host: z.string().min(1).max(63) }),
    HostExamined,
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
} as const
