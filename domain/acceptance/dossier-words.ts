/**
 * The one reading of both versions: what a summary says in sentences. Version 1 holds them, version 2 gets them here.
 */
import type { Dossier, DossierContent } from './dossier.ts'
import type { DossierV1 } from './dossier-version-1.ts'
import { dossierFactText, dossierHeadText } from './text.ts'

/** A summary of either version in sentences; a version 1 summary as it is sealed. */
export type WordedDossier = Omit<DossierV1, 'version'>
export type WordedPlacement = WordedDossier['placements'][number]

/** The summary in sentences, with its seal and signatures. */
export function wordedDossier(dossier: Dossier): WordedDossier {
  if (dossier.version === 1) return dossier
  return {
    ...dossier,
    placements: dossier.placements.map(({ planned, evidence, excluded, ...placement }) => ({
      ...placement,
      planned: dossierFactText.planned(placement.component, planned),
      built: excluded ? [dossierFactText.excluded(excluded.by, excluded.why)] : evidence,
    })),
    hosts: dossier.hosts.map(({ system, ...host }) => ({
      ...host,
      system: system && dossierFactText.system(system.caption, system.build),
    })),
    installers: dossier.installers.map(({ failure, ...attempt }) => ({
      ...attempt,
      said: failure?.message ?? dossierFactText.installerSucceeded,
    })),
    decisions: dossier.decisions.map(({ after, ...decision }) => ({ ...decision, after: after?.message ?? '' })),
    everyStep: dossier.everyStep.map(({ outcome, by, reason, ...step }) => ({
      ...step,
      outcome: dossierFactText.outcome({ outcome, by, reason }),
    })),
  }
}

/** Placements that read alike, in the order of the first of each: 26 Runners are one row. */
export function alikePlacements(
  placements: readonly WordedPlacement[],
): { readonly first: WordedPlacement; readonly hosts: readonly string[] }[] {
  const rows = new Map<string, { first: WordedPlacement; hosts: string[] }>()
  for (const placement of placements) {
    const key = JSON.stringify([placement.component, placement.planned, placement.built, placement.match])
    const row = rows.get(key)
    if (row) row.hosts.push(placement.host)
    else rows.set(key, { first: placement, hosts: [placement.host] })
  }
  return [...rows.values()]
}

/** The verdict in a few words. */
export function verdictOf({ run, waivers }: Pick<DossierContent, 'run' | 'waivers'>): string {
  return dossierHeadText.verdict(run.outcome, waivers.length)
}
