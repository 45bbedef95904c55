/** Shows that a screen reader is told at most one bundled sentence in five seconds, what the sentences say, and what is found by which words. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import { startState } from '../../../domain/run/run.ts'
import { guideStation } from '../../../renderer/guide/guide-station.ts'
import { newsSince, summaryOf, progressOf } from '../../../renderer/rollout/progress.ts'
import { createAnnouncer } from '../../../renderer/shared/announcer.ts'
import { stepThrough } from '../../../renderer/navigation/next-problem.ts'
import { address, readRoute } from '../../../renderer/shared/route.ts'
import { type Found, search } from '../../../renderer/navigation/search.ts'
import { graphOf } from '../../builders/graph.ts'
import { enterprisePlan } from '../../builders/plan.ts'

describe('the announcer', () => {
  it('speaks at once, then bundles what comes within five seconds into one sentence', () => {
    const said: string[] = []
    const timers: { work: () => void; ms: number }[] = []
    const announce = createAnnouncer((sentence) => said.push(sentence), {
      later: (work, ms) => {
        timers.push({ work, ms })
      },
    })
    let done = 0
    const more = (): void => {
      done++
      announce('progress', () => {
        const sentence = done === 0 ? null : `${done} more done`
        done = 0
        return sentence
      })
    }
    for (let i = 0; i < 7; i++) more()
    expect(said).toEqual(['1 more done'])
    expect(timers.map(({ ms }) => ms)).toEqual([5000])
    timers.shift()?.work()
    expect(said).toEqual(['1 more done', '6 more done'])
    timers.shift()?.work()
    more()
    expect(said).toEqual(['1 more done', '6 more done', '1 more done'])
  })

  it('keeps topics apart and says nothing where nothing is left to say', () => {
    const said: string[] = []
    const timers: (() => void)[] = []
    const announce = createAnnouncer((sentence) => said.push(sentence), {
      later: (work) => {
        timers.push(work)
      },
    })
    announce('a', () => 'first')
    announce('b', () => null)
    announce('c', () => 'third')
    timers.shift()?.()
    expect(said).toEqual(['first', 'third'])
  })
})

describe('progress in words', () => {
  const graph = graphOf(enterprisePlan({ runners: 9 }))
  const runner = graph.stages.findIndex((stage) => stage.name === 'runner')
  const tally = (settled: number, failed: number) => [
    { total: 1, settled: 1, stuck: 0, failed: 0 },
    { total: 4, settled, stuck: 0, failed },
  ]
  const at = (settled: number, failed: number) => ({
    ...startState(graph),
    status: 'running' as const,
    stage: runner,
    wave: 2,
    waveCounts: tally(settled, failed),
  })

  it('tells only what is new', () => {
    expect(newsSince(at(3, 1), progressOf(at(1, 0)))).toBe('Runner, wave 2: 2 more done, 1 failed')
    expect(newsSince(at(3, 1), progressOf(at(3, 1)))).toBeNull()
    expect(newsSince(at(0, 0), progressOf(startState(graph)))).toBe('Runner, wave 2: started')
  })

  it('sums up when asked', () => {
    expect(summaryOf(at(3, 1))).toBe('Runner, wave 2: 3 of 4 hosts done, 1 failed. 0 steps running.')
  })
})

describe('searching', () => {
  const found = (group: Found['group'], title: string, detail = ''): Found => ({
    group,
    title,
    detail,
    go: () => undefined,
  })
  const source = () => [
    found('Hosts', 'RUN010', '10.1.1.10'),
    found('Hosts', 'RUN001', '10.1.1.1'),
    found('Steps', 'Install Runner', 'RUN001'),
    found('Commands', 'Pause rollout'),
    found('Places', 'Sites'),
  ]
  const titles = (query: string) =>
    search(query, [source]).found.map(({ title, detail }) => `${title} ${detail}`.trim())

  it('takes every word, exact titles first', () => {
    expect(titles('run001')).toEqual(['RUN001 10.1.1.1', 'Install Runner RUN001'])
    expect(titles('install run001')).toEqual(['Install Runner RUN001'])
    expect(titles('nothing like it')).toEqual([])
  })

  it('shows the first of many, and says how many fit', () => {
    const crowd = (n: number) => search('run', [() => Array.from({ length: n }, (_, i) => found('Hosts', `RUN${i}`))])
    expect(crowd(60)).toMatchObject({ found: { length: 60 }, fits: 60 })
    expect(crowd(240)).toMatchObject({ found: { length: 60 }, fits: 240 })
    expect(search('nothing', [source])).toEqual({ found: [], fits: 0 })
  })

  it('leads to the place of a link that was copied, whatever window it was copied from', () => {
    const place = { view: 'run', runId: 'r 1', step: 'HUB01/reach' } as const
    expect(readRoute(address(place))).toEqual(place)
    expect(titles(`http://127.0.0.1:4545/${address(place)}`)).toEqual([`Open this link ${address(place)}`])
    expect(titles('http://127.0.0.1:4545/#/nowhere/at/all')).toEqual([])
  })

  it('offers commands and places before anything is typed', () => {
    expect(titles('')).toEqual(['Pause rollout', 'Sites'])
  })
})

describe('the guide', () => {
  const revision = (state: 'draft' | 'locked') => ({
    planId: 'p',
    revision: 1,
    state,
    hash: 'h',
    changedBy: 'me',
    changedAt: 0,
  })
  const plan = (state: 'draft' | 'locked') => ({
    planId: 'p',
    name: 'Practice',
    site: 'Practice',
    layout: 'enterprise' as const,
    hosts: 10,
    runners: 6,
    practice: true,
    folder: null,
    revisions: [revision(state)],
    unreadable: null,
  })
  const station = (
    state: 'draft' | 'locked',
    section: 'hosts' | 'review' | 'rollout',
    sections: readonly string[] = [],
  ) =>
    guideStation({
      route: { view: 'plan', planId: 'p', section },
      plan: plan(state),
      run: undefined,
      attention: [],
      sections,
    })

  it('leads from plan over review and lock to the start', () => {
    expect(
      [
        station('draft', 'hosts'),
        station('draft', 'review'),
        station('locked', 'review'),
        station('locked', 'rollout'),
      ].map(({ number, next }) => [number, next?.to ?? null]),
    ).toEqual([
      [1, 'review'],
      [2, null],
      [3, 'rollout'],
      [4, null],
    ])
  })

  it('speaks of a survey only where there is one', () => {
    expect(station('locked', 'review', ['survey']).next?.to).toBe('survey')
    expect(station('locked', 'review').text).not.toContain('survey')
  })
})

describe('going through problems', () => {
  it('goes round both ways, and begins at the near end where the person is at none', () => {
    const list = ['a', 'b', 'c']
    expect([undefined, 'a', 'c', 'gone'].map((here) => stepThrough(list, here, 1))).toEqual(['a', 'b', 'a', 'a'])
    expect([undefined, 'a', 'c', 'gone'].map((here) => stepThrough(list, here, -1))).toEqual(['c', 'c', 'b', 'c'])
    expect(stepThrough([], 'a', 1)).toBeUndefined()
  })
})
