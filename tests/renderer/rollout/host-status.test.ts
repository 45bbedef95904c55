/** Shows that a host on which a person let something pass is never shown as one on which everything was done. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import { fold, laneAt, type RunState } from '../../../domain/run/run.ts'
import { hostSentence, hostStatus } from '../../../renderer/rollout/hosts/host-status.ts'
import { statusCounts } from '../../../renderer/rollout/hosts/status-counts.ts'
import { failureOf } from '../../builders/events.ts'
import { playedRun } from '../../builders/played-run.ts'
import { graphOf } from '../../builders/graph.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const graph = graphOf(enterprisePlan({ runners: 4 }))
const acceptance = graph.stages.find((stage) => stage.name === 'acceptance')?.gate?.id ?? ''
const installs = (host: string) => (step: { readonly host: string; readonly work: { readonly kind: string } }) =>
  step.host === host && step.work.kind === 'run-installer' ? 'skip' : null
const statusOf = (state: RunState, host: string) => hostStatus(state, state.index.laneOf.get(host) ?? -1)

describe('a host whose installation a person let pass', () => {
  const fails = installs('RUN002')

  it('is skipped, before acceptance and after, and the others are done', () => {
    const before = playedRun(graph, { fails, stopAt: acceptance }).state
    const after = playedRun(graph, { fails }).state
    expect([before.status, after.outcome]).toEqual(['running', 'accepted-with-exceptions'])
    for (const state of [before, after]) {
      expect(statusOf(state, 'RUN002')).toBe('skipped')
      expect(statusOf(state, 'RUN001')).toBe('done')
    }
  })

  it('is counted as such, and every host once', () => {
    const counts = statusCounts(playedRun(graph, { fails }).state)
    expect(counts).toContainEqual({ status: 'skipped', n: 1 })
    expect(counts.reduce((sum, { n }) => sum + n, 0)).toBe(new Set(graph.steps.map((step) => step.host)).size)
  })

  it('says what was let pass, by whom and why', () => {
    const { state } = playedRun(graph, { fails })
    expect(hostSentence(state, state.index.laneOf.get('RUN002') ?? -1, 0)).toBe(
      'Install Runner skipped by grace: The media is wrong.',
    )
  })

  it('is not mistaken for one on which there was nothing to do', () => {
    const { state } = playedRun(graph, { unchanged: () => true })
    expect(new Set(state.index.lanes.map((_, n) => hostStatus(state, n)))).toEqual(new Set(['unchanged']))
  })
})

describe('a host whose turn has not come', () => {
  const gate = graph.stages.find((stage) => stage.name === 'runner')?.gate?.id ?? ''
  const opened = (state: RunState, wave: number): RunState =>
    fold(state, [{ type: 'wave.opened', stage: 'runner', wave, seq: state.seq + 1, at: 90_000 + wave }])

  it('is planned until its wave opens, and waits from then on', () => {
    const before = playedRun(graph, { stopAt: gate }).state
    const first = opened(before, 1)
    const second = opened(first, 2)
    const shown = [before, first, second].map((state) => ['RUN001', 'RUN002'].map((host) => statusOf(state, host)))
    expect(shown).toEqual([
      ['planned', 'planned'],
      ['waiting', 'planned'],
      ['waiting', 'waiting'],
    ])
    // Nothing of the lane itself has changed: what is remembered of it must not outlive the opening.
    const n = before.index.laneOf.get('RUN002') ?? -1
    expect(laneAt(second, n)).toBe(laneAt(before, n))
  })
})

describe('a host that did not answer when the run ended', () => {
  it('is cancelled, and nothing is promised of it', () => {
    const { state } = playedRun(graph, { stopAt: acceptance })
    const silent = fold(state, [
      {
        type: 'host.unreachable',
        host: 'RUN001',
        failure: failureOf('backoff'),
        nextTryAt: 99_000,
        seq: 9_001,
        at: 90_000,
      },
      { type: 'run.cancel-requested', by: 'ada', why: 'Enough.', seq: 9_002, at: 91_000 },
      { type: 'run.finished', outcome: 'cancelled', seq: 9_003, at: 92_000 },
    ])
    expect(statusOf(silent, 'RUN001')).toBe('cancelled')
    expect(hostSentence(silent, silent.index.laneOf.get('RUN001') ?? -1, 93_000)).toBe('')
  })
})
