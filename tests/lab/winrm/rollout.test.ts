/** Rung 3: a whole rollout over WinRM to lab hosts, sealed on HTTP and channel-bound on HTTPS; our process and WinRM services end while installers run. What is on the hosts afterwards is asked of the hosts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { pendingDecisions } from '../../../domain/run/pending.ts'
import { createApp, type App } from '../../../main/app/core/app.ts'
import { readPlanFile } from '../../../main/app/workstation/plan-file.ts'
import { openTransports } from '../../../main/transports/registry.ts'
import { documentVault } from '../../../main/vault/env-vault.ts'
import { gssMissing } from '../../main/transports/winrm/http/gss-server.ts'
import { asPlanned, built } from '../built.ts'
import { downLab, labUnavailable, upLab } from '../lab.ts'
import { live as liveUntilDeath } from '../life.ts'
import { writeLabPlan } from '../plan.ts'
import { startWinrm, winrmUser, type WinrmService } from './endpoint.ts'

const unavailable = labUnavailable() ?? gssMissing
const lab = unavailable === undefined || process.env['CI'] ? test : test.skip
const why = unavailable === undefined ? '' : ` [needs a lab: ${unavailable}]`
const order = [
  { name: 'HUB01', roles: ['hub'] },
  { name: 'DB01', roles: ['postgres'] },
  { name: 'STUDIO01', roles: ['studio'] },
  { name: 'RUN01', roles: ['runner'] },
]
const sealedOverHttp = new Set(['HUB01', 'RUN01'])
const right = {
  kind: 'password',
  user: `${winrmUser.domain}\\${winrmUser.user}`,
  password: winrmUser.password,
} as const

const folder = await mkdtemp(join(tmpdir(), 'rollout-lab-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The plan of a lab, with every host on WinRM: sealed on HTTP, on HTTPS with its certificate named, or (DB01) by whatever is found; RUN01 has a credential of its own. */
async function planned(site: Awaited<ReturnType<typeof upLab>>, services: ReadonlyMap<string, WinrmService>) {
  const { planFile, document, secrets, thumbprint } = await writeLabPlan(site, join(folder, 'plan'), {
    switches: {
      hub: ['/EXIT=3010', '/DURATION=3'],
      postgresql: ['/DURATION=2'],
      studio: ['/DURATION=3'],
      runner: ['DURATION=3'],
    },
  })
  const hosts = document.hosts.map((host) => ({
    ...host,
    reach:
      host.name === 'DB01'
        ? { kind: 'auto' }
        : sealedOverHttp.has(host.name)
          ? { kind: 'winrm', tls: false }
          : { kind: 'winrm', certificate: services.get(host.name)?.certificate },
    credential: host.name === 'RUN01' ? 'of-run01' : 'of-all',
  }))
  await writeFile(planFile, JSON.stringify({ ...document, hosts, defaultCredential: 'of-all' }))
  const reading = await readPlanFile(planFile)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return { plan: reading.plan, thumbprint, secrets: { ...secrets, 'of-all': right } }
}

/** The transports of a run that restart the WinRM service of a host, once, as soon as its installer is seen at work. */
function restarting(services: ReadonlyMap<string, WinrmService>, restarted: Set<string>): typeof openTransports {
  return async (options) => {
    const transports = await openTransports(options)
    return {
      close: () => transports.close(),
      for: (host) => ({
        async open(...opening) {
          const session = await transports.for(host).open(...opening)
          return {
            ...session,
            async run(verb, params, options) {
              const answer = await session.run(verb, params, options)
              if (
                verb === 'Read-HostJob' &&
                'state' in answer &&
                answer.state === 'running' &&
                !restarted.has(host.name)
              ) {
                restarted.add(host.name)
                await services.get(host.name)?.restart()
              }
              return answer
            },
          }
        },
      }),
    }
  }
}

