/** What a lane remembers of its host between steps. */
import { describe, expect, test } from 'vitest'
import { autoReaches, type DoorReach } from '../../../domain/plan/host.ts'
import { laneActivity, waitsUntil } from '../../../domain/run/lane.ts'
import { laneAt } from '../../../domain/run/run.ts'
import { failureOf, TestLog } from '../../builders/events.ts'
import { wideGraph } from '../../builders/graph.ts'
import { factsFor, pilotPlan } from '../../builders/plan.ts'

const step = 'runner/RUN0001/stage-artefact:1'
const link = failureOf('never', { kind: 'link' })
const begun = () =>
  new TestLog(wideGraph({ hosts: 1, stepsEach: 4 })).add(
    1,
    { type: 'run.started', by: 'ada' },
    { type: 'wave.opened', stage: 'runner', wave: 1 },
    { type: 'step.skipped', step: 'runner/RUN0001/reboot-host', reason: 'No restart is required.', by: null },
    { type: 'step.attempted', step, attempt: 1, mode: 'normal' },
  )
const lost = (nextTryAt: number) => ({ type: 'host.unreachable' as const, host: 'RUN0001', failure: link, nextTryAt })

describe('lane', () => {
  test('an unreachable host: since when, how often it was tried, and forgotten once it answers', () => {
    const log = begun()
      .add(10, { type: 'step.interrupted', step, attempt: 1, reason: 'lost' }, lost(2_010))
      .add(2_010, { type: 'step.attempted', step, attempt: 2, mode: 'normal' })
      .add(2_020, { type: 'step.interrupted', step, attempt: 2, reason: 'lost' }, lost(6_020))
    const lane = laneAt(log.state, 0)
    expect(lane.unreachable).toEqual({ since: 10, tries: 2, nextTryAt: 6_020, failure: link })
    expect([laneActivity(lane), waitsUntil(lane)]).toEqual(['waiting', 6_020])
    expect(laneAt(log.add(6_020, { type: 'host.reached', host: 'RUN0001' }).state, 0).unreachable).toBeNull()
  })

  test.each(['retry', 'fixed'] as const)(
    '%s: an unreachable host is tried at once, and stays known as lost',
    (choice) => {
      const decision = { type: 'decision.made', step, choice, by: 'ada', why: 'cable' } as const
      const log = begun().add(10, { type: 'step.interrupted', step, attempt: 1, reason: 'lost' }, lost(2_010))
      expect(laneAt(log.add(20, decision).state, 0).unreachable).toEqual({
        since: 10,
        tries: 1,
        nextTryAt: 20,
        failure: link,
      })
    },
  )

  test('an excluded host keeps who excluded it and why', () => {
    const log = begun().add(10, { type: 'decision.made', step, choice: 'exclude', by: 'ada', why: 'sold' })
    expect(laneAt(log.state, 0).excluded).toEqual({ by: 'ada', why: 'sold' })
  })

  test('a step is timed from its first attempt to its last outcome, and counts its failures', () => {
    const log = begun()
      .add(10, { type: 'step.failed', step, attempt: 1, failure: failureOf('backoff') })
      .add(5_010, { type: 'step.attempted', step, attempt: 2, mode: 'normal' })
      .add(5_050, {
        type: 'step.succeeded',
        step,
        attempt: 2,
        changed: true,
        rebootWanted: false,
        learned: { bootId: 'boot-7' },
      })
    expect(laneAt(log.state, 0).steps[1]).toMatchObject({
      status: 'succeeded',
      attempt: 2,
      failures: 1,
      failure: null,
      changed: true,
      startedAt: 1,
      endedAt: 5_050,
    })
    expect(laneAt(log.state, 0)).toMatchObject({ cursor: 2, bootId: 'boot-7' })
  })

  test('facts tell the start of the host, from whichever step they come', () => {
    const [host] = pilotPlan().hosts
    if (!host) throw new Error('the pilot has a first host')
    const log = begun().add(10, {
      type: 'facts.collected',
      host: 'RUN0001',
      facts: factsFor(host, { bootId: 'boot-9' }),
    })
    expect(laneAt(log.state, 0)).toMatchObject({ bootId: 'boot-9', factsAt: 10 })
  })

  test('the way by which a host was reached first holds, whatever is chosen later', () => {
    const [best, second] = autoReaches
    if (!best || !second) throw new Error('there are two ways')
    const chosen = (reach: DoorReach) => ({ type: 'reach.chosen' as const, host: 'RUN0001', reach, why: 'It answers.' })
    expect(laneAt(begun().add(10, chosen(best)).add(20, chosen(second)).state, 0).reach).toEqual(best)
  })

  test('a restart that changed the host once counts as a change, also where it is then found done', () => {
    const restart = 'runner/RUN0001/reboot-host'
    const succeeded = (id: string, attempt: number, changed: boolean) =>
      ({ type: 'step.succeeded', step: id, attempt, changed, rebootWanted: false, learned: null }) as const
    const attempted = (id: string, attempt: number) =>
      ({ type: 'step.attempted', step: id, attempt, mode: 'normal' }) as const
    const next = 'runner/RUN0001/stage-artefact:2'
    const log = begun()
      .add(10, { type: 'step.failed', step, attempt: 1, failure: failureOf('after-reboot') })
      .add(20, attempted(restart, 1), succeeded(restart, 1, true), attempted(step, 2), succeeded(step, 2, true))
      .add(30, attempted(next, 1), { type: 'step.failed', step: next, attempt: 1, failure: failureOf('after-reboot') })
      .add(40, attempted(restart, 2), succeeded(restart, 2, false))
    expect(laneAt(log.state, 0).steps[0]).toMatchObject({ status: 'succeeded', attempt: 2, changed: true })
  })

  test('a restart that was asked for is remembered until it was made', () => {
    const log = begun().add(10, {
      type: 'step.succeeded',
      step,
      attempt: 1,
      changed: true,
      rebootWanted: true,
      learned: null,
    })
    expect(laneAt(log.state, 0).rebootWanted).toBe(true)
    log.add(
      20,
      { type: 'step.attempted', step: 'runner/RUN0001/stage-artefact:2', attempt: 1, mode: 'normal' },
      {
        type: 'step.succeeded',
        step: 'runner/RUN0001/stage-artefact:2',
        attempt: 1,
        changed: true,
        rebootWanted: false,
        learned: null,
      },
    )
    expect(laneAt(log.state, 0).rebootWanted).toBe(true)
  })
})
