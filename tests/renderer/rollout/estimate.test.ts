/** Shows that the end of a run is estimated from its own timings, is not guessed before, and shrinks as the run goes on. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import type { Event, NewEvent } from '../../../domain/run/event.ts'
import { fold, type RunState, startState } from '../../../domain/run/run.ts'
import { estimateOf } from '../../../renderer/rollout/header/estimate.ts'
import { timingsOf, usually } from '../../../renderer/rollout/session/timings.ts'
import { failureOf } from '../../builders/events.ts'
import { graphOf } from '../../builders/graph.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const graph = graphOf(enterprisePlan({ runners: 9 }))
const stepMs = 10_000

/** A log in which every step of the first `stages` stages took ten seconds, one after the other; gates opened. */
function runThrough(stages: number, hosts: number = Number.POSITIVE_INFINITY): RunState {
  const events: Event[] = []
  let at = 0
  const add = (event: NewEvent): void => {
    events.push({ ...event, seq: events.length + 1, at })
  }
  add({ type: 'run.started', by: 'me' })
  for (const stage of graph.stages.slice(0, stages)) {
    for (const wave of stage.waves) {
      add({ type: 'wave.opened', stage: stage.name, wave: wave.number })
      for (const host of stage === graph.stages[stages - 1] ? wave.hosts.slice(0, hosts) : wave.hosts) {
        for (const step of graph.steps.filter((one) => one.stage === stage.name && one.host === host)) {
          if (step.work.kind === 'reboot-host') {
            add({ type: 'step.skipped', step: step.id, reason: 'No restart is required.', by: null })
            continue
          }
          add({ type: 'step.attempted', step: step.id, attempt: 1, mode: 'normal' })
          at += stepMs
          add({ type: 'step.succeeded', step: step.id, attempt: 1, changed: true, rebootWanted: false, learned: null })
        }
      }
      if (Number.isFinite(hosts) && stage === graph.stages[stages - 1]) break
    }
  }
  return fold(startState(graph), events)
}

const runner = graph.stages.findIndex((stage) => stage.name === 'runner')

describe('the estimate', () => {
  it('says nothing before the canary has shown how long a Runner takes, and names what it waits for', () => {
    const estimate = estimateOf(runThrough(runner), 0)
    expect(estimate.left).toBeNull()
    expect(estimate.stages[runner]).toBeNull()
    expect(estimate.stages[0]).toBe(0)
    expect(estimate.untimed).not.toBeNull()
  })

  it('takes the canary for the others: as long as one of them where all have a place', () => {
    const state = runThrough(runner + 1, 1)
    const perRunner = graph.steps.filter(
      (step) =>
        step.stage === 'runner' &&
        step.host === graph.stages[runner]?.waves[1]?.hosts[0] &&
        step.work.kind !== 'reboot-host',
    ).length
    expect(estimateOf(state, 0).stages[runner]).toBe(perRunner * stepMs)
  })

  it('takes longer where fewer may be worked on at a time', () => {
    const narrow: RunState = { ...runThrough(runner + 1, 1) }
    const one = {
      ...narrow,
      index: {
        ...narrow.index,
        graph: { ...narrow.index.graph, policy: { ...narrow.index.graph.policy, concurrency: 1 } },
      },
    }
    expect(estimateOf(one, 0).stages[runner]).toBe(8 * (estimateOf(narrow, 0).stages[runner] ?? 0))
  })

  describe('with one host at a time', () => {
    const narrow = (state: RunState): RunState => ({
      ...state,
      index: {
        ...state.index,
        graph: { ...state.index.graph, policy: { ...state.index.graph.policy, concurrency: 1 } },
      },
    })
    const canary = narrow(runThrough(runner + 1, 1))
    const left = (state: RunState, now = 0) => estimateOf(state, now).stages[runner] ?? 0
    const after = (events: readonly NewEvent[], at: number): RunState =>
      narrow(
        fold(
          canary,
          events.map((event, i) => ({ ...event, seq: canary.seq + 1 + i, at })),
        ),
      )
    const step = graph.steps.find((one) => one.host === graph.stages[runner]?.waves[1]?.hosts[0])?.id ?? ''
    const attempted: NewEvent = { type: 'step.attempted', step, attempt: 1, mode: 'normal' }

    it('counts no host that was taken out', () => {
      const excluded = after(
        [
          { type: 'wave.opened', stage: 'runner', wave: 2 },
          attempted,
          { type: 'step.failed', step, attempt: 1, failure: failureOf('never') },
          { type: 'decision.made', step, choice: 'exclude', by: 'me', why: 'It is broken.' },
        ],
        0,
      )
      expect(left(canary)).toBeGreaterThan(0)
      expect(left(excluded)).toBe((left(canary) * 7) / 8)
    })

    it('shrinks while a step runs, and not below nothing where that takes longer than usual', () => {
      const running = after([{ type: 'wave.opened', stage: 'runner', wave: 2 }, attempted], 1_000_000)
      expect(left(running, 1_000_000)).toBe(left(canary))
      expect(left(running, 1_004_000)).toBe(left(canary) - 4_000)
      expect(left(running, 1_900_000)).toBe(left(canary) - stepMs)
    })
  })

  it('is nothing when all is done', () => {
    expect(estimateOf(runThrough(graph.stages.length), 0)).toEqual({
      left: 0,
      stages: graph.stages.map(() => 0),
      untimed: null,
    })
  })

  it('measures no step that needed a second attempt: in between it waited for a person or a host', () => {
    const before = runThrough(runner)
    const slow = graph.steps.find((one) => one.stage === 'runner')
    if (!slow) throw new Error('no Runner')
    const events: NewEvent[] = [
      { type: 'wave.opened', stage: 'runner', wave: 1 },
      { type: 'step.attempted', step: slow.id, attempt: 1, mode: 'normal' },
      { type: 'step.failed', step: slow.id, attempt: 1, failure: failureOf('never') },
      { type: 'decision.made', step: slow.id, choice: 'retry', by: 'me', why: '' },
      { type: 'step.attempted', step: slow.id, attempt: 2, mode: 'normal' },
      { type: 'step.succeeded', step: slow.id, attempt: 2, changed: true, rebootWanted: false, learned: null },
    ]
    const after = fold(
      before,
      events.map((event, i) => ({ ...event, seq: before.seq + 1 + i, at: 9_000_000 + i })),
    )
    expect(timingsOf(after)).toEqual(timingsOf(before))
  })

  it('knows what a step usually takes only after two of its kind', () => {
    const step = graph.steps.find((one) => one.stage === 'runner' && one.work.kind === 'run-installer')
    if (!step) throw new Error('no installer')
    expect(usually(timingsOf(runThrough(runner + 1, 1)), step)).toBeNull()
    expect(usually(timingsOf(runThrough(runner + 1)), step)).toEqual({ from: stepMs, to: stepMs })
  })
})