describe('rung 3: a rollout over WinRM to lab hosts', () => {
  lab(
    `killed while installers run, its services restarted under it, and a wrong password shown once: it ends in acceptance, as over ssh, and no installer was started twice${why}`,
    async () => {
      const dir = join(folder, 'site')
      const site = await upLab({ dir, hosts: order })
      const services = new Map<string, WinrmService>()
      try {
        for (const host of site.hosts) services.set(host.name, await startWinrm(host))
        const { plan, thumbprint, secrets } = await planned(site, services)
        const db = join(folder, 'run.db')
        const restarted = new Set<string>()
        const withApp = async <T>(ofRun01: unknown, work: (app: App) => T | Promise<T>) => {
          const app = createApp({
            dbFile: db,
            by: 'test@lab',
            vault: documentVault(JSON.stringify({ ...secrets, 'of-run01': ofRun01 })),
            reach: restarting(services, restarted),
          })
          try {
            return await work(app)
          } finally {
            app.close()
          }
        }
        const wrong = { ...right, password: 'not the password' }
        const runId = await withApp(wrong, (app) => app.createRun(app.lockPlan(plan), join(folder, 'plan')).runId)
        // Twice in the middle of an installer, and in between somewhere else.
        for (const death of [
          { commits: null, atInstaller: true },
          { commits: 9, atInstaller: false },
          { commits: null, atInstaller: true },
        ])
          expect(await liveUntilDeath({ ...secrets, 'of-run01': wrong }, { db, runId, ...death })).toMatchObject({
            killed: true,
          })

        const live = (ofRun01: unknown) =>
          withApp(ofRun01, async (app) => {
            const active = await app.executeRun(runId, { openGates: true })
            const failed = () => pendingDecisions(active.state())
            for (const { step } of failed())
              active.request({
                kind: 'decide',
                target: step.id,
                choice: 'retry',
                by: 'test@lab',
                why: 'the password was corrected',
              })
            const rest = await active.run(new AbortController().signal)
            const end = { rest, outcome: active.state().outcome, failures: failed().map(({ failure }) => failure) }
            await active.close()
            return end
          })
        const first = await live(wrong)
        expect(first.failures).toMatchObject([
          { kind: 'credential', code: 'refused', message: expect.stringMatching(/^RUN01 .*did not accept/) },
        ])
        const refusals = () =>
          [...services].map(([name, service]) => [
            name,
            service.events().filter(({ refused }) => refused !== undefined).length,
          ])
        expect(refusals()).toEqual(order.map(({ name }) => [name, name === 'RUN01' ? 1 : 0]))

        const second = await live(right)
        expect(second, JSON.stringify(second)).toMatchObject({ outcome: 'accepted', failures: [] })
        expect(await built(site, thumbprint)).toEqual(
          asPlanned.filter(({ name }) => order.some((host) => host.name === name)),
        )
        const signIns = order.map(({ name }) => [
          name,
          ...new Set(
            (services.get(name)?.events() ?? [])
              .filter(({ user }) => user !== undefined)
              .map(({ user, tls }) => `${user ?? ''} ${tls === true ? 'bound' : 'sealed'}`),
          ),
        ])
        expect(signIns).toEqual(
          order.map(({ name }) => [
            name,
            `${winrmUser.domain}\\${winrmUser.user} ${sealedOverHttp.has(name) ? 'sealed' : 'bound'}`,
          ]),
        )
        expect(
          [...services.values()].flatMap((service) => service.events()).filter(({ broken }) => broken !== undefined),
        ).toEqual([])
        await withApp(right, async (app) => {
          // The best of its ports, found once: three deaths and a person's decision later it is still that one.
          const chosen = [...app.store.runs.stream(runId)].filter((event) => event.type === 'reach.chosen')
          expect(chosen).toMatchObject([
            { host: 'DB01', reach: { kind: 'winrm', tls: true }, why: 'Port 5986 answers.' },
          ])
          const db01 = plan.hosts.find(({ name }) => name === 'DB01')
          const examined = db01 && (await app.examine(db01, { signal: new AbortController().signal, waitMs: 10_000 }))
          expect(examined).toMatchObject({
            signedIn: true,
            port: 5986,
            doors: ['Port 5986 answers.', 'Port 5985 answers.', 'Port 22 does not answer.'],
            diagnosis: null,
            well: expect.arrayContaining([expect.stringMatching(/^WinRM over HTTPS, port 5986 is chosen/)]) as unknown,
          })
        })
        // Of the two ways to a host, one each: sealed on HTTP and on HTTPS.
        expect([...restarted]).toEqual(expect.arrayContaining(['STUDIO01', 'RUN01']))
        // The Hub's installer asked for a restart: its service went down with the host and came up again.
        expect(
          new Set(
            services
              .get('HUB01')
              ?.events()
              .flatMap(({ listening }) => listening ?? []),
          ),
        ).toEqual(new Set([1, 0, 2]))
      } finally {
        for (const service of services.values()) await service.stop()
        await downLab(dir)
      }
    },
    600_000,
  )
})
