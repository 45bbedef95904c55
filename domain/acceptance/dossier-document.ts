/**
 * The acceptance summary as a document: sections with facts and tables, which the page and the file lay out in their
 * own way.
 */
import { dossierSections, duration, type DocumentSection } from './dossier-sections.ts'
import type { Dossier } from './dossier.ts'
import { verdictOf, wordedDossier } from './dossier-words.ts'
import { dossierHeadText } from './text.ts'

export type { DocumentCell, DocumentSection } from './dossier-sections.ts'

export interface DossierDocument {
  readonly title: string
  readonly subtitle: string
  readonly practice: boolean
  /** True until somebody has signed. */
  readonly draft: boolean
  readonly verdict: { readonly good: boolean; readonly text: string; readonly about: string }
  readonly facts: readonly { readonly title: string; readonly value: string; readonly notes: readonly string[] }[]
  readonly sections: readonly DocumentSection[]
}

/**
 * The document of a summary, with the table of every step or without. Page and file leave it out alike, and number
 * the sections after it alike. `time` writes a moment (milliseconds since 1970) for its reader.
 */
export function dossierDocument(dossier: Dossier, time: (at: number) => string, everyStep: boolean): DossierDocument {
  const worded = wordedDossier(dossier)
  const { plan, run, steps, audit, sealed, placements } = worded
  const text = dossierHeadText
  const proven = placements.filter((placement) => placement.match === 'yes').length
  return {
    title: text.title,
    subtitle: text.subtitle(plan.name, plan.site),
    practice: plan.practice,
    draft: sealed.signatures.every(({ signedAt }) => signedAt === null),
    verdict: {
      good: run.outcome === 'accepted',
      text: verdictOf(dossier),
      about: text.proven(proven, placements.length, plan.revision, time(run.endedAt)),
    },
    facts: [
      {
        title: text.plan,
        value: text.revision(plan.revision),
        notes: [text.locked(plan.lockedBy, time(plan.lockedAt)), plan.hash],
      },
      {
        title: text.run,
        value: text.fromTo(time(run.startedAt), time(run.endedAt)),
        notes: [run.id, text.took(duration(run.endedAt - run.startedAt), duration(run.atGatesMs))],
      },
      {
        title: text.steps,
        value: String(steps.total),
        notes: [
          text.stepsDone(steps.changed, steps.unchanged, steps.nothingToDo),
          text.stepsNotDone(steps.skippedByPerson, steps.notDone),
        ],
      },
      {
        title: text.operator,
        value: run.startedBy,
        notes: [audit ? text.audit(audit.rows, audit.head) : text.auditChanged],
      },
      { title: text.seal, value: text.sealKind, notes: [sealed.sha256, text.sealOf] },
    ],
    sections: dossierSections(worded, time, everyStep),
  }
}
