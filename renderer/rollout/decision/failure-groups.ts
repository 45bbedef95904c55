/** Groups failures by cause, so that identical ones are one decision. */
import type { PendingDecision } from '../../../domain/run/pending.ts'
import type { Failure } from '../../../domain/base/failure.ts'

export interface FailureGroup {
  /** Kind and code of the failure, and kind of the step: what makes two failures one cause. */
  readonly key: string
  /** The title of the steps where they share it, else that of the first. */
  readonly title: string
  readonly failure: Failure
  readonly pending: readonly PendingDecision[]
}

/**
 * Groups pending decisions by cause: the largest group first, equal ones by key.
 * Every pending decision is in exactly one group.
 */
export function groupFailures(pending: readonly PendingDecision[]): FailureGroup[] {
  const groups = new Map<string, PendingDecision[]>()
  for (const decision of pending) {
    const key = keyOf(decision)
    const group = groups.get(key)
    if (group) group.push(decision)
    else groups.set(key, [decision])
  }
  return [...groups]
    .flatMap(([key, members]): FailureGroup[] => {
      const first = members[0]
      return first
        ? [
            {
              key,
              title: first.step.title,
              failure: first.failure,
              pending: members.toSorted((a, b) => compare(a.step.host, b.step.host)),
            },
          ]
        : []
    })
    .sort((a, b) => b.pending.length - a.pending.length || compare(a.key, b.key))
}

// The same code needs another remedy in another kind of step, and in another component.
function keyOf({ step, failure }: PendingDecision): string {
  const component = 'component' in step.work ? step.work.component : ''
  return [failure.kind, failure.code, step.work.kind, component].join('/')
}

/** Returns the lines of evidence that every failure of the group has. */
export function sharedEvidence(group: FailureGroup): ReadonlySet<string> {
  const [first, ...others] = group.pending.map(({ failure }) => new Set(failure.evidence))
  return others.reduce<ReadonlySet<string>>((shared, lines) => shared.intersection(lines), first ?? new Set<string>())
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
