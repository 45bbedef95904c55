/**
 * The way from a host of a plan to a verb's answer over real TLS and HTTP: the plan's reach, the transports, the
 * credential, the certificate. Behind the HTTP server is the fake endpoint, which proves nothing about Windows; NTLM
 * has tests against implementations nobody here wrote.
 */
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toFailure } from '../../../../domain/base/failure.ts'
import type { Host } from '../../../../domain/plan/host.ts'
import type { Credential } from '../../../../main/engine/ports.ts'
import { openTransports } from '../../../../main/transports/registry.ts'
import { createSignIns } from '../../../../main/transports/shared/sign-ins.ts'
import { pilotPlan } from '../../../builders/plan.ts'
import { hostUnavailable, linuxPowerShell } from '../../../lab/build.ts'
import { fakeEndpoint } from './fake-endpoint.ts'
import { fakeHttps, type FakeHttps } from './fake-https.ts'
import { memoryTrust } from './http/reach.ts'

const reason = existsSync(linuxPowerShell) ? undefined : (hostUnavailable() ?? "the lab's PowerShell is not built")
const never = new AbortController().signal
const endpoint = fakeEndpoint({ 'powershell.exe': linuxPowerShell })
const credential: Credential = { kind: 'password', user: 'installer', password: 'canary-pässword' }
let server: FakeHttps | undefined

beforeAll(async () => {
  if (reason === undefined) server = await fakeHttps(endpoint, 'installer', 'canary-pässword')
})
afterAll(() => server?.close())

async function opened(host: Partial<Extract<Host['reach'], { kind: 'winrm' }>> = {}, trust = memoryTrust()) {
  const plan = pilotPlan({
    hosts: pilotPlan().hosts.map((one) => ({
      ...one,
      address: '127.0.0.1',
      reach: { kind: 'winrm' as const, port: server?.port ?? 1, auth: 'basic' as const, ...host },
    })),
  })
  const transports = await openTransports({
    plan,
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    trust,
    signIns: createSignIns(),
    siteFile: undefined,
  })
  const [first] = plan.hosts
  if (!first) throw new Error('the plan has no host')
  return { open: (shown: Credential) => transports.for(first).open(first, shown, never), trust }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => {
      const { kind, code } = toFailure(error)
      return `${kind} ${code}`
    },
  )

describe(
  `a fake endpoint behind real HTTPS${reason === undefined ? '' : ` (not run: ${reason})`}`,
  { skip: reason !== undefined, timeout: 60_000 },
  () => {
    test('a host of a plan answers verbs; its certificate is recorded at first sight and held from then on', async () => {
      const { open, trust } = await opened()
      const session = await open(credential)
      expect(
        (await session.run('Get-FileState', { Path: '/none', Hash: false, Signature: false }, { signal: never }))
          .exists,
      ).toBe(false)
      await session.close()
      expect([...trust.pins.keys()]).toEqual([`127.0.0.1:${server?.port}`])
      expect([endpoint.shells(), endpoint.running()]).toEqual([0, 0])
      trust.pins.set(`127.0.0.1:${server?.port}`, `SHA256:${'A'.repeat(43)}`)
      expect(await codeOf(open(credential))).toBe('trust certificate-changed')
    })

    test('another certificate than the plan names is refused before the password is shown', async () => {
      const asked = endpoint.asked.length
      expect(await codeOf((await opened({ certificate: 'ab'.repeat(32) })).open(credential))).toBe(
        'trust certificate-changed',
      )
      expect([endpoint.asked.length, server?.refused()]).toEqual([asked, 0])
    })

    test('a wrong password is shown once', async () => {
      expect(await codeOf((await opened()).open({ kind: 'password', user: 'installer', password: 'wrong' }))).toMatch(
        /^credential /,
      )
      expect(server?.refused()).toBe(1)
    })
  },
)
