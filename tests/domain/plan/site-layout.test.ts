import { describe, expect, it } from 'vitest'
import { runChecks } from '../../../domain/checks/check.ts'
import { readPlan } from '../../../domain/plan/plan.ts'
import { newPlan } from '../../../domain/plan/site-layout.ts'
import { catalogue } from '../../builders/judge.ts'

const blocksOf = (layout: 'pilot' | 'enterprise') =>
  new Set(
    runChecks({ plan: newPlan(layout), catalogue })
      .filter((finding) => finding.severity === 'block')
      .map((finding) => finding.check),
  )

describe.each(['pilot', 'enterprise'] as const)('the starting plan of layout %s', (layout) => {
  it('reads, also from its own JSON', () => {
    expect(readPlan(JSON.parse(JSON.stringify(newPlan(layout))))).toEqual({ ok: true, plan: newPlan(layout) })
  })

  it('is blocked by exactly what only the operator can know', () => {
    expect([...blocksOf(layout)].sort()).toEqual(['installer-missing', 'placeholder-address'])
  })

  it('warns of what is not known yet', () => {
    const warned = runChecks({ plan: newPlan(layout), catalogue })
      .filter((finding) => finding.severity === 'warn')
      .map((finding) => finding.check)
    expect(warned).toEqual(expect.arrayContaining(['hub-os', 'postgresql-version', 'licence-runners', 'survey']))
  })

  it("holds no installer, switch, hash or file name of Exekra's", () => {
    expect(newPlan(layout).installers).toEqual({})
    expect(JSON.stringify(newPlan(layout))).not.toMatch(/\.(?:exe|msi)|\/S\b|\/q/)
  })

  it('takes a name', () => {
    expect(newPlan(layout, 'Accra').name).toBe('Accra')
  })
})

describe('the two documented layouts', () => {
  it('differ as the planning page says', () => {
    const where = (layout: 'pilot' | 'enterprise') =>
      newPlan(layout).placements.map((placement) => `${placement.component}@${placement.host}`)
    expect(where('pilot').slice(0, 2)).toEqual(['postgresql@HUB01', 'hub@HUB01'])
    expect(where('enterprise').slice(0, 3)).toEqual(['postgresql@DB01', 'redis@REDIS01', 'hub@HUB01'])
    expect(newPlan('pilot')).toMatchObject({ redis: { kind: 'bundled' }, certificate: { strategy: 'self-signed' } })
    expect(newPlan('enterprise').environments.map((environment) => environment.name)).toEqual([
      'Development',
      'Staging',
      'Production',
    ])
  })
})
