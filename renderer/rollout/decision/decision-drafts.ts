/**
 * Decisions that a person has begun and not yet made, kept for as long as the window is open.
 * Looking at the hosts loses nothing of them. Each applies only to the failures it was begun for.
 */
import type { Choice } from '../../../domain/run/event.ts'

/** Failures are named by step and attempt: a step that fails again is another failure. */
export interface DecisionDraft {
  readonly choice: Choice
  readonly oneFirst: boolean
  /** The failures that existed when the decision was opened. */
  readonly known: ReadonlySet<string>
  readonly picked: ReadonlySet<string>
  readonly why: string
}

const drafts = new Map<string, DecisionDraft>()

/** Keeps the draft for a cause until the decision is made. */
export function keepDecisionDraft(cause: string, draft: DecisionDraft): void {
  drafts.set(cause, draft)
}

/**
 * Returns the draft for a cause, reduced to those of its failures that still wait.
 * Returns null where there is no draft, or where none of its failures waits any more.
 */
export function readDecisionDraft(cause: string, waiting: ReadonlySet<string>): DecisionDraft | null {
  const draft = drafts.get(cause)
  if (!draft) return null
  const known = draft.known.intersection(waiting)
  const picked = draft.picked.intersection(waiting)
  if (known.size > 0 && (picked.size > 0 || draft.picked.size === 0)) return { ...draft, known, picked }
  drafts.delete(cause)
  return null
}

/** Drops the draft for a cause: its decision was made. */
export function forgetDecisionDraft(cause: string): void {
  drafts.delete(cause)
}
