/** What the plan's stopAtFailedPercent means for hosts that have not started, in sentences for whoever decides. */
import { isHeld } from './decide.ts'
import { failureLimitText } from './text.ts'
import type { Graph } from '../graph/graph.ts'
import type { RunState } from './run.ts'
import { stageTitles } from '../base/titles.ts'

/** How many of `total` hosts must have failed before no new host starts; at least 1. */
export function failureLimit(stopAtFailedPercent: number, total: number): number {
  return Math.max(1, Math.ceil((stopAtFailedPercent * total) / 100))
}

/**
 * The rule before a run, for each stage by its own hosts.
 * Leaves out a stage that reaches its limit only when all of its hosts have failed: none is left to stop.
 */
export function failureLimitRules({ stages, policy: { stopAtFailedPercent: percent } }: Graph): string {
  const limits = stages.flatMap(({ name, waves }) => {
    const total = waves.flatMap((wave) => wave.hosts).length
    const limit = failureLimit(percent, total)
    return limit < total ? [failureLimitText.stage(stageTitles[name], limit, total)] : []
  })
  return limits.length === 0 ? failureLimitText.never(percent) : failureLimitText.rules(percent, limits)
}

/** The rule for the open stage: whether it is stopped, or when it will be. Excluded hosts count as failed. */
export function failureLimitSentence(state: RunState): string {
  const { failed, total } = state.stageCounts
  const percent = state.index.graph.policy.stopAtFailedPercent
  if (isHeld(state)) return failureLimitText.stopped(failed, total, percent)
  const rule = failureLimitText.rule(failureLimit(percent, total), total, percent)
  return failed === 0 ? rule : `${failureLimitText.soFar(failed, total)} ${rule}`
}
