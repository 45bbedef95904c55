/** Describes how a run ended: what became of its hosts and steps, and how many hosts were verified. */
import { countSteps } from '../../../domain/run/pending.ts'
import type { Lane } from '../../../domain/run/lane.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { hostStatus } from '../hosts/host-status.ts'
import { formatElapsed } from '../../shared/format.ts'
import { outcomeText } from './text.ts'

/** Describes a finished run in a few sentences. Counts each host once and claims only what a step has shown. */
export function outcomeSentences(state: RunState): string {
  const hosts = state.index.lanes.map((_, n) => ({ n, lane: laneAt(state, n), status: hostStatus(state, n) }))
  const took =
    state.startedAt !== null && state.endedAt !== null
      ? outcomeText.took(formatElapsed(state.endedAt - state.startedAt))
      : ''
  if (state.outcome === 'cancelled')
    return outcomeText.changed(hosts.filter(({ lane }) => isChanged(lane)).length, hosts.length, took)
  const count = (status: string): number => hosts.filter((host) => host.status === status).length
  const others = (['unchanged', 'skipped', 'excluded'] as const).flatMap((status) =>
    count(status) > 0 ? [outcomeText.others(count(status), status)] : [],
  )
  const verified = hosts.filter(({ n, lane }) => lane.excluded === null && isVerified(state, n, lane)).length
  const { settled, total } = countSteps(state)
  return [
    outcomeText.done(count('done'), hosts.length, others.join(''), took),
    verified === hosts.length ? outcomeText.allVerified : outcomeText.verified(verified, hosts.length),
    settled < total ? outcomeText.notDone(total - settled, total) : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function isChanged(lane: Lane): boolean {
  return lane.steps.some((step) => step.changed)
}

/** True where the verification at the end of a lane succeeded; one that a person skipped shows nothing. */
function isVerified(state: RunState, n: number, lane: Lane): boolean {
  const checks = (state.index.lanes[n]?.steps ?? []).flatMap(({ work }, i) =>
    work.kind === 'check-host' && work.purpose === 'as-built' ? [lane.steps[i]] : [],
  )
  return checks.length > 0 && checks.every((check) => check?.status === 'succeeded')
}
