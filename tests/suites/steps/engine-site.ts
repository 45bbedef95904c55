/** Sites whose PowerShell really runs: installers are short scripts, endpoints are servers of this process. */
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FailureError } from '../../../domain/base/failure.ts'
import type { Host } from '../../../domain/plan/host.ts'
import type { Credential, Session, Transport, Transports } from '../../../main/engine/ports.ts'
import { documentVault } from '../../../main/vault/env-vault.ts'
import { enterprisePlan } from '../../builders/plan.ts'
import { makeCertificate } from '../../main/transports/winrm/http/reach.ts'
import { freePort } from '../../main/transports/ssh/sshd.ts'
import { scriptOf } from './installer-script.ts'
import {
  below,
  type EndpointUnderTest,
  type Ending,
  type ProductUnderTest,
  type SiteUnderSteps,
} from './site-under-steps.ts'

export interface EngineSiteOptions extends Pick<
  SiteUnderSteps,
  | 'windows'
  | 'workFolder'
  | 'services'
  | 'firewall'
  | 'signatures'
  | 'certificates'
  | 'restarts'
  | 'fullDisk'
  | 'breakLink'
  | 'noEndpoints'
> {
  /** Where the host finds something that answers and something that does not; servers of this process unless given. */
  readonly flows?: SiteUnderSteps['flows']
  readonly host: Host
  readonly transport: Transport
  readonly credential?: Credential
  /** Full path of a PowerShell on the host; it runs the installers. */
  readonly powershell: string
  /** This machine's address as the host sees it, where servers of the suite listen; 127.0.0.1 unless given. */
  readonly workstation?: string
}

/** What Windows Installer and its like end with. Other systems than Windows keep eight bits of it; the plan then names those. */
const codes: Readonly<Record<Ending, number>> = {
  done: 0,
  talkative: 0,
  restart: 3010,
  'restarts itself': 1641,
  'done when told': 0,
  'another at work': 1618,
  fatal: 1603,
  lost: 0,
}

/** A site of that one host. `close` ends what was opened for it. */
export async function engineSite(options: EngineSiteOptions): Promise<SiteUnderSteps & { close(): Promise<void> }> {
  const {
    host,
    windows,
    workFolder,
    transport,
    credential,
    powershell,
    flows,
    workstation = '127.0.0.1',
    ...may
  } = options
  const folder = mkdtempSync(join(tmpdir(), 'rollout-products-'))
  const servers: Server[] = []
  const { signal } = new AbortController()
  const at = { windows, workFolder }
  const seen = (code: number) => (windows ? code : code & 0xff)
  let products = 0
  const transports: Transports = { for: () => transport, close: async () => undefined }
  // The suite's own hands on the host: a session beside those of the steps, opened anew where its link broke.
  let own: Promise<Session> | undefined
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    own ??= transport.open(host, credential, signal)
    try {
      return await work(await own)
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.kind !== 'link') throw error
      own = undefined
      return withSession(work)
    }
  }
  const put = (remotePath: string, text: string) =>
    withSession(async (session) => {
      const localPath = join(folder, 'by-hand.txt')
      writeFileSync(localPath, text)
      await session.run('New-WorkFolder', { Path: below(at, 'products') }, { signal })
      await session.put(
        { localPath, remotePath, size: text.length, sha256: createHash('sha256').update(text).digest('hex') },
        { signal },
      )
    })

  async function product(ending: Ending): Promise<ProductUnderTest> {
    const name = `product-${++products}`
    const [mark = '', starts = '', goOn = ''] = ['txt', 'starts', 'go'].map((kind) =>
      below(at, 'products', `${name}.${kind}`),
    )
    const localPath = join(folder, `${name}.ps1`)
    const exitCode = codes[ending]
    const text = scriptOf({
      name,
      mark,
      starts,
      goOn,
      jobs: below(at, 'jobs'),
      folder: below(at, 'products'),
      ending,
      exitCode,
    })
    writeFileSync(localPath, text)
    return {
      host,
      component: 'runner',
      localPath,
      exitCode: seen(exitCode),
      program: () => powershell,
      installer: {
        mode: 'unattended',
        artefact: { file: localPath, sha256: createHash('sha256').update(text).digest('hex') },
        extra: [],
        environment: {},
        services: [],
        timeoutMinutes: 5,
        arguments: [
          '-NoProfile',
          '-NonInteractive',
          '-ExecutionPolicy',
          'Bypass',
          '-File',
          windows ? `{media}\\${name}.ps1` : `{media}/${name}.ps1`,
        ],
        exitCodes: { success: [0], reboot: [seen(3010)], rebooting: [seen(1641)], retry: [seen(1618)] },
        detect: { file: mark },
      },
      byHand: () => put(mark, 'by hand'),
      tell: () => put(goOn, 'go on'),
      starts: () =>
        withSession(async (session) => linesOf(await session.get(starts, { signal, maxBytes: 10_000 }).catch(none))),
    }
  }

  async function endpoint(): Promise<EndpointUnderTest> {
    const { certificate, key } = makeCertificate()
    const https = createHttpsServer({ cert: certificate, key }, (_request, response) => {
      response.writeHead(200).end()
    })
    let silent = true
    const port = await listen(
      createServer((socket) => {
        socket.on('error', () => undefined)
        if (silent) socket.destroy()
        else https.emit('connection', socket)
      }),
    )
    return {
      address: workstation,
      port,
      certificate: createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex'),
      start: async () => {
        silent = false
      },
    }
  }

  async function listen(server: Server): Promise<number> {
    servers.push(server)
    server.listen(0, workstation)
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  const place = (port: number) => ({ address: workstation, port })
  const ownFlows = async () => ({
    open: place(
      await listen(
        createServer((socket) => {
          socket.on('error', () => undefined).end()
        }),
      ),
    ),
    refused: place(await freePort()),
  })
  return {
    transports,
    host,
    windows,
    workFolder,
    product,
    endpoint,
    flows: flows ?? (await ownFlows()),
    vault: {
      ...documentVault('{}'),
      credential: async () => {
        if (credential === undefined) throw new Error('this host takes no credential')
        return credential
      },
    },
    plan: { ...enterprisePlan(), hosts: [host], placements: [], defaultCredential: 'suite' },
    ...may,
    async close() {
      await (await own)?.close()
      for (const server of servers) server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A host with one service that is stopped and may be started. */
export function serviceOn(host: Host, name: string): NonNullable<SiteUnderSteps['services']> {
  return async () => ({ startable: { host, name } })
}

function none(error: unknown): Uint8Array {
  if (error instanceof FailureError && error.failure.kind === 'host') return new Uint8Array()
  throw error
}

function linesOf(bytes: Uint8Array): number {
  return Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '').length
}
