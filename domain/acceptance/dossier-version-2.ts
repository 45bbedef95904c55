/** Version 2 of the acceptance summary holds facts, which are worded when they are shown. */
import { z } from 'zod'
import { attemptOfInstaller, byPerson, decision, dossierFormat, hostOfRun } from './dossier-shared.ts'
import { match, ofHost, sharedShape, stepOfRun } from './dossier-shared.ts'

const failure = z.strictObject({ code: z.string(), message: z.string() })

/**
 * One component on one host. `exception`: a person skipped one of its steps or excluded the host.
 * `unproven`: nothing in the log proves it. `evidence` is what the host reported last.
 */
const Placement = z.strictObject({
  ...ofHost,
  planned: z.strictObject({
    provision: z.enum(['install', 'existing']),
    byHand: z.boolean(),
    minVersion: z.string().nullable(),
    port: z.int().nullable().describe('of a Hub the HTTPS port'),
  }),
  evidence: z.array(z.string()),
  excluded: byPerson.nullable(),
  match,
})

export const stepOutcomes = ['changed', 'unchanged', 'nothing-to-do', 'skipped', 'not-done'] as const

export const DossierV2 = z.strictObject({
  format: dossierFormat,
  version: z.literal(2),
  ...sharedShape,
  placements: z.array(Placement),
  hosts: z.array(
    z.strictObject({
      ...hostOfRun,
      system: z.strictObject({ caption: z.string(), build: z.int() }).nullable(),
    }),
  ),
  installers: z.array(
    z.strictObject({ ...attemptOfInstaller, failure: failure.nullable().describe('null where the attempt succeeded') }),
  ),
  decisions: z.array(
    z.strictObject({ ...decision, after: failure.nullable().describe('the failure that was decided') }),
  ),
  everyStep: z.array(
    z.strictObject({
      ...stepOfRun,
      outcome: z.enum(stepOutcomes),
      by: z.string().nullable().describe('who skipped it'),
      reason: z.string().nullable().describe('why it was skipped, had nothing to do, or what failed'),
    }),
  ),
})
export type DossierV2 = z.infer<typeof DossierV2>
