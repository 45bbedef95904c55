/** Rung 3: the transport suite over WinRM, sealed by NTLM on HTTP and channel-bound on HTTPS, to a lab host behind an endpoint whose NTLM is not ours; and clients that are not ours. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../../domain/plan/host.ts'
import type { Session } from '../../../main/engine/ports.ts'
import { connectByHttp } from '../../../main/transports/winrm/connection-settings.ts'
import { createWinrmTransport } from '../../../main/transports/winrm/transport.ts'
import {
  failureOf,
  makeCertificate,
  memoryTrust,
  patient,
  type TestCertificate,
} from '../../main/transports/winrm/http/reach.ts'
import { openStore } from '../../../main/store/store.ts'
import { rollout, scratch } from '../../main/shells/cli/rollout.ts'
import { gssMissing } from '../../main/transports/winrm/http/gss-server.ts'
import { engineSite, serviceOn } from '../../suites/steps/engine-site.ts'
import { stepsSuite } from '../../suites/steps-suite.ts'
import { transportSuite } from '../../suites/transport-suite.ts'
import type { HostUnderTest } from '../../suites/transport/host-under-test.ts'
import type { SmallDisk } from '../../suites/transport/small-disk.ts'
import { addDriveD } from '../drive.ts'
import { downLab, labUnavailable, upLab } from '../lab.ts'
import { startWinrm, winrmUser, type WinrmService } from './endpoint.ts'

const run = promisify(execFile)
const missing = labUnavailable() ?? gssMissing
const unavailable = process.env['CI'] === undefined ? missing : undefined
const foreign = ['/usr/lib/python3/dist-packages/winrm', '/usr/bin/ansible'].every((file) => existsSync(file))
const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const { domain, user, password } = winrmUser
let folder = ''
let disk: SmallDisk | undefined
let address = ''
let workstation = ''
let service: WinrmService | undefined
let open: (tls: boolean) => Promise<Session> = () => Promise.reject(new Error('there is no lab host'))
let openByCertificate: (shown: TestCertificate, passphrase?: string) => Promise<Session> = () =>
  Promise.reject(new Error('there is no lab host'))
const authority = makeCertificate({ authority: true })
const owner = makeCertificate({ issuer: authority, usage: 'clientAuth' })
let steps: () => ReturnType<typeof engineSite> = () => Promise.reject(new Error('there is no lab host'))

if (unavailable === undefined) {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollout-lab-'))
    const site = await upLab({ dir: join(folder, 'site'), hosts: [{ name: 'SUITE01', roles: ['runner'] }] })
    const lab = site.hosts[0]
    if (!lab) throw new Error('the lab has no host')
    address = lab.address
    workstation = site.workstation
    disk = await addDriveD(lab, 40_000_000)
    service = await startWinrm(lab, {}, { issuer: authority, clients: { issuer: authority, mapped: owner } })
    const host: Host = {
      name: lab.name,
      address,
      reach: { kind: 'winrm', tls: false, auth: 'ntlm' },
      workFolder: 'C:\\ProgramData\\ExekraRollout',
    }
    const bound: Host = { ...host, reach: { kind: 'winrm', tls: true, auth: 'ntlm', certificate: service.certificate } }
    const transport = createWinrmTransport({ connect: connectByHttp(memoryTrust()) })
    const credential = { kind: 'password', user: `${domain}\\${user}`, password } as const
    open = (tls) => transport.open(tls ? bound : host, credential, patient())
    openByCertificate = ({ certificate, key }, passphrase) =>
      transport.open(
        { ...bound, reach: { ...bound.reach, auth: 'certificate' } as Host['reach'] },
        {
          kind: 'key',
          user: 'nobody reads this',
          privateKey: `${certificate}\n${key}`,
          ...(passphrase !== undefined && { passphrase }),
        },
        patient(),
      )
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
  }, 300_000)
  afterAll(async () => {
    await service?.stop()
    await downLab(join(folder, 'site'))
    await rm(folder, { recursive: true, force: true })
  }, 120_000)
}

async function hostUnderTest(tls: boolean): Promise<HostUnderTest> {
  const again = () => open(tls)
  return {
    session: await again(),
    reopen: again,
    windows: true,
    powershell,
    firewall: true,
    reached: { address, from: workstation },
    workFolder: 'C:\\ProgramData\\Exekra Röllout',
    ...(disk === undefined ? {} : { smallDisk: disk }),
  }
}

for (const [how, tls] of [
  ['sealed', false],
  ['over HTTPS, channel binding demanded', true],
] as const)
  transportSuite({
    name: `winrm, ${how}, to a lab host: the complete PowerShell on Wine, NTLM by gss-ntlmssp`,
    rung: 'rung 3',
    open: () => hostUnderTest(tls),
    ...(unavailable === undefined ? {} : { unavailable }),
  })

stepsSuite({
  name: 'winrm, sealed, to a lab host',
  rung: 'rung 3',
  open: () => steps(),
  ...(unavailable === undefined ? {} : { unavailable }),
})

describe(
  `rung 3: certificates at the lab's WinRM endpoint, whose TLS is Python's${unavailable === undefined ? '' : ` [needs a lab: ${unavailable}]`}`,
  { skip: unavailable !== undefined },
  () => {
    test('a client certificate signs in, its key in clear or under a passphrase; one that is mapped to nobody, or of an issuer the host does not trust, is refused in one sentence', async () => {
      const locked = {
        ...owner,
        key: createPrivateKey(owner.key)
          .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary-passphrase' })
          .toString(),
      }
      for (const session of [await openByCertificate(owner), await openByCertificate(locked, 'canary-passphrase')]) {
        expect((await session.run('Get-BootId', {}, { signal: patient() })).bootId).not.toBe('')
        await session.close()
      }
      expect(service?.events().some(({ certificate, tls }) => certificate === true && tls === true)).toBe(true)
      for (const stranger of [
        makeCertificate({ issuer: authority, usage: 'clientAuth' }),
        makeCertificate({ usage: 'clientAuth' }),
      ])
        expect(await failureOf(openByCertificate(stranger))).toMatchObject({
          kind: 'credential',
          code: 'certificate-refused',
          message: expect.stringMatching(/^SUITE01 \(.*:5986\) did not accept the client certificate\.$/) as string,
        })
      expect(await failureOf(openByCertificate(locked, 'another'))).toMatchObject({
        kind: 'credential',
        code: 'certificate-unreadable',
      })
    }, 120_000)

    test('an issuer that the workstation trusts, by its system store or by NODE_EXTRA_CA_CERTS, makes a certificate trusted: it is not pinned; else it is, at first sight', async () => {
      const dir = scratch()
      const file = join(dir, 'authority.pem')
      await writeFile(file, authority.certificate)
      const pins = async (name: string, env: Readonly<Record<string, string>>) => {
        const db = join(dir, `${name}.db`)
        const { code, stderr, stdout } = await rollout(['doctor', `winrms://${address}`, '--db', db], { env })
        expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: expect.any(String) as string })
        const store = openStore(db, { readonly: true })
        try {
          return store.pins.list().length
        } finally {
          store.close()
        }
      }
      expect(
        await Promise.all([
          pins('none', {}),
          pins('system', { SSL_CERT_FILE: file }),
          pins('extra', { NODE_EXTRA_CA_CERTS: file }),
        ]),
      ).toEqual([1, 0, 0])
    }, 60_000)
  },
)

const noForeign = unavailable ?? (foreign || process.env['CI'] !== undefined ? undefined : 'they are not installed')

describe(
  `rung 3: clients that are not ours at the lab's WinRM endpoint${noForeign === undefined ? '' : ` [needs a lab, python3-winrm and ansible-core: ${noForeign}]`}`,
  { skip: noForeign !== undefined },
  () => {
    // Python's md4 comes with OpenSSL's legacy provider only.
    const legacy =
      'openssl_conf = start\n[start]\nproviders = all\n[all]\ndefault = on\nlegacy = on\n[on]\nactivate = 1\n'
    const script = `
import sys, winrm
session = winrm.Session("http://%s:5985/wsman" % sys.argv[1], auth=(sys.argv[2], sys.stdin.read()), transport="ntlm", message_encryption="always", read_timeout_sec=60, operation_timeout_sec=30)
for made in (session.run_cmd("echo hello& exit 7"), session.run_ps("[Console]::Out.Write('gr\\u00fc\\u00dfe ' + (40 + 2)); exit 3")):
    print(made.status_code, made.std_out.decode("utf-8", "replace").strip())
`
    const asForeign = async (shown: string) => {
      await writeFile(join(folder, 'openssl.cnf'), legacy)
      await writeFile(join(folder, 'foreign.py'), script)
      const running = run('/usr/bin/python3', [join(folder, 'foreign.py'), address, `${domain}\\${user}`], {
        env: { ...process.env, OPENSSL_CONF: join(folder, 'openssl.cnf'), PYTHONUTF8: '1' },
        timeout: 60_000,
      })
      running.child.stdin?.end(shown)
      return running
    }

    test('pywinrm runs commands, sealed by its own NTLM, and gets their output and exit codes', async () => {
      expect((await asForeign(password)).stdout.split('\n')).toMatchObject([
        '7 hello',
        expect.stringMatching(/^3 .*42$/),
        '',
      ])
      expect(service?.events().filter(({ broken }) => broken !== undefined)).toEqual([])
    }, 90_000)

    // Its winrm connection speaks through pywinrm; how it starts a command, feeds it and reads its end is its own.
    test('ansible-core runs PowerShell by its winrm connection, sealed, and gets the output and the exit code', async () => {
      await writeFile(join(folder, 'openssl.cnf'), legacy)
      const settings = join(folder, 'ansible.json')
      await writeFile(
        settings,
        JSON.stringify({
          ansible_connection: 'winrm',
          ansible_port: 5985,
          ansible_winrm_scheme: 'http',
          ansible_winrm_transport: 'ntlm',
          ansible_winrm_message_encryption: 'always',
          ansible_user: `${domain}\\${user}`,
          ansible_password: password,
          ansible_winrm_operation_timeout_sec: 30,
          ansible_winrm_read_timeout_sec: 60,
        }),
        { mode: 0o600 },
      )
      const running = run(
        '/usr/bin/ansible',
        [
          'all',
          '--inventory',
          `${address},`,
          '--module-name',
          'ansible.builtin.raw',
          '--extra-vars',
          `@${settings}`,
          '--args',
          '[Console]::Out.Write("sum " + (40 + 2)); exit 3',
        ],
        {
          cwd: folder,
          env: {
            ...process.env,
            HOME: folder,
            OPENSSL_CONF: join(folder, 'openssl.cnf'),
            PYTHONUTF8: '1',
            ANSIBLE_NOCOLOR: '1',
            ANSIBLE_LOCALHOST_WARNING: 'false',
          },
          timeout: 90_000,
        },
      )
      // It ends with 2 because a host's command did not end with 0.
      await expect(running).rejects.toMatchObject({
        code: 2,
        stdout: expect.stringMatching(/FAILED \| rc=3 >>\s+sum 42/) as string,
      })
      expect(service?.events().filter(({ broken }) => broken !== undefined)).toEqual([])
    }, 120_000)

    test('pywinrm with a wrong password is refused', async () => {
      await expect(asForeign('wrong')).rejects.toThrow(/InvalidCredentials|rejected/)
    }, 60_000)
  },
)
