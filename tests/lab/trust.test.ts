/** Rung 3, one lab host: a root certificate that Rollout adds is trusted by that host's own TLS, from then on, also after a restart, until it is removed. */
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '../../domain/plan/host.ts'
import type { Session } from '../../main/engine/ports.ts'
import { createSshTransport } from '../../main/transports/ssh/transport.ts'
import { memoryTrust, patient } from '../main/transports/ssh/reach.ts'
import { makeCertificate, type CertificateWish } from '../main/transports/winrm/http/reach.ts'
import { engineSite } from '../suites/steps/engine-site.ts'
import { applied, unchanged } from '../suites/steps/expected.ts'
import { stepHelpFor } from '../suites/steps/step-help.ts'
import { ask } from '../suites/transport/host-under-test.ts'
import { follow, jobOf, texts } from '../suites/transport/job-programs.ts'
import { downLab, labUnavailable, upLab, type LabHost } from './lab.ts'

const unavailable = process.env['CI'] === undefined ? labUnavailable() : undefined
const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const workFolder = 'C:\\ProgramData\\ExekraRollout'
const name = 'hub.lab.test'
const authority = makeCertificate({ authority: true })
const servers: Server[] = []
let folder = ''
let lab: LabHost
let workstation = ''
let site: Awaited<ReturnType<typeof engineSite>>
let open: () => Promise<Session>

/** An HTTPS server of this machine that shows its chain to the end: Wine's TLS client takes one that ends early for right. */
async function serve(issuer = authority, wish: CertificateWish = {}): Promise<number> {
  const { certificate, key } = makeCertificate({ names: `DNS:${name}`, issuer, ...wish })
  const server = createServer({ cert: certificate + issuer.certificate, key }, (_request, response) => response.end())
  servers.push(server.listen(0, workstation))
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** What a TLS client on the host makes of an endpoint: the reasons for which it refuses it, or None. Wine compares no addresses: it is asked by name. */
async function judgedBy(session: Session, port: number, server = name): Promise<string> {
  const host = { session, workFolder, windows: true, powershell, reopen: open }
  const job = jobOf(
    host,
    `$script:seen = 'nothing'; $judge = [Net.Security.RemoteCertificateValidationCallback] { param($from, $shown, $chain, $errors) $script:seen = [string]$errors; $errors -eq 'None' }; ` +
      `$client = New-Object Net.Sockets.TcpClient -ArgumentList '${workstation}', ${port}; $tls = New-Object Net.Security.SslStream -ArgumentList $client.GetStream(), $false, $judge; ` +
      `$end = 'refused'; try { $tls.AuthenticateAsClient('${server}'); $end = 'accepted' } catch { }; [Console]::Out.WriteLine("$end $script:seen")`,
  )
  await ask(session, 'Start-HostJob', job.params)
  return texts(await follow(session, job), 'output').join()
}

/** What Rollout's own script says of the chain, whatever the name. */
async function chainTrusted(session: Session, port: number): Promise<boolean | undefined> {
  return (await ask(session, 'Test-Endpoint', { Address: workstation, Port: port, TimeoutMs: 10_000 })).certificate
    ?.trusted
}

describe(
  `rung 3: trust on a lab host${unavailable === undefined ? '' : ` [needs a lab: ${unavailable}]`}`,
  { skip: unavailable !== undefined },
  () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'rollout-lab-'))
      const up = await upLab({ dir: join(folder, 'site'), hosts: [{ name: 'RUN01', roles: ['runner'] }] })
      const [made] = up.hosts
      if (!made) throw new Error('the lab has no host')
      lab = made
      workstation = up.workstation
      const host: Host = {
        name: lab.name,
        address: lab.address,
        reach: { kind: 'ssh', port: lab.port, hostKey: lab.hostKey.fingerprint },
        workFolder,
      }
      const credential = {
        kind: 'key',
        user: lab.user,
        privateKey: await readFile(lab.privateKeyPath, 'utf8'),
      } as const
      const transport = createSshTransport({ trust: memoryTrust() })
      open = () => transport.open(host, credential, patient())
      site = await engineSite({ host, transport, credential, powershell, windows: true, workFolder, workstation })
    }, 300_000)
    afterAll(async () => {
      for (const server of servers) server.close()
      await downLab(join(folder, 'site'))
      await rm(folder, { recursive: true, force: true })
    }, 120_000)

    test('an authority is trusted once it was added, and no other; name and date still decide; a restart changes nothing, a removal does', async () => {
      const { help, close } = stepHelpFor(site)
      const right = await serve()
      const expired = await serve(authority, { from: '20200101000000Z', to: '20210101000000Z' })
      const stranger = await serve(makeCertificate({ authority: true }))
      const der = new X509Certificate(authority.certificate).raw
      const sha256 = createHash('sha256').update(der).digest('hex')
      const file = help.file('authority.pem', authority.certificate)
      const trust = {
        kind: 'trust-certificate',
        certificate: { from: 'file', artefact: { file: file.path, sha256: file.sha256 } },
      } as const
      const trusted = async (work: (session: Session) => Promise<void>) => {
        const session = await open()
        await work(session)
        await session.close()
      }
      try {
        await trusted(async (session) => {
          expect(await chainTrusted(session, right)).toBe(false)
          expect(await judgedBy(session, right)).toBe('refused RemoteCertificateChainErrors')
        })
        applied(await help.lanes.once(trust))
        unchanged(await help.lanes.once(trust))
        const asAdded = async (session: Session) => {
          expect(await ask(session, 'Get-CertificateTrust', { Sha256: sha256 })).toEqual({ trusted: true })
          expect(await chainTrusted(session, right)).toBe(true)
          expect(await chainTrusted(session, stranger)).toBe(false)
          expect(await judgedBy(session, right)).toBe('accepted None')
        }
        await trusted(async (session) => {
          await asAdded(session)
          expect(await judgedBy(session, right, 'another.lab.test')).toBe('refused RemoteCertificateNameMismatch')
          expect(await judgedBy(session, expired)).toBe('refused RemoteCertificateChainErrors')
          expect(await judgedBy(session, stranger)).toBe('refused RemoteCertificateChainErrors')
        })
        await lab.restart()
        await trusted(asAdded)
        const key = createHash('sha1').update(der).digest('hex').toUpperCase()
        await trusted(async (session) => {
          const host = { session, workFolder, windows: true, powershell, reopen: open }
          const job = jobOf(
            host,
            `[Microsoft.Win32.Registry]::LocalMachine.DeleteSubKeyTree('SOFTWARE\\Microsoft\\SystemCertificates\\ROOT\\Certificates\\${key}')`,
          )
          await ask(session, 'Start-HostJob', job.params)
          expect((await follow(session, job)).last).toMatchObject({ exitCode: 0 })
          expect(await ask(session, 'Get-CertificateTrust', { Sha256: sha256 })).toEqual({ trusted: false })
          expect(await judgedBy(session, right)).toBe('refused RemoteCertificateChainErrors')
        })
      } finally {
        await close()
      }
    }, 240_000)
  },
)
