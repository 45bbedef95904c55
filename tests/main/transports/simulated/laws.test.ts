/** The laws of the practice site: chance by key, not by call order; one start per ticket; time needs no observer. */
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inspectWorld } from '../../../../main/transports/simulated/verbs/inspect.ts'
import { FailureError } from '../../../../domain/base/failure.ts'
import { folder, makeWorld, type PracticeWorld, start, type WorldOptions } from './practice-world.ts'

async function inWorld<T>(options: WorldOptions, work: (world: PracticeWorld) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'practice-law-'))
  const world = makeWorld(dir, options)
  try {
    return await work(world)
  } finally {
    world.transport.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

type Deed = 'facts' | 'put' | 'install' | 'read' | 'restart' | 'rule' | 'wait'
const deeds: readonly Deed[] = ['facts', 'put', 'install', 'read', 'restart', 'rule', 'wait']

// What one host answers to a script of deeds, with times; a failure is an answer too.
async function perform(world: PracticeWorld, name: string, script: readonly Deed[]): Promise<string[]> {
  const host = world.on(name)
  const told: string[] = []
  for (const deed of script) {
    try {
      told.push(JSON.stringify(await once(world, host, deed)))
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown
      told.push(thrown.failure.code)
    }
  }
  return told
}

async function once(world: PracticeWorld, host: ReturnType<PracticeWorld['on']>, deed: Deed): Promise<unknown> {
  switch (deed) {
    case 'facts':
      return host.ask('Get-HostFacts', {})
    case 'put':
      return host.put('runner')
    case 'install':
      return host.install('runner')
    case 'read':
      return host.read()
    case 'restart':
      return host.ask('Restart-Host', { BootId: (await host.ask('Get-BootId', {})).bootId, Reason: 'law' })
    case 'rule':
      return host.ask('Set-FirewallRule', { Name: 'r', DisplayName: 'r', Port: 1, RemoteAddresses: ['Any'] })
    case 'wait':
      return world.clock.sleep(9000)
  }
}

const scripts = fc.record({
  seed: fc.nat(1000),
  RUN001: fc.array(fc.constantFrom(...deeds), { maxLength: 10 }),
  RUN002: fc.array(fc.constantFrom(...deeds), { maxLength: 10 }),
  RUN003: fc.array(fc.constantFrom(...deeds), { maxLength: 10 }),
})
const faults = ['exit-3010@RUN001', 'drop@RUN002', 'reboot-during-install@RUN003', 'slow@RUN002*3']

describe('rung 1: laws of the practice site', { timeout: 120_000 }, () => {
  test('the same seed gives every host the same answers, whatever the other hosts are asked meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        scripts,
        fc.shuffledSubarray(['RUN001', 'RUN002', 'RUN003'] as const, { minLength: 3 }),
        async ({ seed, ...script }, order) => {
          const together = await inWorld({ seed, faults }, async (world) => {
            const told = await Promise.all(
              order.map(async (name) => [name, await perform(world, name, script[name])] as const),
            )
            return Object.fromEntries(told)
          })
          // One host alone is enough a round: over the rounds each of them has its turn.
          for (const name of order.slice(0, 1)) {
            const alone = await inWorld({ seed, faults }, (world) => perform(world, name, script[name]))
            expect(together[name]).toEqual(alone)
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  test('a ticket is started once, whatever calls come in whatever order, and a used-up fault stays used up', async () => {
    const calls = fc.array(
      fc.record({
        host: fc.constantFrom('RUN001', 'RUN002'),
        ticket: fc.constantFrom('a', 'b', 'c'),
        deed: fc.constantFrom('install', 'put', 'read', 'restart', 'wait', 'facts'),
      }),
      { maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), calls, async (seed, list) => {
        await inWorld(
          {
            seed,
            faults: ['drop@RUN001*3', 'exit-1618@RUN001*2', 'reboot-during-install@RUN002', 'exit-1641@RUN002+1'],
          },
          async (world) => {
            const began = new Map<string, number>()
            const drivers = { RUN001: world.on('RUN001'), RUN002: world.on('RUN002') }
            for (const host of Object.values(drivers)) await host.put('runner').catch(() => undefined)
            let before = inspectWorld(world.site.siteFile).faults
            for (const { host, ticket, deed } of list) {
              try {
                if (deed === 'install') {
                  const answer = await drivers[host as 'RUN001'].install('runner', ticket)
                  if (answer.started) began.set(`${host} ${ticket}`, (began.get(`${host} ${ticket}`) ?? 0) + 1)
                } else await once(world, drivers[host as 'RUN001'], deed)
              } catch (thrown) {
                if (!(thrown instanceof FailureError)) throw thrown
              }
              const after = inspectWorld(world.site.siteFile).faults
              after.forEach((fault, i) => expect(fault.remaining).toBeLessThanOrEqual(before[i]?.remaining ?? 0))
              before = after
            }
            const site = inspectWorld(world.site.siteFile)
            expect(site.hosts['RUN001']?.startedTwice).toEqual([])
            expect(site.hosts['RUN002']?.startedTwice).toEqual([])
            for (const starts of began.values()) expect(starts).toBe(1)
            expect(before[0]?.shown).toBeLessThanOrEqual(3)
          },
        )
      }),
      { numRuns: 20 },
    )
  })

  test('looking often or never makes no difference to what a host becomes', async () => {
    const options = { faults: ['exit-1641@RUN001'], seed: 5 }
    const become = (looks: readonly number[]) =>
      inWorld(options, async (world) => {
        const host = world.on('RUN001')
        await host.put('runner')
        await host.install('runner')
        for (const ms of looks) {
          await world.clock.sleep(ms)
          inspectWorld(world.site.siteFile, world.clock.now())
          await world.on('HUB01').ask('Test-NetworkPath', { Address: '10.21.0.1', Port: 1, TimeoutMs: 1 })
        }
        return inspectWorld(world.site.siteFile, start + 400_000).hosts['RUN001']
      })
    const unseen = await become([])
    expect(unseen).toMatchObject({ up: true, boots: 2, products: { 'Practice runner (stand-in)': '1.0.0' } })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 8 }),
        async (looks) => void expect(await become(looks)).toEqual(unseen),
      ),
      { numRuns: 20 },
    )
  })

  test('a job goes on while nobody holds the site open', async () => {
    await inWorld({}, async (world) => {
      const host = world.on('RUN001')
      await host.put('runner')
      await host.install('runner')
      world.transport.close()
      expect(inspectWorld(world.site.siteFile).hosts['RUN001']).toMatchObject({
        jobs: [{ path: `${folder.toLowerCase()}\\t1`, ticket: 't1', state: 'running', exitCode: null }],
        products: {},
      })
      const later = inspectWorld(world.site.siteFile, start + 600_000).hosts['RUN001']
      expect(later).toMatchObject({
        jobs: [{ state: 'ended', exitCode: 0 }],
        products: { 'Practice runner (stand-in)': '1.0.0' },
      })
    })
  })
})
