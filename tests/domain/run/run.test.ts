/** The laws of the fold: total, replayable, without side effects, and equal to a fresh count of the lanes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from '../../../domain/run/decide.ts'
import type { Event } from '../../../domain/run/event.ts'
import { applyEvent, fold, laneAt, startState, stepStateOf, type RunState } from '../../../domain/run/run.ts'
import { failureOf, nonsense, TestLog } from '../../builders/events.ts'
import { anyGraph, graphOf, wideGraph } from '../../builders/graph.ts'
import { driveRun } from '../../builders/model-run.ts'
import { kept, recomputed } from '../../builders/naive-run.ts'
import { pilotPlan } from '../../builders/plan.ts'

/** A log as it never was: parts of a real one left out, told twice or in another order. */
const mangled = anyGraph.chain((graph) =>
  fc
    .record({
      tape: fc.array(fc.nat(9999), { maxLength: 200, size: 'max' }),
      places: fc.array(fc.tuple(fc.constantFrom('drop', 'repeat', 'swap'), fc.nat(5000), fc.nat(5000)), {
        minLength: 1,
        maxLength: 30,
      }),
    })
    .map(({ tape, places }) => ({
      graph,
      events: mangle(driveRun(graph, { tape, mayLetPass: true, mayCancel: true }).log, places),
    })),
)

function mangle(log: readonly Event[], places: readonly (readonly [string, number, number])[]): Event[] {
  const events = [...log]
  for (const [how, a, b] of places) {
    const [i, j] = [a % events.length, b % events.length]
    const one = events[i]
    const other = events[j]
    if (!one || !other || events.length < 2) continue
    if (how === 'drop') events.splice(i, 1)
    else if (how === 'repeat') events.splice(j, 0, one)
    else [events[i], events[j]] = [other, one]
  }
  return events
}

const senseless = anyGraph
  .filter((graph) => graph.steps.length > 0)
  .chain((graph) => nonsense(graph).map((events) => ({ graph, events })))
const anyLog = fc.oneof(mangled, senseless)

function states(graph: Parameters<typeof startState>[0], events: readonly Event[]): RunState[] {
  const list = [startState(graph)]
  for (const event of events) list.push(applyEvent(list.at(-1) ?? startState(graph), event))
  return list
}

