import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onEnvironment, subjectOfText, subjectText } from '../../../domain/base/subject.ts'
import { diffPlans } from '../../../domain/plan/plan-diff.ts'
import { canonicalJson } from '../../../main/store/canonical.ts'
import { arbitraryPlan } from '../../builders/arbitrary-plan.ts'
import { pilotPlan } from '../../builders/plan.ts'

describe('the difference of two plans', () => {
  it('is empty where, and only where, both are the same document', () => {
    fc.assert(
      fc.property(arbitraryPlan, arbitraryPlan, (a, b) => {
        expect(diffPlans(a, a)).toEqual([])
        expect(diffPlans(a, b).length === 0).toBe(canonicalJson(a) === canonicalJson(b))
      }),
    )
  })

  it('reads the other way round with the plans exchanged', () => {
    const key = ({ subject, path, before, after }: ReturnType<typeof diffPlans>[number]) =>
      [subjectText(subject), path, before, after].join('|')
    fc.assert(
      fc.property(arbitraryPlan, arbitraryPlan, (a, b) => {
        const back = diffPlans(b, a).map((one) => ({ ...one, before: one.after, after: one.before }))
        expect(back.map(key).sort()).toEqual(diffPlans(a, b).map(key).sort())
      }),
    )
  })

  it('names things as findings do, and fields by their path', () => {
    const before = pilotPlan()
    const after = {
      ...before,
      hub: { ...before.hub, httpsPort: 8443 },
      hosts: before.hosts
        .map((host) => (host.name === 'RUN001' ? { ...host, reach: { kind: 'ssh' as const, port: 2222 } } : host))
        .filter((host) => host.name !== 'RUN002'),
      placements: before.placements.filter((placement) => placement.host !== 'RUN002'),
      environments: [{ name: 'Production', separation: 'runner-labels' as const }],
    }
    expect(diffPlans(before, after)).toEqual([
      { kind: 'changed', subject: subjectOfText('plan'), path: 'hub.httpsPort', before: '4545', after: '8443' },
      { kind: 'removed', subject: subjectOfText('host RUN002'), path: '', before: '', after: null },
      { kind: 'changed', subject: subjectOfText('host RUN001'), path: 'reach.kind', before: 'simulated', after: 'ssh' },
      { kind: 'added', subject: subjectOfText('host RUN001'), path: 'reach.port', before: null, after: '2222' },
      { kind: 'removed', subject: subjectOfText('placement runner on RUN002'), path: '', before: '', after: null },
      { kind: 'added', subject: onEnvironment('Production'), path: '', before: null, after: '' },
    ])
  })

  it('tells an order that changed', () => {
    const before = pilotPlan()
    expect(diffPlans(before, { ...before, hosts: before.hosts.toReversed() })).toEqual([
      {
        kind: 'changed',
        subject: subjectOfText('plan'),
        path: 'hosts (order)',
        before: 'HUB01, STUDIO01, RUN001, RUN002',
        after: 'RUN002, RUN001, STUDIO01, HUB01',
      },
    ])
  })
})
