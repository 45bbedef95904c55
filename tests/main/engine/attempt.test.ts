/** How one attempt ends: what becomes of the conversation, of the log, and of a state that nobody understands. */
import { describe, expect, test } from 'vitest'
import { failed } from '../../../domain/base/failure.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { autoReaches } from '../../../domain/plan/host.ts'
import type { NewEvent } from '../../../domain/run/event.ts'
import type { StepWork } from '../../../domain/graph/step.ts'
import type { Transports } from '../../../main/engine/ports.ts'
import { enterprisePlan } from '../../builders/plan.ts'
import { lanesOn, scriptedHost } from '../../builders/scripted-host.ts'

/** What the last look found, in the words of the log; never nothing. */
function lastSeen(events: readonly NewEvent[]): readonly string[] {
  const seen = events.findLast((event) => event.type === 'step.observed')
  expect(seen?.evidence).not.toEqual([])
  return seen?.evidence ?? []
}

const reach: StepWork = { kind: 'reach-host' }
const boot = (bootId = 'boot-1') => ({ bootId, bootTime: '', pendingReboot: [] })

describe('a failure', () => {
  /** Reaches the host twice; the first time it answers with that failure. */
  async function twice(kind: Failure['kind']) {
    let asked = 0
    const host = scriptedHost({
      'Get-BootId': () => {
        if (++asked === 1) throw failed(kind, 'test', 'It did not work.', 'Look at the host.')
        return boot()
      },
    })
    const lane = lanesOn(host).of([reach])
    return { host, first: await lane.try(), second: await lane.try() }
  }

  test.each(['credential', 'trust'] as const)(
    'of %s closes the conversation, and the retry opens one',
    async (kind) => {
      const { host, first, second } = await twice(kind)
      expect([first.outcome, first.failure?.kind, second.outcome]).toEqual(['failed', kind, 'succeeded'])
      expect(host.asked).toEqual(['open', 'Get-BootId', 'close', 'open', 'Get-BootId'])
    },
  )

  test.each(['host', 'finding', 'bug'] as const)('of kind %s leaves the conversation as it is', async (kind) => {
    const { host, first } = await twice(kind)
    expect([first.outcome, first.failure?.kind]).toEqual(['failed', kind])
    expect(host.asked).toEqual(['open', 'Get-BootId', 'Get-BootId'])
  })

  test('of the link is none of the step: the host is tried again, later each time', async () => {
    const host = scriptedHost(
      {},
      {
        open: () => {
          throw failed('link', 'connection-refused', 'Nothing listens.', 'Wait.')
        },
      },
    )
    const lanes = lanesOn(host)
    const lane = lanes.of([reach])
    const waits: number[] = []
    for (let n = 1; n <= 3; n++) {
      const { outcome } = await lane.try()
      expect(outcome).toBe('interrupted')
      waits.push((lane.lane.unreachable?.nextTryAt ?? 0) - lanes.clock.now())
    }
    expect(waits).toEqual([2_000, 4_000, 8_000])
    expect(lane.lane.unreachable?.tries).toBe(3)
    expect(lane.lane.steps[0]?.failures).toBe(0)
    expect(host.asked).toEqual(['open', 'open', 'open'])
  })

  test('of the link in the middle of a step closes the conversation', async () => {
    const host = scriptedHost({
      'Get-BootId': () => {
        throw failed('link', 'connection-lost', 'The connection was lost.', 'Wait.')
      },
    })
    const { outcome, failure } = await lanesOn(host).once(reach)
    expect([outcome, failure?.code]).toEqual(['interrupted', 'connection-lost'])
    expect(host.asked).toEqual(['open', 'Get-BootId', 'close'])
  })

  test('of the link is over once the host answers, and the log says so first', async () => {
    let opened = 0
    const host = scriptedHost(
      { 'Get-BootId': () => boot() },
      {
        open: () => {
          if (++opened === 1) throw failed('link', 'connection-refused', 'Nothing listens.', 'Wait.')
        },
      },
    )
    const lane = lanesOn(host).of([reach])
    await lane.try()
    const { events } = await lane.try()
    expect(events[0]).toEqual({ type: 'host.reached', host: 'HUB01' })
    expect(lane.lane.unreachable).toBeNull()
  })

  test('after the abort is an interruption, whatever was thrown', async () => {
    const stop = new AbortController()
    const host = scriptedHost({
      'Get-BootId': () => {
        stop.abort()
        throw failed('host', 'test', 'It did not work.', 'Look at the host.')
      },
    })
    const { outcome, events } = await lanesOn(host).once(reach, { signal: stop.signal })
    expect(outcome).toBe('interrupted')
    expect(events).toHaveLength(1)
  })
})

