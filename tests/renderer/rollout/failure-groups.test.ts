/** Shows that identical failures become one decision, and different ones never do. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PendingDecision } from '../../../domain/run/pending.ts'
import { graphOf } from '../../builders/graph.ts'
import { enterprisePlan } from '../../builders/plan.ts'
import { groupFailures, sharedEvidence } from '../../../renderer/rollout/decision/failure-groups.ts'

const { steps } = graphOf(enterprisePlan({ runners: 3 }))

const pending = (
  host: string,
  code: string,
  stage: 'studio' | 'runner' = 'runner',
  evidence: string[] = [],
): PendingDecision => ({
  step: {
    id: `${stage}/${host}/reach-host/${code}`,
    host,
    stage,
    wave: 1,
    after: [],
    title: 'Connect to the host',
    work: { kind: 'reach-host' },
  },
  failure: { kind: 'host', code, message: `It ended with ${code}.`, hint: 'Look at it.', retry: 'never', evidence },
})

describe('grouping of failures', () => {
  it('puts the largest group first, and hosts in the order of names', () => {
    const groups = groupFailures([
      pending('RUN004', 'disk-full'),
      pending('RUN003', 'exit-1603'),
      pending('RUN001', 'exit-1603'),
    ])
    expect(groups.map((group) => [group.failure.code, group.pending.map(({ step }) => step.host)])).toEqual([
      ['exit-1603', ['RUN001', 'RUN003']],
      ['disk-full', ['RUN004']],
    ])
  })

  it('knows which lines of evidence all members have', () => {
    const [group] = groupFailures([
      pending('A', 'x', 'runner', ['own line', 'Error 1303']),
      pending('B', 'x', 'runner', ['Error 1303', 'another']),
    ])
    expect(group && [...sharedEvidence(group)]).toEqual(['Error 1303'])
  })

  it('asks about the Hub apart from the Runners, though both installers ended with the same code', () => {
    const failing = steps.filter(({ work }) => work.kind === 'run-installer')
    const groups = groupFailures(failing.map((step) => ({ ...pending(step.host, 'exit-1603'), step })))
    const hosts = groups.map((group) => group.pending.map(({ step }) => `${step.stage} ${step.host}`))
    expect(hosts).toContainEqual(['runner RUN001', 'runner RUN002', 'runner RUN003'])
    expect(hosts).toContainEqual(['hub HUB01'])
  })

  it('loses nothing, repeats nothing, and groups what has one cause and nothing else, whatever fails', () => {
    const some = fc.uniqueArray(
      fc.record({
        step: fc.constantFrom(...steps),
        code: fc.constantFrom('exit-1603', 'disk-full', 'wrong-hash'),
        kind: fc.constantFrom('host', 'link', 'by-hand'),
      }),
      { selector: ({ step }) => step.id },
    )
    const causeOf = ({ step: { work }, failure }: PendingDecision) =>
      [failure.kind, failure.code, work.kind, 'component' in work ? work.component : 'no component'].join(' ')
    fc.assert(
      fc.property(some, (failures) => {
        const all = failures.map(({ step, code, kind }): PendingDecision => {
          const { failure } = pending(step.host, code)
          return { step, failure: { ...failure, kind } }
        })
        const groups = groupFailures(all)
        expect(groups.flatMap((group) => group.pending).toSorted(byId)).toEqual(all.toSorted(byId))
        for (const group of groups) expect(new Set(group.pending.map(causeOf)).size).toBe(1)
        expect(groups).toHaveLength(new Set(all.map(causeOf)).size)
      }),
    )
  })
})

function byId(a: PendingDecision, b: PendingDecision): number {
  return a.step.id < b.step.id ? -1 : a.step.id > b.step.id ? 1 : 0
}
