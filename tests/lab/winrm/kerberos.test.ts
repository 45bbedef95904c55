/**
 * Kerberos end to end: the optional package kerberos, built from its sources, against MIT's KDC and GSSAPI behind real TLS (rung 2), and a script in the
 * complete PowerShell on the other side (rung 3). Every refusal here is Kerberos' own. It shows nothing of Active Directory.
 */
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Host } from '../../../domain/plan/host.ts'
import { connectByHttp } from '../../../main/transports/winrm/connection-settings.ts'
import { openExchange } from '../../../main/transports/winrm/http/exchange.ts'
import { createWinrmTransport } from '../../../main/transports/winrm/transport.ts'
import { gssMissing } from '../../main/transports/winrm/http/gss-server.ts'
import { failureOf, memoryTrust, patient, quick } from '../../main/transports/winrm/http/reach.ts'
import { linuxPowerShell } from '../build.ts'
import { buildKerberos, kerberosUnbuildable } from '../kerberos.ts'
import { rollout } from '../../main/shells/cli/rollout.ts'
import { startWinrm, type WinrmService } from './endpoint.ts'
import { clockOff, realmMissing, startRealm, type Realm } from './realm.ts'

const missing =
  kerberosUnbuildable() ??
  realmMissing ??
  gssMissing ??
  (existsSync(linuxPowerShell) ? undefined : "the lab's PowerShell is not built")
const unavailable = process.env['CI'] === undefined ? missing : undefined
// Ports are those of WinRM; other test runs on this machine have other addresses.
const addressOf = (host: number) => `127.${100 + (process.pid % 97)}.${(process.pid >> 8) % 250}.${host}`
const [address, strictAddress, lateAddress] = [addressOf(1), addressOf(2), addressOf(3)]
const moved = 'moved.site.test'
const before = { ...process.env }
let folder = ''
let realm: Realm
let services: Readonly<Record<'relaxed' | 'strict' | 'late', WinrmService>>

/** A host whose command lines go to sh, and whose PowerShell is the lab's for Linux. */
async function linuxHost(name: string, at: string) {
  const home = join(folder, name)
  await mkdir(join(home, 'ssh'), { recursive: true })
  await writeFile(join(home, 'boot.json'), JSON.stringify({ boots: 1, ready: true }))
  await writeFile(join(home, 'host.json'), JSON.stringify({ name, bootTime: '2026-11-20T10:00:00Z' }))
  await symlink(linuxPowerShell, join(home, 'powershell.exe'))
  await writeFile(
    join(home, 'ssh', 'session.sh'),
    `#!/bin/sh\nexport PATH='${home}':$PATH ROLLOUT_LAB_STATE='${home}'\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n`,
  )
  await chmod(join(home, 'ssh', 'session.sh'), 0o700)
  return { name, folder: home, address: at }
}

if (unavailable === undefined) {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollout-kerberos-'))
    await buildKerberos()
    realm = await startRealm([address, strictAddress, lateAddress, moved].map((host) => `HTTP/${host}`))
    Object.assign(process.env, realm.environment)
    // The package cannot say what a sign-in is bound to, so only a host that does not demand it lets us in.
    const start = async (name: string, at: string, more: Readonly<Record<string, string>>) =>
      startWinrm(await linuxHost(name, at), { ...realm.environment, LAB_WINRM_CBT: 'relaxed', ...more })
    services = {
      relaxed: await start('KRB01', address, {}),
      strict: await start('KRB02', strictAddress, { LAB_WINRM_CBT: 'strict' }),
      late: await start('KRB03', lateAddress, clockOff('+15m')),
    }
    realm.changeKey(`HTTP/${moved}`)
  }, 60_000)
  afterAll(async () => {
    for (const name of Object.keys(realm.environment))
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    for (const service of Object.values(services)) await service.stop()
    await realm.stop()
    await rm(folder, { recursive: true, force: true })
  })
}

const open = (serverName: string, at = address, service = services.relaxed, user?: string) =>
  openExchange(
    { name: 'KRB', host: at, port: 5986, tls: true, serverName },
    { kind: 'kerberos', ...(user !== undefined && { user }) },
    { kind: 'fingerprint', fingerprint: service.certificate },
    quick,
    patient(),
  )
const whyNot = (...how: Parameters<typeof open>) =>
  failureOf(
    open(...how).then((exchange) => {
      exchange.close()
    }),
  )