describe('a host whose way is not chosen yet', () => {
  test('is reached by the way that the first session chose: in the log once, and kept when the link is lost', async () => {
    const [first] = enterprisePlan().hosts
    const [best] = autoReaches
    if (!first || !best) throw new Error('the plan has a host')
    const ways: string[] = []
    let lost = false
    const host = scriptedHost({ 'Get-BootId': () => boot() })
    const transports: Transports = {
      close: () => host.transports.close(),
      for: (one) => ({
        async open(...how) {
          ways.push(one.reach.kind)
          if (lost) throw failed('link', 'connection-refused', 'Nothing listens.', 'Wait.')
          const session = await host.transports.for(one).open(...how)
          return one.reach.kind === 'auto' ? { ...session, chosen: { reach: best, why: 'It answers.' } } : session
        },
      }),
    }
    const lanes = lanesOn({ ...host, transports })
    const lane = lanes.of([reach, reach, reach], { ...first, reach: { kind: 'auto' } })
    const { events } = await lane.try(0)
    expect(events.map(({ type }) => type)).toEqual(['reach.chosen', 'step.observed', 'step.succeeded'])
    expect(events[0]).toMatchObject({ host: first.name, reach: best, why: 'It answers.' })
    await lanes.sessions.drop(first.name)
    expect((await lane.try(1)).events.map(({ type }) => type)).toEqual(['step.observed', 'step.succeeded'])
    await lanes.sessions.drop(first.name)
    lost = true
    const { failure } = await lane.try(2)
    expect(ways).toEqual(['auto', best.kind, best.kind])
    expect(failure?.evidence.join()).toContain('keeps to it')
  })
})

