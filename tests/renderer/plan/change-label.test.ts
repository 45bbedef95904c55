/** Shows that a difference of two plans is read in the labels of the fields, never in keys. Rung 1: pure. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffPlans } from '../../../domain/plan/plan-diff.ts'
import { changedField, changedThing, changedValue } from '../../../renderer/plan/change-label.ts'
import { arbitraryPlan } from '../../builders/arbitrary-plan.ts'
import { pilotPlan } from '../../builders/plan.ts'

const before = pilotPlan()

/** Each difference as the window shows it: thing, field, values. */
function read(after: typeof before) {
  return diffPlans(before, after).map((change) =>
    [
      changedThing(change.subject),
      changedField(change),
      changedValue(change, change.before),
      changedValue(change, change.after),
    ].join(' | '),
  )
}

describe('a difference of two plans', () => {
  it('names the field as its form does, and the value as its field does', () => {
    expect(
      read({
        ...before,
        hub: { ...before.hub, httpsPort: 8443 },
        layout: 'enterprise',
        loadBalancer: { address: 'lb.site.example' },
        hosts: before.hosts.map((host) =>
          host.name === 'RUN001' ? { ...host, os: 'windows-11-pro', reach: { kind: 'ssh', port: 2222 } } : host,
        ),
        placements: before.placements.filter(({ host }) => host !== 'RUN002'),
        licence: { ...before.licence, mode: 'online' },
      }),
    ).toEqual(
      expect.arrayContaining([
        'Plan | HTTPS port | 4545 | 8443',
        'Plan | Layout | Small team or pilot | Enterprise',
        'Plan | Address of the load balancer |  | lb.site.example',
        'RUN001 | Reached by | Simulated | SSH',
        'RUN001 | Port |  | 2222',
        'Runner on RUN002 |  |  | ',
      ]),
    )
  })

  it('tells an order in words', () => {
    expect(read({ ...before, hosts: before.hosts.toReversed() })).toEqual([
      expect.stringMatching(/^Plan \| Order of the hosts \| HUB01, .* \| RUN002, /),
    ])
  })

  it('shows no path of the document, whatever changed', () => {
    fc.assert(
      fc.property(arbitraryPlan, arbitraryPlan, (a, b) => {
        for (const change of diffPlans(a, b)) expect(changedField(change)).not.toMatch(/\w\.\w|\b[a-z]+[A-Z]|\[\d/)
      }),
    )
  })
})
