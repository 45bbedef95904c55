/**
 * Version 1 of the acceptance summary, frozen: it holds sentences, and their seals were signed.
 * Never reword anything here. Runs that version 0.1 created are summarized by it for ever.
 */
import { z } from 'zod'
import type { DossierFacts } from './dossier-facts.ts'
import { attemptOfInstaller, decision, dossierFormat, hostOfRun } from './dossier-shared.ts'
import { match, ofHost, sharedShape, stepOfRun } from './dossier-shared.ts'

export const DossierV1 = z.strictObject({
  format: dossierFormat,
  version: z.literal(1),
  ...sharedShape,
  placements: z.array(z.strictObject({ ...ofHost, planned: z.string(), built: z.array(z.string()), match })),
  hosts: z.array(z.strictObject({ ...hostOfRun, system: z.string().nullable() })),
  installers: z.array(z.strictObject({ ...attemptOfInstaller, said: z.string() })),
  decisions: z.array(z.strictObject({ ...decision, after: z.string().describe('the failure it answers') })),
  everyStep: z.array(z.strictObject({ ...stepOfRun, outcome: z.string() })),
})
export type DossierV1 = z.infer<typeof DossierV1>

/** The facts in the sentences of version 1. */
export function versionOne(facts: DossierFacts): Omit<DossierV1, 'sealed'> {
  return {
    ...facts,
    format: 'exekra-rollout-dossier',
    version: 1,
    placements: facts.placements.map(({ planned, evidence, excluded, ...placement }) => ({
      ...placement,
      planned: plannedOf(placement.component, planned),
      built: excluded ? [`Left out by ${excluded.by}: ${excluded.why}`] : evidence,
    })),
    hosts: facts.hosts.map(({ system, ...host }) => ({
      ...host,
      system: system && `${system.caption}, build ${system.build}`,
    })),
    installers: facts.installers.map(({ failure: _, ...installer }) => installer),
    decisions: facts.decisions.map(({ after, ...decided }) => ({ ...decided, after: after?.message ?? '' })),
    everyStep: facts.everyStep.map(({ outcome, by, reason, ...step }) => ({
      ...step,
      outcome: outcomeOf(outcome, by, reason),
    })),
  }
}

function plannedOf(
  component: string,
  { provision, byHand, minVersion, port }: DossierFacts['placements'][number]['planned'],
): string {
  if (provision === 'existing') return 'Is there already, not touched'
  const version = minVersion === null ? '' : `, version ${minVersion} or later`
  const where = port === null ? '' : component === 'hub' ? `, HTTPS ${port}` : `, port ${port}`
  return `${byHand ? 'Installed by hand' : 'Installed'}${version}${where}`
}

function outcomeOf(
  outcome: DossierFacts['everyStep'][number]['outcome'],
  by: string | null,
  reason: string | null,
): string {
  switch (outcome) {
    case 'changed':
      return 'Done'
    case 'unchanged':
      return 'Unchanged'
    case 'nothing-to-do':
      return `Nothing to do: ${reason ?? ''}`
    case 'skipped':
      return `Skipped by ${by ?? ''}: ${reason ?? ''}`
    case 'not-done':
      return reason === null ? 'Not done' : `Not done: ${reason}`
  }
}