describe(
  `Kerberos over HTTPS, with MIT Kerberos on the other side${unavailable === undefined ? '' : ` [needs ${unavailable}]`}`,
  { skip: unavailable !== undefined },
  () => {
    test('whoever has a ticket runs scripts: both sides prove themselves, nothing of a password is stored or sent', async () => {
      await realm.signIn()
      const host = Host.parse({
        name: 'KRB01',
        address,
        reach: { kind: 'winrm', auth: 'kerberos', certificate: services.relaxed.certificate },
      })
      const transport = createWinrmTransport({ connect: connectByHttp(memoryTrust()) })
      const letIn = services.relaxed.told('user')
      const session = await transport.open(host, { kind: 'agent', user: 'installer' }, patient())
      try {
        expect(await session.run('Get-HostFacts', {}, { signal: patient() })).toMatchObject({
          hostName: hostname(),
          bootTime: '2026-11-20T10:00:00.000Z',
        })
      } finally {
        await session.close()
      }
      expect(await letIn).toEqual({ user: realm.user, tls: true })
      expect(services.relaxed.events().filter(({ shown, broken, refused }) => shown ?? broken ?? refused)).toEqual([])
    })

    test('a ticket of somebody else than the plan says signs nobody in, however the domain is written', async () => {
      await realm.signIn()
      for (const user of ['SITE\\Installer', 'installer@site.test', 'installer'])
        (await open(address, address, services.relaxed, user)).close()
      expect(await whyNot(address, address, services.relaxed, 'SITE\\admin')).toMatchObject({
        kind: 'credential',
        code: 'ticket-of-another',
        retry: 'never',
        message: expect.stringMatching(/belongs to installer@SITE\.TEST, but SITE\\admin should sign in/) as string,
      })
    })

    test('a host that demands channel binding refuses the ticket, and the way out is named', async () => {
      await realm.signIn()
      const refused = services.strict.told('refused')
      expect(await whyNot(strictAddress, strictAddress, services.strict)).toMatchObject({
        kind: 'credential',
        code: 'ticket-refused',
        retry: 'never',
        message: expect.stringMatching(/did not accept the Kerberos ticket/) as string,
        hint: expect.stringMatching(/CbtHardeningLevel is Strict.*NTLM/) as string,
      })
      expect(await refused).toEqual({ refused: 'no channel binding', tls: true })
    })

    test('a host whose clock is a quarter of an hour ahead says so, and the clock is blamed, not the ticket', async () => {
      await realm.signIn()
      expect(await whyNot(lateAddress, lateAddress, services.late)).toMatchObject({
        kind: 'credential',
        code: 'clock-skew',
        retry: 'never',
        message: expect.stringMatching(/clocks of KRB .*5 minutes/) as string,
        evidence: [expect.stringMatching(/Clock skew too great/)] as unknown,
      })
    })

    test("a service name the domain does not know, and one whose key is another machine's, are told apart", async () => {
      await realm.signIn()
      expect(await whyNot('nobody.site.test')).toMatchObject({
        kind: 'credential',
        code: 'service-unknown',
        message: expect.stringContaining('HTTP/nobody.site.test') as string,
      })
      expect(await whyNot(moved)).toMatchObject({
        kind: 'credential',
        code: 'service-of-another',
        retry: 'never',
        message: expect.stringContaining(`ticket for HTTP/${moved}`) as string,
      })
    })

    test('no ticket, an expired one, and no domain controller each have their sentence, and nothing is shown to the host', async () => {
      const seen = services.relaxed.events().length
      realm.signOut()
      expect(await whyNot(address)).toMatchObject({
        kind: 'credential',
        code: 'no-ticket',
        retry: 'never',
        message: expect.stringContaining(`HTTP/${address}`) as string,
      })
      await realm.signIn('expired')
      expect(await whyNot(address)).toMatchObject({
        kind: 'credential',
        code: 'ticket-expired',
        retry: 'never',
        message: expect.stringMatching(/has expired/) as string,
      })
      await realm.signIn()
      await realm.stopKdc()
      expect(await whyNot(address)).toMatchObject({ kind: 'link', code: 'domain-unreachable', retry: 'backoff' })
      // What it tells comes in order: had it been shown anything, that would stand before this.
      await services.relaxed.clear()
      expect(services.relaxed.events()).toHaveLength(seen + 1)
    })

    test("the doctor signs in by the ticket, finds a wrong clock and a service name that is another machine's, and asks for no password", async () => {
      await realm.startKdc()
      await realm.signIn()
      realm.changeKey(`HTTP/${strictAddress}`)
      const doctor = async (at: string) => {
        const { code, stderr, json } = await rollout(
          ['doctor', `winrms://installer@${at}`, '--auth', 'kerberos', '--db', join(folder, 'doctor.db'), '--json'],
          { env: realm.environment },
        )
        return { code, stderr, said: json().at(-1) }
      }
      expect(await doctor(address)).toMatchObject({ code: 0, said: { reachable: true, signedIn: true } })
      expect(await doctor(lateAddress)).toMatchObject({
        code: 1,
        said: { diagnosis: { cause: 'clock', remedy: { script: 'w32tm /resync' } } },
      })
      expect(await doctor(strictAddress)).toMatchObject({
        code: 1,
        said: {
          diagnosis: { cause: 'spn', sentence: expect.stringContaining(`ticket for HTTP/${strictAddress}`) as unknown },
        },
      })
    }, 60_000)

    test('nothing broke in the endpoints', () => {
      expect(
        Object.values(services).flatMap((service) => service.events().filter(({ broken }) => broken !== undefined)),
      ).toEqual([])
    })
  },
)
