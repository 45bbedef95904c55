/** Shows that a person is told, before and while it happens, when no further host begins, in the numbers that decide goes by; and what may be said of a change window. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import { isHeld } from '../../../domain/run/decide.ts'
import { failureLimitRules, failureLimitSentence, failureLimit } from '../../../domain/run/failure-limit.ts'
import { judgeRequest } from '../../../domain/run/request.ts'
import { failureOf, TestLog } from '../../builders/events.ts'
import { graphOf, wideGraph } from '../../builders/graph.ts'
import { enterprisePlan } from '../../builders/plan.ts'

function stage(hosts: number, stopAtFailedPercent: number): TestLog {
  const graph = wideGraph({ hosts, stepsEach: 1, canary: 0, policy: { stopAtFailedPercent } })
  return new TestLog(graph).add(
    1,
    { type: 'run.started', by: 'ada' },
    { type: 'wave.opened', stage: 'runner', wave: 1 },
  )
}

describe('the rule of the failed share', () => {
  it('names the very number of failed hosts from which on decide holds the others', () => {
    for (const [hosts, percent] of [
      [4, 25],
      [7, 30],
      [3, 1],
      [5, 100],
      [9, 50],
    ] as const) {
      const log = stage(hosts, percent)
      const first = log.state.index.graph.steps.slice(0, hosts)
      let failed = 0
      for (const step of first) {
        expect(isHeld(log.state)).toBe(failed >= failureLimit(percent, hosts))
        expect(failureLimitSentence(log.state).startsWith('No new host starts:')).toBe(isHeld(log.state))
        log.add(
          2,
          { type: 'step.attempted', step: step.id, attempt: 1, mode: 'normal' },
          { type: 'step.failed', step: step.id, attempt: 1, failure: failureOf('never') },
        )
        failed++
      }
      expect(isHeld(log.state)).toBe(true)
    }
  })

  it('is said before a run of each stage that it can hold, as each has hosts of its own', () => {
    const graph = graphOf(enterprisePlan({ runners: 6, studios: 2 }))
    const hosts = new Set(graph.steps.map((step) => step.host)).size
    expect(graph.policy.stopAtFailedPercent).toBe(25)
    expect(failureLimitRules(graph)).toBe(
      `When 25 % of a stage has failed or was excluded (Prerequisites 1 of 3, Studio 1 of 2, Runner 2 of 6, Acceptance ${failureLimit(25, hosts)} of ${hosts}), no new host starts until you have decided each failure. Hosts already running finish.`,
    )
    expect(failureLimitRules(wideGraph({ hosts: 3, stepsEach: 1, policy: { stopAtFailedPercent: 100 } }))).toBe(
      'No stage stops after failures: at 100 %, every host of a stage would have to fail first.',
    )
  })

  it('says how many failed so far, and from when on it holds', () => {
    const log = stage(8, 25)
    expect(failureLimitSentence(log.state)).toBe(
      'When 2 of 8 hosts have failed (25 %), no new host starts until you have decided each failure. Hosts already running finish.',
    )
    const [step] = log.state.index.graph.steps
    log.add(
      2,
      { type: 'step.attempted', step: step?.id ?? '', attempt: 1, mode: 'normal' },
      { type: 'step.failed', step: step?.id ?? '', attempt: 1, failure: failureOf('never') },
    )
    expect(failureLimitSentence(log.state)).toMatch(/^1 of 8 failed or excluded so far\. When 2 of 8/)
  })
})

describe('the change window', () => {
  const asked = (log: TestLog, closesAt: number | null) =>
    judgeRequest(log.state, { kind: 'window', closesAt, by: 'ada', why: '' })

  it('is planned, moved and taken back, holds nothing up, and is never one that closed before the run began', () => {
    const log = stage(2, 25)
    expect(asked(log, null)).toMatchObject({ ok: false })
    expect(asked(log, 1)).toMatchObject({ ok: false, hint: 'Choose a later time.' })
    for (const closesAt of [50, 90, null]) {
      const verdict = asked(log, closesAt)
      if (!verdict.ok) throw new Error(verdict.message)
      log.add(3, ...verdict.events)
      expect(log.state.window?.closesAt ?? null).toBe(closesAt)
      expect(asked(log, closesAt)).toMatchObject({ ok: false })
    }
    expect(log.state.status).toBe('running')
  })
})
