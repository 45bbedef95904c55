/** Owns the sentence on the plan's stopAtFailedPercent: what happens to hosts that have not begun when too many of a stage fail, said to whoever decides. */
import { isHeld } from './decide.ts'
import type { Graph } from '../graph/graph.ts'
import type { RunState } from './run.ts'
import { stageTitles } from '../base/titles.ts'

/** From how many failed hosts of `total` on no further host begins. */
export function failureLimit(stopAtFailedPercent: number, total: number): number {
  return Math.max(1, Math.ceil((stopAtFailedPercent * total) / 100))
}

/** What the rule means before a run, for each stage by its own hosts. A stage that could only be held once all of its hosts have failed has none left to hold, and is not named. */
export function failureLimitRules({ stages, policy: { stopAtFailedPercent: percent } }: Graph): string {
  const numbers = stages.flatMap(({ name, waves }) => {
    const total = waves.flatMap((wave) => wave.hosts).length
    const from = failureLimit(percent, total)
    return from < total ? [`${stageTitles[name]} ${from} of ${total}`] : []
  })
  if (numbers.length === 0)
    return `Failures hold no host back: at ${percent} %, every host of a stage would have to fail first.`
  return `A stage is held once ${percent} % of its hosts have failed or were left out (${numbers.join(', ')}): no further host of it begins until every failure is answered for. Hosts that have begun go on.`
}

/** What the rule means for the open stage, of so many hosts. */
function holdRule(stopAtFailedPercent: number, total: number): string {
  return `Once ${failureLimit(stopAtFailedPercent, total)} of ${total} hosts have failed (${stopAtFailedPercent} %), no further host begins until every failure is answered for. Hosts that have begun go on.`
}

/** Where the open stage stands: held, or from when on it will be. Hosts that were excluded count as failed. */
export function failureLimitSentence(state: RunState): string {
  const { failed, total } = state.stageCounts
  const percent = state.index.graph.policy.stopAtFailedPercent
  if (isHeld(state))
    return `No further host begins: ${failed} of ${total} failed, and the plan stops at ${percent} %. Hosts that have begun go on; the others begin once every failure is answered for.`
  return failed === 0
    ? holdRule(percent, total)
    : `${failed} of ${total} failed or left out so far. ${holdRule(percent, total)}`
}
