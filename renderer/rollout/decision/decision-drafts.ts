/** Owns what was chosen and written for failures and is not decided yet: it outlives a look at the hosts, for as long as the window, and holds for the failures it was meant for only. */
import type { Choice } from '../../../domain/run/event.ts'

/** Failures are named by step and attempt: a step that fails again is another failure. */
export interface DecisionDraft {
  readonly choice: Choice
  readonly oneFirst: boolean
  /** The failures there were when it was opened. */
  readonly known: ReadonlySet<string>
  readonly picked: ReadonlySet<string>
  readonly why: string
}

const kept = new Map<string, DecisionDraft>()

/** Keeps what was said of a cause until it is decided. */
export function keepDecisionDraft(cause: string, said: DecisionDraft): void {
  kept.set(cause, said)
}

/** What was said of a cause, for those of its failures that still wait; null where none of those it was said of does. */
export function readDecisionDraft(cause: string, waiting: ReadonlySet<string>): DecisionDraft | null {
  const said = kept.get(cause)
  if (!said) return null
  const known = said.known.intersection(waiting)
  const picked = said.picked.intersection(waiting)
  if (known.size > 0 && (picked.size > 0 || said.picked.size === 0)) return { ...said, known, picked }
  kept.delete(cause)
  return null
}

/** It is decided. */
export function forgetDecisionDraft(cause: string): void {
  kept.delete(cause)
}
