/**
 * The four usual reasons why a host is not reached have the same sentence in doctor, survey and run. Scripted peers.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import type { Event } from '../../../../domain/run/event.ts'
import { createApp } from '../../../../main/app/core/app.ts'
import { documentVault } from '../../../../main/vault/env-vault.ts'
import { pilotDocument, pilotPlan } from '../../../builders/plan.ts'
import { makeCertificate, startScripted, type ScriptedServer } from '../../transports/winrm/http/reach.ts'
import { negotiate, startRefusing } from '../../transports/winrm/http/refusing-host.ts'
import { rollout, scratch } from '../../shells/cli/rollout.ts'

const vault = JSON.stringify({ admin: { kind: 'password', user: 'SITE\\operator', password: 'canary-password' } })
async function kept<T extends ScriptedServer>(server: Promise<T>): Promise<T> {
  const one = await server
  onTestFinished(() => one.stop())
  return one
}

async function closedPort(): Promise<number> {
  const gone = await startScripted(() => undefined)
  await gone.stop()
  return gone.port
}

test('a wrong password, an expired certificate, a closed port and an NTLM refusal each say one sentence, everywhere the same; the password is shown once each time, and never again', async () => {
  const wrongPassword = await kept(startRefusing())
  const old = makeCertificate({ from: '20200101000000Z', to: '20210101000000Z' })
  const expired = await kept(
    startScripted(
      (socket) => socket.write(negotiate()),
      (onSocket) => createServer({ cert: old.certificate, key: old.key }, onSocket),
    ),
  )
  const noNtlm = await kept(startScripted((socket) => socket.write(negotiate())))
  const ill = [
    {
      name: 'HUB01',
      reach: { kind: 'winrm', tls: false, port: wrongPassword.port },
      cause: 'password-refused',
      sentence: /^HUB01 \(127\.0\.0\.1:\d+\) did not accept the password of SITE\\operator\.$/,
      kind: 'credential',
    },
    {
      name: 'STUDIO01',
      reach: { kind: 'winrm', port: expired.port },
      cause: 'certificate-expired',
      sentence: /^The certificate of STUDIO01 \(127\.0\.0\.1:\d+\) .*expired/,
      kind: 'trust',
    },
    {
      name: 'RUN001',
      reach: { kind: 'winrm', tls: false, port: await closedPort() },
      cause: 'port-closed',
      sentence: /^RUN001 \(127\.0\.0\.1:\d+\) is reachable, but nothing listens on port \d+\.$/,
      kind: 'link',
    },
    {
      name: 'RUN002',
      reach: { kind: 'winrm', tls: false, port: noNtlm.port },
      cause: 'ntlm-refused',
      sentence: /^RUN002 \(127\.0\.0\.1:\d+\) offers Negotiate but does not answer NTLM/,
      kind: 'host',
    },
  ] as const
  const dir = scratch()
  const planFile = join(dir, 'site.json')
  const document = {
    ...pilotDocument(),
    hosts: ill.map(({ name, reach }) => ({ name, address: '127.0.0.1', reach })),
    defaultCredential: 'admin',
  }
  writeFileSync(planFile, JSON.stringify(document))
  const cli = (...words: string[]) =>
    rollout([...words, '--db', join(dir, 'cli.db'), '--vault-stdin', '--json'], { stdin: vault })

  const survey = await cli('survey', planFile)
  const { hosts } = survey.json()[0] as {
    hosts: { host: string; unreached: { message: string }; diagnosis: { sentence: string } }[]
  }
  expect(hosts).toMatchObject(
    ill.map(({ name, cause, sentence, kind }) => ({
      host: name,
      unreached: { kind },
      diagnosis: {
        cause,
        sentence: expect.stringMatching(sentence) as string,
        evidence: expect.arrayContaining([expect.any(String)]) as string[],
      },
    })),
  )
  expect(hosts.map(({ diagnosis }) => diagnosis.sentence)).toEqual(hosts.map(({ unreached }) => unreached.message))
  expect(wrongPassword.shown()).toBe(1)

  // What the window is told is what was kept.
  const app = createApp({ dbFile: join(dir, 'cli.db'), by: 'tester', vault: documentVault(vault) })
  onTestFinished(() => {
    app.close()
  })
  const revision = app.store.plans.revisions().at(-1)
  expect(
    revision &&
      app.store.surveys
        .answers(revision)
        .map(({ answer }) => answer.diagnosis?.cause)
        .toSorted(),
  ).toEqual(ill.map(({ cause }) => cause).toSorted())

  for (const { name, cause } of ill) {
    const doctor = await cli('doctor', name, '--plan', planFile)
    expect({ code: doctor.code, said: doctor.json()[0] }).toMatchObject({
      code: 1,
      said: { diagnosis: { cause, sentence: hosts.find(({ host }) => host === name)?.diagnosis.sentence } },
    })
  }
  expect(wrongPassword.shown()).toBe(2)

  for (const { name, reach, sentence, kind } of ill) {
    const plan = pilotPlan({
      name: `Pilot of ${name}`,
      hosts: [{ name, address: '127.0.0.1', reach }],
      placements: [{ component: 'hub', host: name }],
      defaultCredential: 'admin',
    })
    const { runId } = app.createRun(app.lockPlan(plan), dir)
    const enough = new AbortController()
    const ends: Event[] = []
    const active = await app.executeRun(runId, {
      openGates: true,
      listeners: [
        (_runId, event) => {
          if (event.type !== 'step.failed' && event.type !== 'host.unreachable') return
          ends.push(event)
          // A lane that waits for its host is tried again by itself; the others are held for a person.
          if (ends.length === 2) enough.abort()
        },
      ],
    })
    expect(await active.run(enough.signal)).toBe(kind === 'link' ? 'stopped' : 'person')
    await active.close()
    const messages = ends.map((event) => ('failure' in event ? event.failure : undefined))
    expect(messages).toMatchObject(
      Array.from({ length: kind === 'link' ? 2 : 1 }, () => ({
        kind,
        message: expect.stringMatching(sentence) as string,
      })),
    )
  }
  expect(wrongPassword.shown()).toBe(3)
  expect([expired.received(), noNtlm.received()].join('')).not.toContain('canary')
}, 60_000)
