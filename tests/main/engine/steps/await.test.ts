/** How long a step waits for a restart, a service or an endpoint, and what ends its wait. */
import { describe, expect, test } from 'vitest'
import { failed } from '../../../../domain/base/failure.ts'
import type { StepWork } from '../../../../domain/graph/step.ts'
import type { VerbResult } from '../../../../domain/remote/verb.ts'
import { lanesOn, scriptedHost } from '../../../builders/scripted-host.ts'

const link = () => failed('link', 'connection-refused', 'The host is reachable, but nothing listens.', 'Wait.', 'never')

describe('restart of a host', () => {
  const restart: StepWork = { kind: 'reboot-host', timeoutSeconds: 60 }

  /**
   * Restarts a host that shows `old` until then, and then these boot ids, one an answer and the last for ever; `link`:
   * it does not answer.
   */
  async function restarted(...after: readonly string[]) {
    let answer = -2
    const host = scriptedHost({
      'Get-BootId': () => {
        const bootId = after[Math.min(answer++, after.length - 1)] ?? 'old'
        if (bootId === 'link') throw link()
        return { bootId, bootTime: '2026-11-23T20:00:00.000Z', pendingReboot: [] }
      },
      'Restart-Host': ({ BootId }) => ({ requested: true, bootId: BootId }),
    })
    const lanes = lanesOn(host)
    const lane = lanes.of([{ kind: 'reach-host' }, restart])
    await lane.try(0)
    const begun = lanes.clock.now()
    const tried = await lane.try(1)
    return { ...tried, host, lane: lane.lane, took: lanes.clock.now() - begun }
  }

  test('a host that still answers as before is not taken for restarted', async () => {
    const { outcome, changed, host, lane } = await restarted('old', 'old', 'link', 'new')
    expect([outcome, changed, lane.bootId]).toEqual(['succeeded', true, 'new'])
    expect(host.changes()).toEqual(['Restart-Host'])
  })

  test('a host that comes back too late, or not at all, is a failure at the time limit', async () => {
    for (const after of ['old', 'link']) {
      const { failure, took, host } = await restarted(after)
      expect(failure).toMatchObject({ kind: 'host', code: 'restart-not-seen' })
      expect(took).toBe(60_000)
      expect(host.changes()).toEqual(['Restart-Host'])
    }
  })

  test('each look after the restart has a conversation of its own', async () => {
    const { host } = await restarted('link', 'new')
    const after = host.asked.slice(host.asked.indexOf('Restart-Host') + 1)
    expect(after.filter((name) => name === 'open')).toHaveLength(2)
    expect(after.filter((name) => name === 'close')).toHaveLength(2)
  })

  test('a refusal of the restart is the failure of the step', async () => {
    const host = scriptedHost({
      'Get-BootId': () => ({ bootId: 'old', bootTime: '', pendingReboot: [] }),
      'Restart-Host': () => {
        throw failed('host', 'restart-refused', 'The host refused the restart.', 'Restart it by hand.')
      },
    })
    expect((await lanesOn(host).once(restart)).failure?.code).toBe('restart-refused')
  })
})

describe('a service', () => {
  type Service = VerbResult<'Get-ServiceState'>['services'][number]
  const work: StepWork = { kind: 'await-service', service: 'ExekraHubService', timeoutSeconds: 30 }

  /** A host whose service has these states, one a look and the last for ever. */
  function withService(...states: readonly (Service['status'] | 'missing')[]) {
    let look = 0
    const service = (): Service => {
      const status = states[Math.min(look++, states.length - 1)] ?? null
      const exists = status !== 'missing'
      return { name: 'ExekraHubService', exists, status: status === 'missing' ? null : status, startType: 'automatic' }
    }
    const host = scriptedHost({ 'Get-ServiceState': () => ({ services: [service()] }), 'Start-HostService': service })
    return { host, lanes: lanesOn(host) }
  }

  test('that does not exist yet is waited for, and nobody tries to start it', async () => {
    const { host, lanes } = withService('missing', 'missing', 'missing', 'running')
    expect((await lanes.once(work)).outcome).toBe('succeeded')
    expect(host.changes()).toEqual([])
  })

  test('that stays stopped is a failure at the time limit, with its state', async () => {
    const { lanes } = withService('stopped')
    const begun = lanes.clock.now()
    const { failure } = await lanes.once(work)
    expect(failure).toMatchObject({ kind: 'host', code: 'service-not-running', retry: 'never' })
    expect(failure?.evidence.join()).toContain('stopped')
    expect(lanes.clock.now() - begun).toBe(30_000)
  })

  test('that only starts or is paused does not count as running', async () => {
    for (const status of ['start-pending', 'paused', 'stop-pending'] as const)
      expect((await withService(status).lanes.once(work)).failure?.code).toBe('service-not-running')
  })
})

describe('an endpoint', () => {
  const certificate = {
    sha256: 'a'.repeat(64),
    subject: 'CN=hub',
    issuer: 'CN=hub',
    notBefore: '',
    notAfter: '',
    der: 'AA==',
    trusted: false,
  }
  const answering = { connected: true, certificate, httpStatus: 200, detail: null }
  const silent = { connected: false, certificate: null, httpStatus: null, detail: 'Connection refused' }
  const work = { kind: 'await-endpoint', address: 'hub', port: 4545, timeoutSeconds: 60 } as const
  const hubCertificate = { sha256: 'b'.repeat(64), der: 'BB==' }

  test('is not there while it only connects and shows no certificate', async () => {
    const host = scriptedHost({ 'Test-Endpoint': () => ({ ...answering, certificate: null }) })
    const lanes = lanesOn(host)
    const begun = lanes.clock.now()
    const { failure } = await lanes.once({ ...work, expect: { from: 'first-sight' } })
    expect(failure).toMatchObject({ kind: 'host', code: 'endpoint-silent', retry: 'never' })
    expect(lanes.clock.now() - begun).toBe(60_000)
  })

  test('with another certificate than the learned one ends the wait at once', async () => {
    const answers = [silent, silent, answering]
    const host = scriptedHost({ 'Test-Endpoint': () => answers.shift() ?? answering })
    const { failure } = await lanesOn(host).once({ ...work, expect: { from: 'learned' } }, { hubCertificate })
    expect(failure).toMatchObject({ kind: 'trust', code: 'wrong-certificate', retry: 'never' })
    expect(host.asked.filter((name) => name === 'Test-Endpoint')).toHaveLength(3)
  })

  test('at first sight is accepted with whatever certificate it shows, and that one is learned', async () => {
    const host = scriptedHost({ 'Test-Endpoint': () => answering })
    const { events } = await lanesOn(host).once({ ...work, expect: { from: 'first-sight' } }, { hubCertificate })
    expect(events.at(-1)).toMatchObject({
      type: 'step.succeeded',
      learned: { hubCertificate: { sha256: certificate.sha256, der: certificate.der } },
    })
  })
})
