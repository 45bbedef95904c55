import { describe, expect, it } from 'vitest'
import { judge, verdicts } from '../../builders/judge.ts'
import { enterprise, place, planCases } from '../../builders/plan-cases.ts'
import { pilotPlan } from '../../builders/plan.ts'

describe('checks of a plan by itself', () => {
  it.each(planCases)('%s: %s', (check, _, plan, said) => {
    expect(verdicts(check, plan)).toEqual(said)
  })

  it('licence-network shows both sides of the conflict with their pages', () => {
    const [finding] = judge('licence-network', pilotPlan({ licence: { mode: 'online' } }))
    expect(finding?.message).toMatch(/\[docs\].*against.*\[license-management\]/)
  })

  it('load-balancer and single-hub call it Phase 2, as the documentation does', () => {
    expect(judge('load-balancer', pilotPlan({ loadBalancer: { address: 'lb' } }))[0]?.message).toContain('Phase 2')
    expect(
      judge(
        'single-hub',
        enterprise((d) => place(d, { component: 'hub', host: 'DB01' })),
      )[0]?.message,
    ).toContain('Phase 2')
  })
})
