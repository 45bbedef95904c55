/**
 * A password that one host refused is shown to no other until it is changed or a person decides. Counts real sign-ins.
 */
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { pendingDecisions } from '../../../../domain/run/pending.ts'
import type { Event } from '../../../../domain/run/event.ts'
import { readPlan, type Plan } from '../../../../domain/plan/plan.ts'
import { createApp, type App } from '../../../../main/app/core/app.ts'
import { documentVault } from '../../../../main/vault/env-vault.ts'
import type { WholeVault } from '../../../../main/vault/layered-vault.ts'
import { enterpriseDocument, pilotPlan, type PlanDocument } from '../../../builders/plan.ts'
import { startPasswordServer } from '../../transports/ssh/password-server.ts'
import { httpAnswer, makeCertificate, patient, startScripted } from '../../transports/winrm/http/reach.ts'
import { startRefusing, type RefusingHost } from '../../transports/winrm/http/refusing-host.ts'
import { scratch } from '../../shells/cli/rollout.ts'

const entry = (password: string) =>
  documentVault(JSON.stringify({ admin: { kind: 'password', user: 'operator', password } }))

/** A vault whose entry a person may correct. */
function changing(): WholeVault & { hold(password: string): void } {
  let vault = entry('wrong-canary')
  return {
    hold(password) {
      vault = entry(password)
    },
    credential: (ref) => vault.credential(ref),
    secret: (ref) => vault.secret(ref),
    entries: () => vault.entries(),
  }
}

async function kept<T extends { stop(): Promise<void> }>(server: Promise<T>): Promise<T> {
  const one = await server
  onTestFinished(() => one.stop())
  return one
}

function opened(dbFile: string, vault: WholeVault): App {
  const app = createApp({ dbFile, by: 'tester', vault })
  onTestFinished(() => {
    app.close()
  })
  return app
}

function siteOf(reaches: Readonly<Record<string, PlanDocument['hosts'][number]['reach']>>): Plan {
  const hosts = Object.entries(reaches).map(([name, reach]) => ({ name, address: '127.0.0.1', reach }))
  return pilotPlan({
    hosts,
    placements: [{ component: 'hub', host: hosts[0]?.name ?? '' }],
    defaultCredential: 'admin',
  })
}

test('rung 2: a survey of hosts of every kind shows a wrong password to one of them; the others say the same sentence; corrected, it is shown to each', async () => {
  const ssh = await Promise.all([1, 2].map(() => kept(startPasswordServer('password', { hangsUp: true }))))
  const ntlm = await Promise.all([1, 2].map(() => kept(startRefusing())))
  const own = makeCertificate()
  let basicShown = 0
  const basic = await kept(
    startScripted(
      (socket, request) => {
        if (/^authorization: basic /im.test(request)) basicShown++
        socket.write(httpAnswer(401, ['WWW-Authenticate: Basic realm="WSMAN"']))
      },
      (onSocket) => createServer({ cert: own.certificate, key: own.key }, onSocket),
    ),
  )
  const shown = () =>
    ssh.reduce((sum, server) => sum + server.shown.length, 0) +
    ntlm.reduce((sum, server) => sum + server.shown(), 0) +
    basicShown
  const plan = siteOf({
    HUB01: { kind: 'winrm', port: basic.port, auth: 'basic' },
    RUN001: { kind: 'ssh', port: ssh[0]?.port ?? 0 },
    RUN002: { kind: 'ssh', port: ssh[1]?.port ?? 0 },
    RUN003: { kind: 'winrm', tls: false, port: ntlm[0]?.port ?? 0 },
    RUN004: { kind: 'winrm', tls: false, port: ntlm[1]?.port ?? 0 },
  })
  const vault = changing()
  const app = opened(join(scratch(), 'survey.db'), vault)

  const answers = await app.survey(plan, '.', { signal: patient() })
  expect(shown()).toBe(1)
  const held = answers.filter(({ unreached }) => unreached?.code === 'password-held')
  const [refused] = answers.filter((answer) => !held.includes(answer))
  expect([held.length, refused?.unreached?.kind]).toEqual([4, 'credential'])
  expect(new Set(held.map(({ unreached }) => unreached?.message))).toEqual(
    new Set([
      `${refused?.host} refused the password of operator (vault entry admin), so Rollout sends it to no other host: more wrong attempts could lock the account.`,
    ]),
  )
  expect(held[0]?.unreached?.hint).toContain('retry on this host')
  expect(held.map(({ diagnosis }) => diagnosis?.sentence)).toEqual(held.map(({ unreached }) => unreached?.message))

  const [host] = plan.hosts.filter(({ name }) => name === held[0]?.host)
  if (!host) throw new Error('no host was held')
  expect(await app.examine({ ...host, credential: 'admin' }, { signal: patient(), waitMs: 3_000 })).toMatchObject({
    signedIn: false,
    diagnosis: { sentence: held[0]?.unreached?.message },
  })
  expect(shown()).toBe(1)

  // Another text under the same name is another password: the first host is asked anew, and only then the next.
  vault.hold('right')
  const only = (...names: string[]) => ({ signal: patient(), only: new Set(names) })
  expect((await app.survey(plan, '.', only('RUN001', 'RUN002'))).map(({ unreached }) => unreached?.kind)).not.toContain(
    'credential',
  )
  expect(ssh.map(({ shown: all }) => all.filter((said) => said.endsWith('right')).length)).toEqual([1, 1])
  expect(JSON.stringify(answers)).not.toContain('canary')
}, 60_000)

