/** A host whose reach is `auto`: the choice is in the log before the first observation, and holds for the run. */
import { expect, test } from 'vitest'
import { failed } from '../../../domain/base/failure.ts'
import { autoReaches, type DoorReach, type Host } from '../../../domain/plan/host.ts'
import type { Credential } from '../../../main/engine/ports.ts'
import { openTransports } from '../../../main/transports/registry.ts'
import type { WholeVault } from '../../../main/vault/layered-vault.ts'
import { practiceRun } from './practice-run.ts'

const vault: WholeVault = {
  credential: (): Promise<Credential> =>
    Promise.resolve({ kind: 'password', user: '.\\installer', password: 'not-a-secret' }),
  secret: () => Promise.reject(new Error('not asked for')),
  entries: () => Promise.reject(new Error('not asked for')),
}

test('rung 1: chosen once, before the first look; kept over lost links and by whoever goes on', async () => {
  const asked: string[] = []
  const [best, second] = autoReaches as readonly [DoorReach, DoorReach]
  // A second look for a way would find another: the run must not look again.
  const finds = [best, second]
  const simulated = (host: Host): Host => ({ ...host, reach: { kind: 'simulated' } })
  const reach: typeof openTransports = async (options) => {
    const transports = await openTransports({ ...options, plan: { hosts: options.plan.hosts.map(simulated) } })
    return {
      close: () => transports.close(),
      for: (host) => ({
        async open(_host, credential, signal) {
          if (host.name === 'RUN001') asked.push(host.reach.kind)
          // Seen on the third way in: the link that was chosen is down for a while.
          if (host.name === 'RUN001' && asked.length === 2)
            throw failed('link', 'connection-refused', 'RUN001 is reachable, but nothing listens.', 'Wait.', 'backoff')
          const session = await transports.for(simulated(host)).open(simulated(host), credential, signal)
          return host.reach.kind === 'auto'
            ? { ...session, chosen: { reach: finds.shift() ?? best, why: 'Port 5986 answers.' } }
            : session
        },
      }),
    }
  }
  const edit = (document: { hosts: { name: string }[] }) => {
    for (const host of document.hosts)
      if (host.name === 'RUN001') Object.assign(host, { reach: { kind: 'auto' }, credential: 'admin' })
  }
  const run = await practiceRun({ edit, appOptions: { reach, vault } })
  expect(await run.run()).toBe('finished')
  expect(asked[0]).toBe('auto')
  expect(new Set(asked.slice(1))).toEqual(new Set(['winrm']))

  const story = run.story('RUN001')
  const chosen = story.filter((event) => event.type === 'reach.chosen')
  expect(chosen).toMatchObject([{ reach: best, why: 'Port 5986 answers.' }])
  const all = run.events()
  const firstLook = all.findIndex((event) => event.type === 'step.observed' && event.step.includes('/RUN001/'))
  expect(all.findIndex((event) => event.type === 'reach.chosen')).toBeLessThan(firstLook)
  const lost = story.find((event) => event.type === 'host.unreachable')
  expect(lost).toMatchObject({
    failure: {
      evidence: expect.arrayContaining([
        expect.stringContaining('by WinRM over HTTPS, port 5986, and keeps to it'),
      ]) as string[],
    },
  })
})
