/** Shows the order of hosts in the table, and what the window of a rollout is judged to be. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import type { Event } from '../../../domain/run/event.ts'
import { fold, startState } from '../../../domain/run/run.ts'
import { hostsInOrder } from '../../../renderer/rollout/hosts/host-order.ts'
import { closesAt, fits } from '../../../domain/run/change-window.ts'
import { graphOf } from '../../builders/graph.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const graph = graphOf(enterprisePlan({ runners: 4 }))
const first = graph.steps[0]
if (!first) throw new Error('no step')
const failure = {
  kind: 'host',
  code: 'no',
  message: 'It failed.',
  hint: 'Look.',
  retry: 'never',
  evidence: [],
} as const
const events: Event[] = [
  { type: 'run.started', by: 'me', seq: 1, at: 0 },
  { type: 'wave.opened', stage: 'prerequisites', wave: 1, seq: 2, at: 0 },
  { type: 'step.attempted', step: first.id, attempt: 1, mode: 'normal', seq: 3, at: 0 },
  { type: 'step.failed', step: first.id, attempt: 1, failure: { ...failure, evidence: [] }, seq: 4, at: 0 },
]
const state = fold(startState(graph), events)
const names = (lanes: readonly number[]) => lanes.map((n) => state.index.lanes[n]?.host ?? '')

describe('hosts in the table', () => {
  it('stand by name, both ways', () => {
    const up = names(hostsInOrder(state, { by: 'host', descending: false }))
    expect(up).toEqual(up.toSorted())
    expect(names(hostsInOrder(state, { by: 'host', descending: true }))).toEqual(up.toReversed())
  })

  it('stand with what needs a person first', () => {
    expect(names(hostsInOrder(state, { by: 'status', descending: false }))[0]).toBe(first.host)
  })

  it('are only those of the status and the name that are asked for', () => {
    expect(names(hostsInOrder(state, { by: 'host', descending: false }, 'failed'))).toEqual([first.host])
    expect(
      names(hostsInOrder(state, { by: 'host', descending: false }, null, 'run00')).every((name) =>
        name.startsWith('RUN'),
      ),
    ).toBe(true)
    expect(hostsInOrder(state, { by: 'host', descending: false }, null, 'no such')).toEqual([])
  })
})

describe('the window', () => {
  const at = (hours: number, minutes: number) => new Date(2026, 10, 14, hours, minutes).getTime()

  it('closes at the next such time, tomorrow where it is past today', () => {
    expect(closesAt('18:00', at(13, 0))).toBe(at(18, 0))
    expect(closesAt('06:30', at(13, 0))).toBe(new Date(2026, 10, 15, 6, 30).getTime())
    expect(closesAt('25:00', at(13, 0))).toBeNull()
    expect(closesAt('', at(13, 0))).toBeNull()
  })

  it('fits, is too short, or is over; and is not judged while the end is not known', () => {
    expect(fits(at(18, 0), at(17, 0), 60 * 60_000)?.word).toBe('fits')
    expect(fits(at(18, 0), at(17, 0), 60 * 60_001)?.word).toBe('too short')
    expect(fits(at(18, 0), at(18, 1), null)?.word).toBe('over')
    expect(fits(at(18, 0), at(17, 0), null)).toBeNull()
  })
})