test('rung 2: of hosts that are signed in to at the same moment one is asked first; the others are asked at once when it has let us in', async () => {
  const order: string[] = []
  const first = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const both = Promise.withResolvers<void>()
  const servers = await Promise.all(
    ['RUN001', 'RUN002', 'RUN003'].map((name) =>
      kept(
        startPasswordServer('password', {
          hangsUp: true,
          leave: first.promise,
          onShown() {
            order.push(name)
            if (order.length === 1) asked.resolve()
            if (order.length === 3) both.resolve()
          },
        }),
      ),
    ),
  )
  const plan = siteOf(
    Object.fromEntries(servers.map(({ port }, n) => [`RUN00${n + 1}`, { kind: 'ssh' as const, port }])),
  )
  const app = opened(join(scratch(), 'survey.db'), entry('right'))
  const surveying = app.survey(plan, '.', { signal: patient() })
  await asked.promise
  expect(order).toHaveLength(1)
  first.resolve()
  await both.promise
  await surveying
  expect(order.toSorted()).toEqual(['RUN001', 'RUN002', 'RUN003'])
}, 60_000)

/** HUB01, DB01 and REDIS01 go at the same time, on hosts that refuse every password. */
async function refusingSite(concurrency: number) {
  const hosts = new Map<string, RefusingHost>()
  for (const name of ['HUB01', 'DB01', 'REDIS01']) hosts.set(name, await kept(startRefusing()))
  const document = enterpriseDocument({ runners: 1, studios: 1 })
  for (const host of document.hosts) {
    const port = hosts.get(host.name)?.port
    Object.assign(host, {
      address: '127.0.0.1',
      reach: port === undefined ? { kind: 'ssh' } : { kind: 'winrm', tls: false, port },
    })
  }
  const reading = readPlan({
    ...document,
    defaultCredential: 'admin',
    rollout: { concurrency, stopAtFailedPercent: 100 },
  })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  const shown = () => [...hosts.values()].map((host) => host.shown())
  return { plan: reading.plan, shown, total: () => shown().reduce((sum, one) => sum + one, 0) }
}

const failuresIn = (events: readonly Event[]) =>
  events.flatMap((event) => (event.type === 'step.failed' ? [{ step: event.step, code: event.failure.code }] : []))
const codesIn = (events: readonly Event[]) =>
  failuresIn(events)
    .map(({ code }) => code)
    .toSorted()

test('rung 2: lanes of a run hold back after a refusal; a retry is one sign-in at that host; a corrected password is tried at one of them first', async () => {
  const { plan, shown, total } = await refusingSite(4)
  const vault = changing()
  const app = opened(join(scratch(), 'run.db'), vault)
  const { runId } = app.createRun(app.lockPlan(plan), '.')
  const events: Event[] = []
  const active = await app.executeRun(runId, {
    listeners: [
      (_runId, event) => {
        events.push(event)
      },
    ],
  })
  onTestFinished(() => active.close())
  const retry = (steps: readonly string[]) => {
    for (const target of steps) active.request({ kind: 'decide', target, choice: 'retry', by: 'ann', why: '' })
  }
  expect(await active.run(patient())).toBe('person')
  expect(codesIn(events)).toEqual(['password-held', 'password-held', 'refused'])
  expect(total()).toBe(1)

  retry(
    failuresIn(events)
      .filter(({ code }) => code === 'password-held')
      .map(({ step }) => step)
      .slice(0, 1),
  )
  expect(await active.run(patient())).toBe('person')
  expect(shown().toSorted()).toEqual([0, 1, 1])

  vault.hold('still-wrong')
  const steps = [...new Set(failuresIn(events).map(({ step }) => step))]
  retry(steps)
  expect(await active.run(patient())).toBe('person')
  expect(total()).toBe(3)

  // The same three decisions one by one: the second and third were made before anybody had seen the new refusal.
  const stale = pendingDecisions(active.state()).map(({ step }) => step.id)
  for (const step of stale) {
    retry([step])
    expect(await active.run(patient())).toBe('person')
  }
  expect(stale).toHaveLength(3)
  expect(total()).toBe(4)
}, 60_000)

test('rung 2: whoever goes on with the run after its process died shows nothing either, before a person decides', async () => {
  const { plan, total } = await refusingSite(1)
  const dbFile = join(scratch(), 'run.db')
  const executed = async (
    app: App,
    runId: string,
    signal: AbortSignal,
    onEvent: (event: Event) => void = () => undefined,
  ) => {
    const active = await app.executeRun(runId, { listeners: [(_runId, event) => onEvent(event)] })
    try {
      return await active.run(signal)
    } finally {
      await active.close()
    }
  }
  const died = opened(dbFile, changing())
  const { runId } = died.createRun(died.lockPlan(plan), '.')
  const end = new AbortController()
  expect(
    await executed(died, runId, end.signal, (event) => {
      if (event.type === 'step.failed') end.abort()
    }),
  ).toBe('stopped')
  expect(total()).toBe(1)

  const app = opened(dbFile, changing())
  const events: Event[] = []
  expect(
    await executed(app, runId, patient(), (event) => {
      events.push(event)
    }),
  ).toBe('person')
  expect(codesIn(events)).toEqual(['password-held', 'password-held'])
  expect(total()).toBe(1)
  const step = failuresIn(events)[0]?.step ?? ''
  await app.request(runId, { kind: 'decide', target: step, choice: 'retry', by: 'ann', why: '' })
  expect(await executed(app, runId, patient())).toBe('person')
  expect(total()).toBe(2)

  // The first process goes on where the second left: it knew of the refusal, and now of what was decided elsewhere.
  await app.request(runId, { kind: 'decide', target: step, choice: 'retry', by: 'ann', why: '' })
  expect(await executed(died, runId, patient())).toBe('person')
  expect(total()).toBe(3)
}, 60_000)
