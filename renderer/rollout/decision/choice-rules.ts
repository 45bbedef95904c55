/** What the decision page derives from the run before a choice is made: which choices are open, and what is missing. */
import { choicesFor, type PendingDecision } from '../../../domain/run/pending.ts'
import { choices, type Choice } from '../../../domain/run/event.ts'
import { needsReason } from '../../../domain/run/request.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { timingsOf, typical } from '../session/timings.ts'
import type { FailureGroup } from './failure-groups.ts'
import { choiceText } from './text.ts'

/** Returns the id of each failure of a group: step and attempt, since a step that fails again is another failure. */
export function failureIds(state: RunState, { pending }: FailureGroup): ReadonlyMap<string, string> {
  return new Map(
    pending.map(({ step }) => {
      const at = state.index.stepAt.get(step.id)
      const attempt = at === undefined ? 0 : (laneAt(state, at.lane).steps[at.index]?.attempt ?? 0)
      return [step.id, `${step.id} ${attempt}`]
    }),
  )
}

/** Returns for each choice why it is not available for these steps; null where it is available for all. */
export function refusalsFor(state: RunState, steps: readonly string[]): ReadonlyMap<Choice, string | null> {
  const refusals = new Map<Choice, string | null>(choices.map((choice) => [choice, null]))
  for (const step of steps)
    for (const { choice, refusal } of choicesFor(state, step))
      if (refusal !== null && (refusals.get(choice) ?? null) === null) refusals.set(choice, refusal)
  return refusals
}

/** Returns what is missing before a choice can be made; null where nothing is. `hosts` is how many are picked. */
export function whatIsMissing(
  choice: Choice,
  { hosts, refusal, why }: { readonly hosts: number; readonly refusal: string | null; readonly why: string },
): string | null {
  if (hosts === 0 && choice !== 'abort') return choiceText.noHost
  if (refusal !== null) return choiceText.notOfferedForHosts(hosts)
  return needsReason(choice) && why.trim() === '' ? choiceText.reasonMissing : null
}

/** Returns what a choice does, with the usual duration of a retry and the Runners that an exclusion leaves. */
export function choiceEffect(choice: Choice, state: RunState, plan: Plan, picked: readonly PendingDecision[]): string {
  const effect = choiceText.effects[choice](picked.length)
  const first = picked[0]
  if (choice === 'retry' && first) {
    const takes = typical(timingsOf(state), first.step)
    return takes === null ? effect : `${effect} ${choiceText.usually(takes)}`
  }
  if (choice === 'exclude' && first) {
    const runners = plan.placements
      .filter((placement) => placement.component === 'runner')
      .map((placement) => placement.host)
    const leaving = new Set(picked.map(({ step }) => step.host))
    if (!runners.some((host) => leaving.has(host))) return effect
    const left = runners.filter((host) => !leaving.has(host) && !isExcluded(state, host)).length
    return `${effect} ${choiceText.runnersLeft(left, runners.length)}`
  }
  return effect
}

function isExcluded(state: RunState, host: string): boolean {
  const n = state.index.laneOf.get(host)
  return n === undefined || laneAt(state, n).excluded !== null
}
