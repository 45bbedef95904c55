/** Owns what this run has measured of its own steps: how long each kind took here, and nothing that anybody else says. */
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import type { Step } from '../../../domain/graph/step.ts'

/** Durations in milliseconds, ascending, by what makes two steps alike. */
export type Timings = ReadonlyMap<string, readonly number[]>

/** What makes two steps take about as long: their kind, and the component where there is one. Installers of two components are not alike. */
export function timingKey({ work }: Step): string {
  return 'component' in work && work.component !== undefined ? `${work.kind} ${work.component}` : work.kind
}

/** Every step of the run that succeeded at its first attempt; waits for a person or for a host are in none of them. Walks all lanes. */
export function timingsOf(state: RunState): Timings {
  const found = new Map<string, number[]>()
  state.index.lanes.forEach(({ steps }, n) => {
    laneAt(state, n).steps.forEach((stands, i) => {
      const step = steps[i]
      if (
        !step ||
        stands.status !== 'succeeded' ||
        stands.attempt !== 1 ||
        stands.startedAt === null ||
        stands.endedAt === null
      )
        return
      const key = timingKey(step)
      const all = found.get(key)
      if (all) all.push(stands.endedAt - stands.startedAt)
      else found.set(key, [stands.endedAt - stands.startedAt])
    })
  })
  for (const all of found.values()) all.sort((a, b) => a - b)
  return found
}

/** The middle of what was measured; null where nothing was. */
export function typical(timings: Timings, step: Step): number | null {
  const all = timings.get(timingKey(step))
  return all?.[Math.floor(all.length / 2)] ?? null
}

/** Where most of what was measured lies; null for fewer than two. */
export function usually(timings: Timings, step: Step): { readonly from: number; readonly to: number } | null {
  const all = timings.get(timingKey(step))
  if (!all || all.length < 2) return null
  const at = (part: number) => all[Math.round(part * (all.length - 1))] ?? 0
  return { from: at(0.1), to: at(0.9) }
}
