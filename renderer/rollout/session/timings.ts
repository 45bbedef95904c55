/** How long each kind of step took in this run, measured from its own log. */
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { Step } from '../../../domain/graph/step.ts'

/** Durations in milliseconds, ascending, by timing key. */
export type Timings = ReadonlyMap<string, readonly number[]>

/** Returns the key of steps that take about as long: their kind, and the component where there is one. */
export function timingKey({ work }: Step): string {
  return 'component' in work && work.component !== undefined ? `${work.kind} ${work.component}` : work.kind
}

/**
 * Returns the durations of all steps that succeeded at the first attempt, free of waits for a person or a host.
 * Walks all lanes.
 */
export function timingsOf(state: RunState): Timings {
  const found = new Map<string, number[]>()
  state.index.lanes.forEach(({ steps }, n) => {
    laneAt(state, n).steps.forEach((stepState, i) => {
      const step = steps[i]
      if (
        !step ||
        stepState.status !== 'succeeded' ||
        stepState.attempt !== 1 ||
        stepState.startedAt === null ||
        stepState.endedAt === null
      )
        return
      const key = timingKey(step)
      const all = found.get(key)
      if (all) all.push(stepState.endedAt - stepState.startedAt)
      else found.set(key, [stepState.endedAt - stepState.startedAt])
    })
  })
  for (const all of found.values()) all.sort((a, b) => a - b)
  return found
}

/** Returns the median duration of steps like this one; null where none was measured. */
export function typical(timings: Timings, step: Step): number | null {
  const all = timings.get(timingKey(step))
  return all?.[Math.floor(all.length / 2)] ?? null
}

/** Returns the range of most durations of steps like this one; null for fewer than two. */
export function usually(timings: Timings, step: Step): { readonly from: number; readonly to: number } | null {
  const all = timings.get(timingKey(step))
  if (!all || all.length < 2) return null
  const at = (part: number) => all[Math.round(part * (all.length - 1))] ?? 0
  return { from: at(0.1), to: at(0.9) }
}
