/**
 * The methods about the application itself: who acts, what it knows, who controls the engine, dialogs and practice
 * sites.
 */
import { z } from 'zod'
import { Catalogue } from '../../plan/catalogue.ts'
import { Failure } from '../../base/failure.ts'
import { change, query } from '../define.ts'
import { Attention, EngineState, PlanRevision, PlanView, RunEntry } from '../shapes.ts'
import { nothing, path, ofRun } from './inputs.ts'

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

export const applicationMethods = {
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
} as const