/** Freezes everything but typed arrays, which cannot be. The index is the graph's and shared. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const [key, inner] of Object.entries(value)) if (key !== 'index') freeze(inner)
}

describe('applyEvent: total and pure', () => {
  test(
    'no prefix of any sequence of events makes it throw, and decide has an answer to every state',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(anyLog, ({ graph, events }) => {
          for (const state of states(graph, events)) decide(state, state.seq * 1_000)
        }),
        { numRuns: 150 },
      )
    },
  )

  test('after any sequence, sets and tallies are what a fresh count of the lanes gives', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyLog, ({ graph, events }) => {
        for (const state of states(graph, events)) expect(kept(state)).toEqual(recomputed(state))
      }),
      { numRuns: 100 },
    )
  })

  test('replaying a log gives a state deeply equal to the first', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyLog, ({ graph, events }) => {
        expect(fold(startState(structuredClone(graph)), structuredClone(events))).toEqual(
          fold(startState(graph), events),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('a log cut anywhere and folded in two parts gives the same state as in one', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyLog, fc.nat(1_000), ({ graph, events }, at) => {
        const cut = at % (events.length + 1)
        expect(fold(fold(startState(graph), events.slice(0, cut)), events.slice(cut))).toEqual(
          fold(startState(graph), events),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('states and events before are left as they were', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyLog, ({ graph, events }) => {
        freeze(events)
        let state = startState(graph)
        for (const event of events) {
          freeze(state)
          const bits = [state.ready, state.waiting, state.deciding, state.running]
          const copies = bits.map((set) => set.slice())
          const next = applyEvent(state, event)
          expect(bits).toEqual(copies)
          state = next
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('applyEvent: events that do not fit change nothing but seq', () => {
  const begun = () =>
    new TestLog(wideGraph({ hosts: 3, stepsEach: 4 })).add(
      1,
      { type: 'run.started', by: 'ada' },
      { type: 'wave.opened', stage: 'runner', wave: 1 },
      { type: 'step.skipped', step: 'runner/RUN0001/reboot-host', reason: 'No restart is required.', by: null },
    )
  const step = 'runner/RUN0001/stage-artefact:1'
  const attempted = { type: 'step.attempted', step, attempt: 1, mode: 'normal' } as const
  const succeeded = {
    type: 'step.succeeded',
    step,
    attempt: 1,
    changed: true,
    rebootWanted: false,
    learned: null,
  } as const
  const retry = { type: 'decision.made', step, choice: 'retry', by: 'ada', why: 'again' } as const

  function leavesAlone(log: TestLog, ...events: readonly Parameters<TestLog['add']>[1][]) {
    const { seq: _before, ...before } = log.state
    const { seq: _after, ...after } = log.add(9, ...events).state
    expect(after).toEqual(before)
  }

  test('a decision about a step under way, which would begin it a second time beside the first', () => {
    const log = begun().add(2, attempted)
    leavesAlone(log, retry, { ...retry, choice: 'fixed' }, { ...retry, choice: 'skip' })
    expect(log.state.inFlight).toBe(1)
  })

  test('a decision about a settled step, which would do it over', () =>
    leavesAlone(
      begun().add(2, attempted, succeeded),
      retry,
      { ...retry, choice: 'fixed' },
      { ...retry, choice: 'skip' },
    ))

  test('an outcome of an attempt that is not the one under way', () => {
    leavesAlone(begun(), succeeded)
    leavesAlone(begun().add(2, attempted), { ...succeeded, attempt: 2 })
    leavesAlone(
      begun().add(2, attempted, succeeded),
      { type: 'step.failed', step, attempt: 1, failure: failureOf('never') },
      { type: 'step.interrupted', step, attempt: 1, reason: 'late' },
    )
  })

  test('an attempt beside the one under way', () =>
    leavesAlone(begun().add(2, attempted), { ...attempted, attempt: 2 }))

  test('a skip of a step that is under way or settled', () => {
    const skipped = { type: 'step.skipped', step, reason: 'No restart is required.', by: null } as const
    leavesAlone(begun().add(2, attempted), skipped)
    leavesAlone(begun().add(2, attempted, succeeded), skipped)
  })

  test('an attempt of a settled step, or one that is not numbered on', () => {
    leavesAlone(begun().add(2, attempted, succeeded), { ...attempted, attempt: 2 })
    leavesAlone(begun().add(2, attempted, { type: 'step.interrupted', step, attempt: 1, reason: 'gone' }), attempted)
  })

  test('waves out of order, a stage or gate that is not in the graph', () => {
    leavesAlone(
      begun(),
      { type: 'wave.opened', stage: 'runner', wave: 1 },
      { type: 'wave.opened', stage: 'runner', wave: 3 },
      { type: 'wave.opened', stage: 'hub', wave: 1 },
    )
    leavesAlone(
      begun(),
      { type: 'gate.raised', gate: 'gate:nowhere' },
      { type: 'gate.opened', gate: '__proto__', by: 'ada', why: 'no' },
    )
  })

  test('a wave that was opened before, that skips one, or that is not in the graph', () => {
    const waves = new TestLog(wideGraph({ hosts: 3, stepsEach: 4, batch: 1 })).add(1, {
      type: 'run.started',
      by: 'ada',
    })
    const wave = (number: number) => ({ type: 'wave.opened', stage: 'runner', wave: number }) as const
    waves.add(1, wave(1))
    leavesAlone(waves, wave(3))
    leavesAlone(waves.add(2, wave(2)), wave(1))
    leavesAlone(waves.add(3, wave(3)), wave(4))
  })

  test('a stage after a settled one that is not the next, or not by its first wave', () => {
    const log = new TestLog(graphOf(pilotPlan())).add(
      1,
      { type: 'run.started', by: 'ada' },
      { type: 'wave.opened', stage: 'prerequisites', wave: 1 },
      { ...retry, step: 'prerequisites/HUB01/reach-host', choice: 'exclude' },
    )
    leavesAlone(log, { type: 'wave.opened', stage: 'studio', wave: 1 }, { type: 'wave.opened', stage: 'hub', wave: 2 })
  })

  test('the first wave of a stage while none of the stage before was opened, though its hosts are excluded', () => {
    const log = new TestLog(graphOf(pilotPlan())).add(
      1,
      { type: 'run.started', by: 'ada' },
      {
        ...retry,
        step: 'prerequisites/HUB01/reach-host',
        choice: 'exclude',
      },
    )
    expect(log.state.stageCounts).toMatchObject({ total: 1, settled: 1 })
    leavesAlone(log, { type: 'wave.opened', stage: 'hub', wave: 1 })
  })

  test('a gate that is raised again, which would close what a person opened', () => {
    const gated = () => new TestLog(graphOf(pilotPlan())).add(1, { type: 'run.started', by: 'ada' })
    const raised = { type: 'gate.raised', gate: 'gate:studio' } as const
    const opened = { type: 'gate.opened', gate: 'gate:studio', by: 'ada', why: 'seen' } as const
    leavesAlone(gated().add(2, raised), raised)
    leavesAlone(gated().add(2, raised).add(3, opened), raised, { ...opened, by: 'grace', why: 'seen too' })
  })

  test('a second cancel, or one after the end: the log keeps who cancelled first, and why', () => {
    const cancel = { type: 'run.cancel-requested', by: 'ada', why: 'wrong weekend' } as const
    const again = { ...cancel, by: 'grace', why: 'me too' }
    leavesAlone(begun().add(2, cancel), again, { ...retry, choice: 'abort' })
    leavesAlone(begun().add(2, { type: 'run.finished', outcome: 'accepted' }), again)
  })

  test('a start, a pause and a resume at the wrong time', () => {
    const paused = { type: 'run.paused', by: 'ada', why: 'lunch' } as const
    const resumed = { type: 'run.resumed', by: 'ada', why: 'back' } as const
    leavesAlone(begun(), { type: 'run.started', by: 'grace' }, resumed)
    leavesAlone(begun().add(2, paused), { ...paused, by: 'grace' }, { type: 'run.started', by: 'grace' })
    leavesAlone(begun().add(2, { type: 'run.finished', outcome: 'accepted' }), paused, resumed, {
      type: 'run.window-set',
      closesAt: 5,
      by: 'ada',
    })
  })

  test('unknown steps and hosts', () =>
    leavesAlone(
      begun(),
      { ...attempted, step: 'nowhere' },
      { ...retry, step: 'constructor' },
      { type: 'host.unreachable', host: 'toString', failure: failureOf('never'), nextTryAt: 5 },
    ))

  test('an abort counts whatever step it names', () => {
    expect(begun().add(2, { ...retry, step: 'nowhere', choice: 'abort' }).state).toMatchObject({
      status: 'cancelling',
      cancel: { by: 'ada', why: 'again' },
    })
  })

  test('a cancelled run is paused no longer', () => {
    const log = begun().add(
      2,
      { type: 'run.paused', by: 'ada', why: 'lunch' },
      { type: 'run.cancel-requested', by: 'grace', why: 'enough' },
    )
    expect(log.state).toMatchObject({ status: 'cancelling', pause: null })
    leavesAlone(log, { type: 'run.resumed', by: 'ada', why: 'back' }, { type: 'run.paused', by: 'ada', why: 'lunch' })
  })

  test('what a person skipped stays with who and why', () => {
    const log = begun().add(
      2,
      attempted,
      { type: 'step.failed', step, attempt: 1, failure: failureOf('never') },
      { ...retry, choice: 'skip', why: 'not on this host' },
    )
    expect(laneAt(log.state, 0).steps[1]).toMatchObject({
      status: 'skipped',
      skippedBy: 'ada',
      reason: 'not on this host',
    })
  })
})

describe('applyEvent: what the state keeps for whoever reads it', () => {
  const gated = () => new TestLog(graphOf(pilotPlan())).add(1, { type: 'run.started', by: 'ada' })
  const confirmed = [{ item: 'The Hub answers.', at: 4, note: 'seen in the browser', files: [] }]

  test('when a run started and ended, and how', () => {
    const log = gated().add(7, { type: 'run.finished', outcome: 'cancelled' })
    expect(log.state).toMatchObject({ status: 'finished', startedAt: 1, endedAt: 7, outcome: 'cancelled' })
  })

  test('who paused it, when and why, and nothing of it once it goes on', () => {
    const log = gated().add(3, { type: 'run.paused', by: 'ada', why: 'lunch' })
    expect(log.state.pause).toEqual({ at: 3, by: 'ada', why: 'lunch' })
    expect(log.add(4, { type: 'run.resumed', by: 'grace', why: 'back' }).state).toMatchObject({
      status: 'running',
      pause: null,
    })
  })

  test('who cancelled it and why', () => {
    const log = gated().add(3, { type: 'run.cancel-requested', by: 'ada', why: 'wrong weekend' })
    expect(log.state.cancel).toEqual({ by: 'ada', why: 'wrong weekend' })
  })

  test('the change window, until it is taken away again', () => {
    const log = gated().add(3, { type: 'run.window-set', closesAt: 9, by: 'ada' })
    expect(log.state.window).toEqual({ closesAt: 9, by: 'ada' })
    expect(log.add(4, { type: 'run.window-set', closesAt: null, by: 'ada' }).state.window).toBeNull()
  })

  test('when a gate was raised, and who opened it, when, why and on what', () => {
    const gate = 'gate:studio'
    const log = gated().add(3, { type: 'gate.raised', gate })
    expect(log.state.gates).toEqual({ [gate]: { raisedAt: 3, opened: null } })
    log.add(5, { type: 'gate.opened', gate, by: 'ada', why: 'seen', confirmed })
    const opened = { at: 5, by: 'ada', why: 'seen' }
    expect(log.state.gates).toEqual({ [gate]: { raisedAt: 3, opened: { ...opened, confirmed } } })
    // An earlier version kept no confirmations, and a log may lack the raising.
    const short = gated().add(5, { type: 'gate.opened', gate, by: 'ada', why: 'seen' })
    expect(short.state.gates).toEqual({ [gate]: { raisedAt: 5, opened: { ...opened, confirmed: [] } } })
  })

  test('the certificate that the Hub showed, through all that comes after', () => {
    const step = 'prerequisites/HUB01/reach-host'
    const hubCertificate = { sha256: 'a'.repeat(64), der: 'AA==' }
    const log = gated()
      .add(2, { type: 'wave.opened', stage: 'prerequisites', wave: 1 })
      .add(2, { type: 'step.attempted', step, attempt: 1, mode: 'normal' })
      .add(3, {
        type: 'step.succeeded',
        step,
        attempt: 1,
        changed: false,
        rebootWanted: false,
        learned: { bootId: 'boot-1', hubCertificate },
      })
    expect(log.state.learned).toEqual({ hubCertificate })
    expect(laneAt(log.state, 0).bootId).toBe('boot-1')
    expect(stepStateOf(log.state, step)).toMatchObject({ status: 'succeeded', changed: false, endedAt: 3 })
  })

  test('what a step saw, and the job it started', () => {
    const step = 'prerequisites/HUB01/reach-host'
    const log = gated()
      .add(2, { type: 'wave.opened', stage: 'prerequisites', wave: 1 })
      .add(2, { type: 'step.attempted', step, attempt: 1, mode: 'normal' })
      .add(3, { type: 'step.observed', step, attempt: 1, phase: 'before', observation: 'absent', evidence: [] })
      .add(4, { type: 'step.applying', step, attempt: 1, ticket: 'job-1' })
    expect(stepStateOf(log.state, step)).toMatchObject({ status: 'running', observation: 'absent', ticket: 'job-1' })
    expect(() => stepStateOf(log.state, 'nowhere')).toThrow('no step nowhere')
  })
})
