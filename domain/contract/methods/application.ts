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
  unreadable: Failure.nullable().describe(
    'why the newest revision cannot be read; then `name` is the id and the numbers are 0',
  ),
})

export const applicationMethods = {
  whoami: query(
    'Returns the current user, the program version and the data locations.',
    nothing,
    z.strictObject({
      by: z.string(),
      version: z.string(),
      platform: z.string(),
      database: z.string(),
      dataFolder: z.string(),
      dialogs: z.boolean().describe('whether this shell has dialogs (dialog.*)'),
    }),
  ),
  home: query(
    'Returns plans, recent runs, and everything that waits for a person.',
    nothing,
    z.strictObject({
      plans: z.array(PlanEntry),
      runs: z.array(RunEntry),
      attention: z.array(Attention),
      engine: EngineState,
    }),
  ),
  catalogue: query(
    "Returns what is documented about Exekra's components; with it a window can check a plan by itself.",
    nothing,
    Catalogue,
  ),
  'engine.state': query(
    'Returns which process executes a run on this database: this one, another, or none.',
    nothing,
    EngineState,
  ),
  'control.ask': change(
    'Asks the process that executes the run to hand it over to this one. Without an answer, a window hands it ' +
      'over after a minute; a command line never does. Refused: nobody-drives, control-asked, vault-locked.',
    z.strictObject(ofRun),
    EngineState,
  ),
  'control.answer': change(
    'Answers a request for control: hands the run over, or keeps it.',
    z.strictObject({ give: z.boolean() }),
    EngineState,
  ),
  'dialog.plan': query(
    'Opens a system dialog to choose a plan file; null if the user cancels. Refused: no-dialogs.',
    nothing,
    z.strictObject({ path: z.string().nullable() }),
  ),
  'dialog.folder': query(
    'Opens a system dialog to choose a folder, starting in `from`; null if the user cancels. Refused: no-dialogs.',
    z.strictObject({ title: z.string().min(1).max(200), from: path.nullable().default(null) }),
    z.strictObject({ path: z.string().nullable() }),
  ),
  'practice.make': change(
    'Creates a practice site of simulated hosts in the data folder and stores its plan as a draft.',
    z.strictObject({
      layout: z.enum(['pilot', 'enterprise']).default('enterprise'),
      runners: z.int().min(0).max(20_000).default(12),
      studios: z.int().min(0).max(20_000).optional(),
      faults: z
        .array(z.string().min(1).max(200))
        .max(1000)
        .optional()
        .describe('KIND@HOST[:STEP]; by default a restart and a broken link'),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31)
        .default(1),
      speed: z.number().min(1).max(1000).default(20).describe('simulated milliseconds per real millisecond'),
      virtual: z.boolean().default(false).describe('time jumps ahead, so that nothing waits'),
    }),
    z.strictObject({ ...PlanView.shape, revision: PlanRevision, folder: z.string(), faults: z.array(z.string()) }),
  ),
} as const
