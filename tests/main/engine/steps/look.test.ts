/** Steps that only look: when old facts are not good enough, what is compared at the end, and what a probe proves. */
import { describe, expect, test } from 'vitest'
import type { StepWork } from '../../../../domain/graph/step.ts'
import type { Plan } from '../../../../domain/plan/plan.ts'
import type { VerbResult } from '../../../../domain/remote/verb.ts'
import { enterprisePlan, factsFor, installerFor } from '../../../builders/plan.ts'
import { lanesOn, scriptedHost } from '../../../builders/scripted-host.ts'

const plan = enterprisePlan({ runners: 1, studios: 1 })
const hub = plan.hosts[0] ?? never()

describe('the check before the first change', () => {
  const steps: StepWork[] = [{ kind: 'collect-facts' }, { kind: 'check-host', purpose: 'before' }]

  test('judges the facts of the step before, and after a failure asks the host anew', async () => {
    let administrator = false
    const host = scriptedHost({ 'Get-HostFacts': () => factsFor(hub, { administrator }) })
    const lane = lanesOn(host).of(steps)
    await lane.try(0)
    expect((await lane.try(1, { plan })).failure).toMatchObject({ kind: 'finding', code: 'administrator' })
    expect(host.asked).toEqual(['open', 'Get-HostFacts'])
    administrator = true
    expect((await lane.try(1, { plan })).outcome).toBe('succeeded')
    expect(host.asked).toEqual(['open', 'Get-HostFacts', 'Get-HostFacts'])
    expect(lane.lane.facts?.administrator).toBe(true)
    expect(lane.lane.findings.filter(({ severity }) => severity === 'block')).toEqual([])
  })

  test('names everything that blocks, not only the first', async () => {
    const facts = factsFor(hub, { administrator: false, listening: [4545] })
    const host = scriptedHost({ 'Get-HostFacts': () => facts })
    const lane = lanesOn(host).of(steps)
    await lane.try(0)
    const { failure } = await lane.try(1, { plan })
    expect(failure?.evidence.map((line) => line.split(':')[0])).toEqual(['administrator', 'port-in-use'])
    expect(lane.lane.findings.length).toBeGreaterThan(2)
  })
})

describe('the check of the finished host', () => {
  type Product = VerbResult<'Get-ProductState'>
  const absent: Product = { uninstall: null, file: null, service: null }

  /** Checks the Hub's host, on which every product is in that state. */
  async function checked(of: Plan, product: Product) {
    const host = scriptedHost({ 'Get-HostFacts': () => factsFor(hub), 'Get-ProductState': () => product })
    const lane = lanesOn(host).of([{ kind: 'check-host', purpose: 'as-built' }])
    const tried = await lane.try(0, { plan: of })
    return { ...tried, looks: host.asked.filter((name) => name === 'Get-ProductState').length }
  }
  const withHub = (provision: 'install' | 'existing') =>
    enterprisePlan({
      runners: 1,
      studios: 1,
      overrides: {
        placements: plan.placements.map((one) => (one.component === 'hub' ? { ...one, provision } : one)),
        installers: { ...plan.installers, hub: installerFor('hub') },
      },
    })

  test('fails where a component that Rollout installs is not there', async () => {
    expect((await checked(withHub('install'), absent)).failure).toMatchObject({
      code: 'not-as-planned',
      retry: 'never',
    })
    const there = { ...absent, uninstall: { displayName: 'Practice hub', version: '1.0' } }
    expect(await checked(withHub('install'), there)).toMatchObject({ outcome: 'succeeded', looks: 1 })
  })

  test('does not look for what existed before, which the plan says nothing of', async () => {
    expect(await checked(withHub('existing'), absent)).toMatchObject({ outcome: 'succeeded', looks: 0 })
  })
})

describe('the probe of a path', () => {
  type Outcome = VerbResult<'Test-NetworkPath'>['outcome']
  async function probed(outcome: Outcome, listening: boolean) {
    const host = scriptedHost({
      'Test-NetworkPath': () => ({ outcome, addresses: ['10.20.0.20'], elapsedMs: 3.4, detail: null }),
    })
    const flow = {
      id: 'HUB01>DB01:5432',
      toAddress: 'db01',
      port: 5432,
      why: 'The Hub keeps its state there',
      listening,
    }
    const { failure, outcome: end, evidence } = await lanesOn(host).once({ kind: 'probe-flow', flow })
    return [end, failure?.kind, failure?.code, failure?.retry, evidence.includes('10.20.0.20')]
  }

  test('passes where it is open; a refusal passes only while nothing has to listen there', async () => {
    expect(await probed('open', true)).toEqual(['succeeded', undefined, undefined, undefined, true])
    expect(await probed('refused', false)).toEqual(['succeeded', undefined, undefined, undefined, true])
    expect(await probed('refused', true)).toEqual(['failed', 'host', 'flow-refused', 'backoff', false])
  })

  test('fails for a person where something on the way has to be changed', async () => {
    for (const outcome of ['filtered', 'unreachable', 'unresolved'] as const)
      expect(await probed(outcome, false)).toEqual(['failed', 'finding', `flow-${outcome}`, 'never', false])
  })
})

function never(): never {
  throw new Error('the plan has a first host')
}
