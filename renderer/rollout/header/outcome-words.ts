/** Owns what is said of a run at its end: what became of its hosts and steps, and how many of them were seen as built. */
import { countSteps } from '../../../domain/run/pending.ts'
import type { Lane } from '../../../domain/run/lane.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { hostStatus } from '../hosts/host-status.ts'
import { formatCount, plural } from '../../../domain/base/plural.ts'
import { formatElapsed } from '../../shared/format.ts'

/** What a run that is over came to. Each host is counted once, and nothing is said that no step has shown. */
export function outcomeWords(state: RunState): string {
  const hosts = state.index.lanes.map((_, n) => ({ n, lane: laneAt(state, n), status: hostStatus(state, n) }))
  const took =
    state.startedAt !== null && state.endedAt !== null ? ` in ${formatElapsed(state.endedAt - state.startedAt)}` : ''
  const of = `of ${plural(hosts.length, 'host')}`
  if (state.outcome === 'cancelled')
    return `${formatCount(hosts.filter(({ lane }) => isChanged(lane)).length)} ${of} changed${took}. Nothing is undone on any host.`
  const those = (status: string): number => hosts.filter((host) => host.status === status).length
  const others = (['unchanged', 'skipped', 'excluded'] as const).flatMap((status) =>
    those(status) > 0 ? [`, ${formatCount(those(status))} ${status}`] : [],
  )
  const seen = hosts.filter(({ n, lane }) => lane.excluded === null && seenAsBuilt(state, n, lane)).length
  const { settled, total } = countSteps(state)
  return [
    `${formatCount(those('done'))} ${of} done${others.join('')}${took}.`,
    seen === hosts.length
      ? 'Every host was looked at as it was built.'
      : `${formatCount(seen)} ${of} ${seen === 1 ? 'was' : 'were'} looked at as built.`,
    settled < total
      ? `${plural(total - settled, 'step')} of ${formatCount(total)} ${total - settled === 1 ? 'was' : 'were'} not done.`
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function isChanged(lane: Lane): boolean {
  return lane.steps.some((step) => step.changed)
}

/** The look at the end of a lane succeeded; one that a person let pass shows nothing. */
function seenAsBuilt(state: RunState, n: number, lane: Lane): boolean {
  const looks = (state.index.lanes[n]?.steps ?? []).flatMap(({ work }, i) =>
    work.kind === 'check-host' && work.purpose === 'as-built' ? [lane.steps[i]] : [],
  )
  return looks.length > 0 && looks.every((look) => look?.status === 'succeeded')
}
