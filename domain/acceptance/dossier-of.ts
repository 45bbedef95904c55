/** Makes the acceptance summary from the log, in the version that the run has. */
import type { DossierContent } from './dossier.ts'
import { dossierFacts, type DossierInput } from './dossier-facts.ts'
import { versionOne } from './dossier-version-1.ts'

export type { DossierInput } from './dossier-facts.ts'

/**
 * The summary of a run that is over, without seal and signatures; null while the run is not over. The same input gives
 * the same summary.
 */
export function dossierOf(input: DossierInput): DossierContent | null {
  const found = dossierFacts(input)
  if (!found) return null
  const { facts, logVersion } = found
  if (logVersion === 1) return versionOne(facts)
  const installers = facts.installers.map(({ said: _, ...attempt }) => attempt)
  return { ...facts, format: 'exekra-rollout-dossier', version: 2, installers }
}
