/** Shows that the timeline tells what ran when, and keeps the stretches in which a host did not answer or waited for a person. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import type { Event, NewEvent } from '../../../domain/run/event.ts'
import { indexGraph } from '../../../domain/graph/graph-index.ts'
import { ticks, Timeline } from '../../../renderer/rollout/hosts/timeline-bars.ts'
import { graphOf } from '../../builders/graph.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const graph = graphOf(enterprisePlan({ runners: 2 }))
const index = indexGraph(graph)
const step = graph.steps.find((one) => one.work.kind === 'run-installer')
if (!step) throw new Error('no installer')
const lane = index.laneOf.get(step.host) ?? 0
const failure = (retry: 'never' | 'backoff') => ({
  kind: 'host' as const,
  code: 'no',
  message: 'No.',
  hint: 'Look.',
  retry,
  evidence: [],
})
const log: Event[] = (
  [
    [0, { type: 'run.started', by: 'me' }],
    [10, { type: 'step.attempted', step: step.id, attempt: 1, mode: 'normal' }],
    [20, { type: 'step.interrupted', step: step.id, attempt: 1, reason: 'The link broke.' }],
    [21, { type: 'host.unreachable', host: step.host, failure: failure('backoff'), nextTryAt: 30 }],
    [31, { type: 'host.unreachable', host: step.host, failure: failure('backoff'), nextTryAt: 50 }],
    [40, { type: 'host.reached', host: step.host }],
    [41, { type: 'step.attempted', step: step.id, attempt: 2, mode: 'normal' }],
    [60, { type: 'step.failed', step: step.id, attempt: 2, failure: failure('never') }],
    [90, { type: 'decision.made', step: step.id, choice: 'retry', by: 'me', why: '' }],
    [95, { type: 'step.attempted', step: step.id, attempt: 3, mode: 'normal' }],
    [99, { type: 'step.succeeded', step: step.id, attempt: 3, changed: true, rebootWanted: false, learned: null }],
  ] satisfies [number, NewEvent][]
).map(([at, event], i) => ({ ...event, seq: i + 1, at }))

describe('the timeline', () => {
  it('has every attempt, one gap for a host that was silent, and the wait for a person', () => {
    const line = new Timeline(index)
    line.take(log, log.length)
    expect(line.lanes[lane]?.map(({ from, to, status }) => [from, to, status])).toEqual([
      [10, 20, 'unknown'],
      [21, 40, 'unreachable'],
      [41, 60, 'failed'],
      [60, 90, 'needs-you'],
      [95, 99, 'done'],
    ])
  })

  it('is the same however the log comes in', () => {
    const once = new Timeline(index)
    once.take(log, log.length)
    const bit = new Timeline(index)
    for (let n = 0; n <= log.length; n++) bit.take(log, n)
    expect(bit.lanes).toEqual(once.lanes)
  })

  it('has few lines on its scale, at round times and within it, whatever its length', () => {
    const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]
    for (const [span, every, lines] of [
      [30 * second, 10 * second, 3],
      [20 * minute, 5 * minute, 4],
      [9 * hour, 2 * hour, 4],
      [40 * day, 5 * day, 8],
    ] as const)
      expect(ticks(second, second + span)).toEqual(Array.from({ length: lines }, (_, i) => (i + 1) * every))
    expect(ticks(0, 80 * second)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * 10 * second))
    expect(ticks(second, 2 * second)).toEqual([])
  })
})
