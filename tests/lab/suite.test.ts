/** Rung 3: the transport suite and the parts about registry and services, asked of a lab host as they are asked of an owner's Windows. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../domain/plan/host.ts'
import type { Session } from '../../main/engine/ports.ts'
import { createSshTransport } from '../../main/transports/ssh/transport.ts'
import { onHost, windowsParts } from '../host/windows-parts.ts'
import { memoryTrust, patient } from '../main/transports/ssh/reach.ts'
import { engineSite, serviceOn } from '../suites/steps/engine-site.ts'
import { stepsSuite } from '../suites/steps-suite.ts'
import { transportSuite } from '../suites/transport-suite.ts'
import { ask, type HostUnderTest } from '../suites/transport/host-under-test.ts'
import type { SmallDisk } from '../suites/transport/small-disk.ts'
import { addDriveD } from './drive.ts'
import { downLab, labUnavailable, upLab } from './lab.ts'

const missing = labUnavailable()
const unavailable = process.env['CI'] === undefined ? missing : undefined
const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
let folder = ''
let reached: HostUnderTest['reached']
let disk: SmallDisk | undefined
let open: () => Promise<Session> = () => Promise.reject(new Error('there is no lab host'))
let steps: () => ReturnType<typeof engineSite> = () => Promise.reject(new Error('there is no lab host'))

async function bringUp(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'rollout-lab-'))
  const site = await upLab({ dir: join(folder, 'site'), hosts: [{ name: 'SUITE01', roles: ['runner'] }] })
  const lab = site.hosts[0]
  if (!lab) throw new Error('the lab has no host')
  reached = { address: lab.address, from: site.workstation }
  disk = await addDriveD(lab, 40_000_000)
  const host: Host = {
    name: lab.name,
    address: lab.address,
    reach: { kind: 'ssh', port: lab.port, hostKey: lab.hostKey.fingerprint },
    workFolder: 'C:\\ProgramData\\ExekraRollout',
  }
  const privateKey = await readFile(lab.privateKeyPath, 'utf8')
  const transport = createSshTransport({ trust: memoryTrust() })
  const credential = { kind: 'key', user: lab.user, privateKey } as const
  open = () => transport.open(host, credential, patient())
  // Nothing of a lab host is lost with a restart: the suite of steps may ask for one.
  steps = () =>
    engineSite({
      host,
      transport,
      credential,
      powershell,
      windows: true,
      firewall: true,
      signatures: true,
      certificates: true,
      ...(disk === undefined ? {} : { fullDisk: { host, folder: disk.folder, room: disk } }),
      restarts: true,
      workstation: site.workstation,
      services: serviceOn(host, 'Spooler'),
      workFolder: 'C:\\ProgramData\\Exekra Schritte',
    })
}

async function hostUnderTest(): Promise<HostUnderTest> {
  return {
    session: await open(),
    reopen: open,
    windows: true,
    powershell,
    firewall: true,
    ...(reached && { reached }),
    workFolder: 'C:\\ProgramData\\Exekra Röllout',
    ...(disk === undefined ? {} : { smallDisk: disk }),
  }
}

if (unavailable === undefined) {
  beforeAll(bringUp, 300_000)
  afterAll(async () => {
    await downLab(join(folder, 'site'))
    await rm(folder, { recursive: true, force: true })
  }, 120_000)
}

transportSuite({
  name: 'ssh to a lab host: the complete PowerShell on Wine',
  rung: 'rung 3',
  open: hostUnderTest,
  ...(unavailable === undefined ? {} : { unavailable }),
})

stepsSuite({
  name: 'ssh to a lab host',
  rung: 'rung 3',
  open: () => steps(),
  ...(unavailable === undefined ? {} : { unavailable }),
})

describe(
  `rung 3: registry and services of a lab host${unavailable === undefined ? '' : ` [needs a lab: ${unavailable}]`}`,
  { skip: unavailable !== undefined },
  () => {
    for (const part of windowsParts) {
      test(
        part.name,
        async () => {
          const host = await hostUnderTest()
          try {
            await part.run(host)
          } finally {
            await host.session.close()
          }
        },
        90_000,
      )
    }

    test('a policy that ignores local rules: the rule is there, lets nobody in, and the answer says why', async () => {
      const host = await hostUnderTest()
      const answer = () =>
        ask(host.session, 'Set-FirewallRule', {
          Name: 'exekra-rollout-suite',
          DisplayName: 'Exekra Rollout suite',
          Port: 45_455,
          RemoteAddresses: [host.reached?.from ?? ''],
        })
      const effects = async () =>
        Object.fromEntries(
          (await answer()).policy?.map(({ profile, effect, active }) => [profile, { effect, active }]) ?? [],
        )
      const others = { domain: { effect: 'applies', active: false }, public: { effect: 'applies', active: false } }
      try {
        expect(await effects()).toEqual({ ...others, private: { effect: 'applies', active: true } })
        // Whoever is in stays in; nobody new comes, not even by SSH.
        await onHost(host, 'Set-NetFirewallProfile -Name Private -AllowLocalFirewallRules False')
        expect(await effects()).toEqual({ ...others, private: { effect: 'ignored', active: true } })
        expect((await answer()).enabled).toBe(true)
        await onHost(host, 'Set-NetFirewallProfile -Name Private -AllowLocalFirewallRules True')
        expect(await effects()).toEqual({ ...others, private: { effect: 'applies', active: true } })
      } finally {
        await host.session.close()
      }
    }, 90_000)
  },
)
