/** Owns the sentence on the plan's stopAtFailedPercent: what happens to hosts that have not begun when too many of a stage fail, said to whoever decides. */
import { isHeld } from './decide.ts'
import type { RunState } from './run.ts'

/** From how many failed hosts of `total` on no further host begins. */
export function holdsFrom(stopAtFailedPercent: number, total: number): number {
  return Math.max(1, Math.ceil((stopAtFailedPercent * total) / 100))
}

/** What the rule means for a stage of so many hosts, before anything has failed. */
export function holdRule(stopAtFailedPercent: number, total: number): string {
  return `Once ${holdsFrom(stopAtFailedPercent, total)} of ${total} hosts have failed (${stopAtFailedPercent} %), no further host begins until every failure is answered for. Hosts that have begun go on.`
}

/** Where the open stage stands: held, or from when on it will be. Hosts that were excluded count as failed. */
export function holdSentence(state: RunState): string {
  const { failed, total } = state.stageTally
  const percent = state.index.graph.policy.stopAtFailedPercent
  if (isHeld(state)) return `No further host begins: ${failed} of ${total} failed, and the plan stops at ${percent} %. Hosts that have begun go on; the others begin once every failure is answered for.`
  return failed === 0 ? holdRule(percent, total) : `${failed} of ${total} failed or left out so far. ${holdRule(percent, total)}`
}
