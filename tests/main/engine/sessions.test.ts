/** One conversation with each host: whose credential it shows, and when it is opened again. */
import { expect, test } from 'vitest'
import { failed } from '../../../domain/base/failure.ts'
import type { Host } from '../../../domain/plan/host.ts'
import { keepSessions } from '../../../main/engine/sessions.ts'
import { documentVault } from '../../../main/vault/env-vault.ts'
import { pilotPlan } from '../../builders/plan.ts'
import { scriptedHost } from '../../builders/scripted-host.ts'

const { signal } = new AbortController()
const vault = documentVault(
  JSON.stringify({
    everywhere: { kind: 'password', user: 'SITE\\everywhere', password: 'canary-1' },
    here: { kind: 'password', user: 'SITE\\here', password: 'canary-2' },
  }),
)

function hostWith(reach: Host['reach']['kind'], credential?: string): Host {
  const [host] = pilotPlan({}, {}).hosts
  if (!host) throw new Error('the pilot has a first host')
  const { hosts } = pilotPlan({
    hosts: pilotPlan().hosts.map((one) =>
      one.name === host.name ? { ...one, reach: { kind: reach }, ...(credential && { credential }) } : one,
    ),
  })
  return hosts[0] ?? host
}

/** The user of the credential that a host is shown. */
async function userShown(host: Host, defaultCredential: string | undefined) {
  const { transports, shown } = scriptedHost({})
  await keepSessions(transports, vault, defaultCredential).get(host, signal)
  return shown.map((credential) => credential?.user)
}

test("a host's own credential comes before the default one", async () => {
  expect(await userShown(hostWith('winrm', 'here'), 'everywhere')).toEqual(['SITE\\here'])
  expect(await userShown(hostWith('winrm'), 'everywhere')).toEqual(['SITE\\everywhere'])
})

test('no credential is read for a host that needs none', async () => {
  expect(await userShown(hostWith('local', 'here'), 'everywhere')).toEqual([undefined])
  expect(await userShown(hostWith('ssh'), undefined)).toEqual([undefined])
})

test('steps of one host share one conversation', async () => {
  const { transports, asked } = scriptedHost({})
  const sessions = keepSessions(transports, vault, 'everywhere')
  const [a, b] = await Promise.all([sessions.get(hostWith('winrm'), signal), sessions.get(hostWith('winrm'), signal)])
  expect(a).toBe(b)
  expect(asked).toEqual(['open'])
})

test('after a failed connect the next step connects anew', async () => {
  let tries = 0
  const { transports, asked } = scriptedHost(
    {},
    {
      open: () => {
        if (++tries === 1) throw failed('host', 'tls-too-old', 'The host offers no TLS 1.2.', 'Update it.')
      },
    },
  )
  const sessions = keepSessions(transports, vault, 'everywhere')
  await expect(sessions.get(hostWith('winrm'), signal)).rejects.toMatchObject({ failure: { code: 'tls-too-old' } })
  await expect(sessions.get(hostWith('winrm'), signal)).resolves.toBeDefined()
  expect(asked).toEqual(['open', 'open'])
})

test('a conversation that is dropped while a connect is under way is closed once it is there', async () => {
  const connected = Promise.withResolvers<void>()
  const { transports, asked } = scriptedHost({}, { open: () => connected.promise })
  const sessions = keepSessions(transports, vault, 'everywhere')
  const opening = sessions.get(hostWith('winrm'), signal)
  const dropped = sessions.drop('HUB01')
  connected.resolve()
  await Promise.all([opening, dropped])
  expect(asked).toEqual(['open', 'close'])
  await sessions.get(hostWith('winrm'), signal)
  expect(asked).toEqual(['open', 'close', 'open'])
})

test('a connect that fails after it was dropped takes nothing away from the one that came after it', async () => {
  const ways = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let opened = 0
  const { transports, asked } = scriptedHost({}, { open: () => ways[opened++]?.promise })
  const sessions = keepSessions(transports, vault, 'everywhere')
  const first = sessions.get(hostWith('winrm'), signal)
  const dropped = sessions.drop('HUB01')
  const second = sessions.get(hostWith('winrm'), signal)
  ways[0]?.reject(failed('link', 'unreachable', 'HUB01 does not answer.', 'Wait.'))
  await expect(first).rejects.toThrow('HUB01 does not answer.')
  await dropped
  ways[1]?.resolve()
  expect(await sessions.get(hostWith('winrm'), signal)).toBe(await second)
  expect(asked).toEqual(['open', 'open'])
})

test('at the end every conversation is closed, also beside a connect under way that then fails', async () => {
  const answered = Promise.withResolvers<void>()
  const { transports, asked } = scriptedHost(
    {},
    { open: ({ name }) => (name === 'HUB01' ? answered.promise : undefined) },
  )
  const sessions = keepSessions(transports, vault, 'everywhere')
  const opening = sessions.get(hostWith('winrm'), signal)
  await sessions.get({ ...hostWith('winrm'), name: 'RUN001' }, signal)
  const closed = sessions.closeAll()
  answered.reject(failed('link', 'unreachable', 'HUB01 does not answer.', 'Wait.'))
  await expect(opening).rejects.toThrow('HUB01 does not answer.')
  await closed
  expect(asked.filter((name) => name === 'close')).toHaveLength(1)
})
