/** What each kind of fault shows, once per kind. */
import { describe, expect, test } from 'vitest'
import type { FaultKind } from '../../../../main/transports/simulated/fault.ts'
import { faultKinds } from '../../../../main/transports/simulated/fault.ts'
import { inspectWorld, mendHost } from '../../../../main/transports/simulated/verbs/inspect.ts'
import { failureOf, folder, type HostHandle, practiceWorld, type PracticeWorld, reopen } from './practice-world.ts'
import { virtualClock } from '../../../../main/app/workstation/clock.ts'

const never = new AbortController().signal
const product = { Detect: { uninstallName: 'Practice runner (stand-in)' } }

async function installed(host: HostHandle): Promise<boolean> {
  return (await host.ask('Get-ProductState', product)).uninstall !== null
}

async function run(host: HostHandle, ticket: string) {
  await host.install('runner', ticket)
  return host.await(ticket)
}

const shown: Record<FaultKind, (faulty: (...faults: string[]) => PracticeWorld) => Promise<void>> = {
  unreachable: async (faulty) => {
    const world = faulty('unreachable@RUN001')
    for (let i = 0; i < 3; i++)
      expect(await failureOf(world.open('RUN001'))).toMatchObject({
        kind: 'link',
        code: 'unreachable',
        retry: 'backoff',
      })
    const session = await world.open('RUN001')
    await session.run('Get-BootId', {}, { signal: never })
    const later = faulty('unreachable@RUN001:run-installer*2')
    const host = later.on('RUN001')
    await host.put('runner')
    expect(await failureOf(host.install('runner'))).toMatchObject({ kind: 'link', code: 'link-lost' })
    for (let i = 0; i < 2; i++) expect(await failureOf(later.open('RUN001'))).toMatchObject({ code: 'unreachable' })
    expect((await host.read()).state).toBe('absent')
  },
  drop: async (faulty) => {
    const happened = new Set<boolean>()
    for (let seed = 1; seed <= 8; seed++) {
      const world = practiceWorld({ seed, faults: ['drop@RUN001:run-installer'] })
      const host = world.on('RUN001')
      await host.put('runner')
      expect(await failureOf(host.install('runner'))).toMatchObject({
        kind: 'link',
        code: 'link-lost',
        retry: 'backoff',
      })
      happened.add((await host.read()).state !== 'absent')
    }
    expect(happened).toEqual(new Set([true, false]))
    const world = faulty('drop@RUN001:stage-artefact')
    const host = world.on('RUN001')
    expect(await failureOf(host.put('runner'))).toMatchObject({ code: 'link-lost' })
    await host.put('runner')
    const watched = faulty('drop@RUN001:run-installer+2')
    const watcher = watched.on('RUN001')
    await watcher.put('runner')
    await watcher.install('runner')
    await watcher.read()
    expect(await failureOf(watcher.read())).toMatchObject({ code: 'link-lost' })
    expect((await watcher.await()).state).toBe('ended')
  },
  slow: async (faulty) => {
    const took = async (world: PracticeWorld) => {
      const host = world.on('RUN001')
      const begun = world.clock.now()
      await host.ask('Get-HostFacts', {})
      return world.clock.now() - begun
    }
    expect(await took(faulty('slow@RUN001'))).toBe(10 * (await took(faulty())))
    expect(await took(faulty('slow@RUN001:probe-flow'))).toBe(await took(faulty()))
  },
  'exit-1603': async (faulty) => {
    const host = faulty('exit-1603@RUN001').on('RUN001')
    await host.put('runner')
    expect(await run(host, 't1')).toMatchObject({ state: 'ended', exitCode: 1603 })
    expect(await installed(host)).toBe(false)
    expect(await run(host, 't2')).toMatchObject({ exitCode: 0 })
  },
  'exit-1618': async (faulty) => {
    const host = faulty('exit-1618@RUN001*3').on('RUN001')
    await host.put('runner')
    for (const ticket of ['t1', 't2', 't3']) expect(await run(host, ticket)).toMatchObject({ exitCode: 1618 })
    expect(await installed(host)).toBe(false)
    expect(await run(host, 't4')).toMatchObject({ exitCode: 0 })
  },
  'exit-3010': async (faulty) => {
    const world = faulty('exit-3010@HUB01')
    const host = world.on('HUB01')
    await host.put('hub')
    await host.install('hub')
    expect(await host.await()).toMatchObject({ exitCode: 3010 })
    const boot = await host.ask('Get-BootId', {})
    expect(boot.pendingReboot.map((signal) => signal.kind)).toEqual(['file-rename'])
    expect((await host.ask('Get-ServiceState', { Name: ['ExekraHubService'] })).services[0]?.status).toBe('stopped')
    await host.ask('Restart-Host', { BootId: boot.bootId, Reason: 'wanted' })
    await world.clock.sleep(120_000)
    await failureOf(host.ask('Get-BootId', {}))
    expect((await host.ask('Get-BootId', {})).pendingReboot).toEqual([])
    expect((await host.ask('Get-ServiceState', { Name: ['ExekraHubService'] })).services[0]?.status).toBe('running')
  },
  'exit-1641': async (faulty) => {
    const world = faulty('exit-1641@RUN001')
    const host = world.on('RUN001')
    await host.put('runner')
    const before = await host.ask('Get-BootId', {})
    await host.install('runner')
    await world.clock.sleep(150_000)
    await failureOf(host.read())
    expect(await host.read()).toMatchObject({ state: 'ended', exitCode: 1641, bootId: before.bootId })
    expect((await host.ask('Get-BootId', {})).bootId).not.toBe(before.bootId)
    expect(await installed(host)).toBe(true)
  },
  'reboot-during-install': async () => {
    const present = new Set<boolean>()
    for (let seed = 1; seed <= 8; seed++) {
      const world = practiceWorld({ seed, faults: ['reboot-during-install@RUN001'] })
      const host = world.on('RUN001')
      await host.put('runner')
      const before = await host.ask('Get-BootId', {})
      await host.install('runner')
      await world.clock.sleep(150_000)
      await failureOf(host.read())
      expect(await host.read()).toMatchObject({ state: 'lost', exitCode: null })
      expect((await host.ask('Get-BootId', {})).bootId).not.toBe(before.bootId)
      present.add(await installed(host))
    }
    expect(present).toEqual(new Set([true, false]))
  },
  'disk-full': async (faulty) => {
    const world = faulty('disk-full@RUN001')
    const host = world.on('RUN001')
    expect((await host.ask('New-WorkFolder', { Path: folder })).freeBytes).toBe(2 ** 20)
    for (let i = 0; i < 2; i++)
      expect(await failureOf(host.put('runner'))).toMatchObject({ kind: 'host', code: 'disk-full' })
    mendHost(world.site.siteFile, 'RUN001')
    await host.put('runner')
    const install = faulty('disk-full@RUN001:run-installer*1').on('RUN001')
    await install.put('runner')
    expect(await run(install, 't1')).toMatchObject({ exitCode: 112 })
    expect(await installed(install)).toBe(false)
  },
  'wrong-hash': async (faulty) => {
    const host = faulty('wrong-hash@RUN001').on('RUN001')
    expect(await failureOf(host.put('runner'))).toMatchObject({ kind: 'host', code: 'hash-mismatch' })
    const sent = await host.put('runner')
    expect((await host.ask('Get-FileState', { Path: sent, Hash: true, Signature: true })).signature?.status).toBe(
      'Valid',
    )
    const later = faulty('wrong-hash@RUN001:verify-artefact').on('RUN001')
    const path = await later.put('runner')
    const spoilt = await later.ask('Get-FileState', { Path: path, Hash: true, Signature: true })
    expect(spoilt.signature?.status).toBe('NotSigned')
    expect(await later.ask('Get-FileState', { Path: path, Hash: true, Signature: true })).toEqual(spoilt)
    await later.put('runner')
    expect((await later.ask('Get-FileState', { Path: path, Hash: true, Signature: true })).sha256).not.toBe(
      spoilt.sha256,
    )
  },
  'service-never-starts': async (faulty) => {
    const world = faulty('service-never-starts@HUB01*2')
    const host = world.on('HUB01')
    await host.put('hub')
    await host.install('hub')
    await host.await()
    const startIt = () => host.ask('Start-HostService', { Name: 'ExekraHubService', TimeoutMs: 30_000 })
    for (let i = 0; i < 2; i++)
      expect(await failureOf(startIt())).toMatchObject({ kind: 'host', code: 'service-not-started' })
    expect((await host.ask('Get-ServiceState', { Name: ['ExekraHubService'] })).services[0]?.status).toBe('stopped')
    expect((await host.ask('Get-ServiceState', { Name: ['EventLog'] })).services[0]?.status).toBe('running')
    expect((await startIt()).status).toBe('running')
  },
  'wrong-certificate': async (faulty) => {
    const world = faulty('wrong-certificate@HUB01*1')
    const host = world.on('HUB01')
    await host.put('hub')
    await host.install('hub')
    await host.await()
    await world.clock.sleep(10_000)
    const look = () => host.ask('Test-Endpoint', { Address: '10.20.0.10', Port: 4545, TimeoutMs: 1000 })
    const wrong = await look()
    expect(wrong.certificate?.subject).toContain('somebody-else')
    expect((await look()).certificate?.subject).toContain('hub01')
  },
  'wrong-password': async (faulty) => {
    expect(await failureOf(faulty('wrong-password@RUN001').open('RUN001'))).toMatchObject({
      kind: 'credential',
      retry: 'never',
    })
  },
  'clock-off': async (faulty) => {
    const world = faulty('clock-off@RUN001')
    const facts = await world.on('RUN001').ask('Get-HostFacts', {})
    expect(Date.parse(facts.clock) - world.clock.now()).toBe(17 * 60_000)
  },
  'old-os': async (faulty) => {
    const facts = await faulty('old-os@HUB01').on('HUB01').ask('Get-HostFacts', {})
    expect(facts.os.caption).toContain('2012 R2')
    expect(facts.powershell.version).toBe('4.0')
  },
  'host-key-changed': async (faulty) => {
    expect(await failureOf(faulty('host-key-changed@RUN001').open('RUN001'))).toMatchObject({
      kind: 'trust',
      retry: 'never',
    })
  },
}

describe('rung 1: an injected fault', () => {
  test.each(Object.keys(faultKinds) as FaultKind[])('%s shows what it says', async (kind) => {
    await shown[kind]((...faults) => practiceWorld({ faults }))
  })

  test('that was used up stays used up when the site is opened again', async () => {
    const world = practiceWorld({ faults: ['unreachable@RUN001*2', 'exit-1618@RUN002*1'] })
    await failureOf(world.open('RUN001'))
    world.transport.close()
    const again = reopen(world.dir, world.site, virtualClock(world.clock.now()))
    await failureOf(again.open('RUN001'))
    await again.open('RUN001')
    expect(inspectWorld(world.site.siteFile).faults).toEqual([
      { fault: 'unreachable@RUN001*2', shown: 2, remaining: 0 },
      { fault: 'exit-1618@RUN002*1', shown: 0, remaining: 1 },
    ])
  })
})