describe('what is found on the host', () => {
  const restart: StepWork = { kind: 'reboot-host', timeoutSeconds: 60 }
  const clear: StepWork = { kind: 'clear-staging', root: 'C:\\Work', folder: 'C:\\Work\\media' }
  const files = (...there: boolean[]) => {
    let look = 0
    return () => ({
      exists: there[Math.min(look++, there.length - 1)] ?? false,
      length: null,
      sha256: null,
      signature: null,
    })
  }

  test('as it should be is left alone, and the log says that nothing was changed', async () => {
    const host = scriptedHost({ 'Get-FileState': files(false) })
    const { events } = await lanesOn(host).once(clear)
    expect(events.map(({ type }) => type)).toEqual(['step.observed', 'step.succeeded'])
    expect(events.at(-1)).toMatchObject({ changed: false, rebootWanted: false })
    expect(events.at(-1)).not.toHaveProperty('exitCode')
    expect(host.changes()).toEqual([])
  })

  test('otherwise is changed, after the log says so, and seen again', async () => {
    const host = scriptedHost({ 'Get-FileState': files(true, false), 'Remove-WorkFolder': () => ({ removed: true }) })
    const { events } = await lanesOn(host).once(clear)
    expect(events.map(({ type }) => type)).toEqual([
      'step.observed',
      'step.applying',
      'step.observed',
      'step.succeeded',
    ])
    expect(events.at(-1)).toMatchObject({ changed: true, rebootWanted: false })
    // Only a job on the host has a ticket.
    expect(events[1]).toMatchObject({ ticket: null })
    expect(host.asked).toEqual(['open', 'Get-FileState', 'Remove-WorkFolder', 'Get-FileState'])
  })

  test('otherwise and still so after the change is a failure', async () => {
    const host = scriptedHost({ 'Get-FileState': files(true), 'Remove-WorkFolder': () => ({ removed: true }) })
    const { failure, saw, events } = await lanesOn(host).once(clear)
    expect(failure).toMatchObject({ kind: 'host', code: 'did-not-hold', retry: 'never' })
    expect(saw).toEqual(['absent', 'absent'])
    expect(failure?.evidence).toEqual(lastSeen(events))
  })

  test('otherwise is not changed where a person said that it is done: Rollout only looks', async () => {
    const host = scriptedHost({ 'Get-FileState': files(true) })
    const { failure } = await lanesOn(host).once(clear, { mode: 'prove' })
    expect(failure).toMatchObject({ kind: 'finding', code: 'not-proved' })
    expect(host.changes()).toEqual([])
  })

  test('work by hand that is not detected stays work by hand, with what was seen and what is to be done', async () => {
    const host = scriptedHost({
      'Get-ProductState': () => ({ uninstall: null, file: null, service: null }),
    })
    const { failure, events } = await lanesOn(host).once(
      {
        kind: 'by-hand',
        component: 'runner',
        installer: {
          mode: 'by-hand',
          instructions: ['Run the setup as administrator.'],
          detect: { uninstallName: 'Runner' },
          services: [],
        },
      },
      { mode: 'prove' },
    )
    expect(failure).toMatchObject({ kind: 'by-hand', code: 'not-proved' })
    expect(failure?.evidence).toEqual([...lastSeen(events), 'Run the setup as administrator.'])
  })

  test('half installed is for a person: an installer is not run over it', async () => {
    const host = scriptedHost({
      'Read-HostJob': () => ({ state: 'absent', journal: '', offset: 0, exitCode: null, error: null, bootId: null }),
      'Get-ProductState': () => ({
        uninstall: null,
        file: { path: 'C:\\Runner\\runner.exe', exists: true, version: null },
        service: { name: 'Runner', exists: false, status: null, startType: null },
      }),
    })
    const { failure, saw, events } = await lanesOn(host).once({
      kind: 'run-installer',
      component: 'runner',
      installer: {
        mode: 'unattended',
        artefact: { file: 'media/runner.exe', sha256: 'e'.repeat(64) },
        extra: [],
        arguments: [],
        environment: {},
        services: [],
        timeoutMinutes: 5,
        exitCodes: { success: [0], reboot: [3010], rebooting: [1641], retry: [1618] },
        detect: { file: 'C:\\Runner\\runner.exe', service: 'Runner' },
      },
      remotePath: 'C:\\Work\\media\\runner.exe',
      mediaFolder: 'C:\\Work\\media',
      jobFolder: 'C:\\Work\\jobs',
    })
    expect(failure).toMatchObject({ kind: 'uncertain', code: 'found-partial', retry: 'never' })
    expect(saw).toEqual(['partial'])
    expect(failure?.evidence).toEqual(lastSeen(events))
    expect(host.changes()).toEqual([])
  })

  test('of a restart is learnt: the next step knows the new start of the host', async () => {
    let bootId = 'old'
    const host = scriptedHost({
      'Get-BootId': () => boot(bootId),
      'Restart-Host': () => {
        bootId = 'new'
        return { requested: true, bootId: 'old' }
      },
    })
    const lane = lanesOn(host).of([reach, restart, restart])
    await lane.try(0)
    await lane.try(1)
    expect(lane.lane.bootId).toBe('new')
    expect((await lane.try(2)).changed).toBe(false)
  })
})
