/** A person's confirmation of one item of a gate's checklist: when, a note, and files as evidence. */
import { z } from 'zod'
import { confirmationText } from './text.ts'
import { Sha256, Moment } from '../base/ids.ts'

/** The most bytes of one file of evidence, and of all those of a run together: they are kept in the database. */
export const mostEvidenceBytes = 10 * 2 ** 20
export const mostEvidenceOfRun = 100 * 2 ** 20

// Redacting short secrets makes a text at most twice as long; the log must still accept what the window accepted.
const mostName = 200
const mostNote = 300

/** A file that was kept as evidence; `size` in bytes. */
export const EvidenceFile = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(2 * mostName),
  size: z.int().min(1).max(mostEvidenceBytes),
  sha256: Sha256,
})
export type EvidenceFile = z.infer<typeof EvidenceFile>

/** One item, confirmed at a moment (milliseconds since 1970) by whoever opens the gate. */
export const Confirmation = z.strictObject({
  item: z.string().min(1).max(1000),
  at: Moment,
  note: z.string().max(2 * mostNote),
  files: z.array(EvidenceFile).max(20),
})
export type Confirmation = z.infer<typeof Confirmation>

/** A confirmation and the name of a file as a person gives them. */
export const GivenConfirmation = Confirmation.extend({ note: z.string().max(mostNote) })
export const GivenName = z.string().trim().min(1).max(mostName)

/**
 * Why these confirmations do not open a gate with that checklist; null where they do.
 * An empty list opens it as well: then the reason covers all items.
 */
export function confirmationProblem(checklist: readonly string[], confirmed: readonly Confirmation[]): string | null {
  if (confirmed.length === 0) return null
  const unknown = confirmed.find(({ item }) => !checklist.includes(item))
  if (unknown) return confirmationText.notOnChecklist(unknown.item)
  const left = checklist.filter((item) => !confirmed.some((confirmation) => confirmation.item === item)).length
  return left === 0 ? null : confirmationText.notConfirmed(left)
}
