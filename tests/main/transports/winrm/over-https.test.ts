/**
 * Owns the way from a host of a plan to a verb's answer over real TLS and HTTP: the plan's reach, the transports, the credential, the certificate. Behind the
 * HTTP server is the fake endpoint, which proves nothing about Windows; NTLM has tests against implementations nobody here wrote.
 */
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toFailure } from '../../../../domain/failure.ts'
import type { Host } from '../../../../domain/host.ts'
import type { Credential } from '../../../../main/engine/ports.ts'
import { openTransports } from '../../../../main/transports/registry.ts'
import type { Connection } from '../../../../main/transports/winrm/wsmv/lane.ts'
import { pilotPlan } from '../../../builders/plan.ts'
import { hostUnavailable, linuxPowerShell } from '../../../lab/build.ts'
import { fakeEndpoint } from './fake-endpoint.ts'
import { makeCertificate, memoryTrust } from './http/reach.ts'

const powershell = process.env['ROLLOUT_LAB_POWERSHELL'] ?? linuxPowerShell
const reason = existsSync(powershell) ? undefined : (hostUnavailable() ?? 'the lab\'s PowerShell is not built')
const never = new AbortController().signal
const endpoint = fakeEndpoint({ 'powershell.exe': powershell })
const credential: Credential = { kind: 'password', user: 'installer', password: 'canary-pässword' }
const authorization = `Basic ${Buffer.from('installer:canary-pässword').toString('base64')}`
let server: Server
let port = 0
let refused = 0

beforeAll(async () => {
  if (reason !== undefined) return
  const own = makeCertificate()
  const connections = new WeakMap<object, Promise<Connection>>()
  server = createServer({ cert: own.certificate, key: own.key }, (request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => {
      if (request.headers.authorization !== authorization) {
        refused++
        response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="WSMAN"' }).end()
        return
      }
      const connection = connections.get(request.socket) ?? endpoint.open(never)
      connections.set(request.socket, connection)
      const gone = new AbortController()
      response.on('close', () => { gone.abort() })
      const soap = Buffer.concat(pieces).toString('utf8')
      if (soap === '') { response.writeHead(200).end(); return }
      void connection.then((one) => one.send(soap, { signal: gone.signal, timeoutMs: 60_000 })).then(({ status, body }) => { response.writeHead(status, { 'Content-Type': 'application/soap+xml;charset=UTF-8' }).end(body) }, () => { response.destroy() })
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})

afterAll(async () => {
  if (reason !== undefined) return
  server.closeAllConnections()
  await new Promise((resolve) => { server.close(resolve) })
})

async function opened(host: Partial<Extract<Host['reach'], { kind: 'winrm' }>> = {}, trust = memoryTrust()) {
  const plan = pilotPlan({ hosts: pilotPlan().hosts.map((one) => ({ ...one, address: '127.0.0.1', reach: { kind: 'winrm' as const, port, auth: 'basic' as const, ...host } })) })
  const transports = await openTransports({ plan, clock: { now: () => 0, sleep: () => Promise.resolve() }, trust, siteFile: undefined })
  const [first] = plan.hosts
  if (!first) throw new Error('the plan has no host')
  return { open: (shown: Credential) => transports.for(first).open(first, shown, never), trust }
}

const codeOf = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => { const { kind, code } = toFailure(error); return `${kind} ${code}` })

describe(`a fake endpoint behind real HTTPS${reason === undefined ? '' : ` (not run: ${reason})`}`, { skip: reason !== undefined, timeout: 60_000 }, () => {
  test('a host of a plan answers verbs; its certificate is recorded at first sight and held from then on', async () => {
    const { open, trust } = await opened()
    const session = await open(credential)
    expect((await session.run('Get-FileState', { Path: '/none', Hash: false, Signature: false }, { signal: never })).exists).toBe(false)
    await session.close()
    expect([...trust.pins.keys()]).toEqual([`127.0.0.1:${port}`])
    expect([endpoint.shells(), endpoint.running()]).toEqual([0, 0])
    trust.pins.set(`127.0.0.1:${port}`, `SHA256:${'A'.repeat(43)}`)
    expect(await codeOf(open(credential))).toBe('trust certificate-changed')
  })

  test('another certificate than the plan names is refused before the password is shown', async () => {
    const asked = endpoint.asked.length
    expect(await codeOf((await opened({ certificate: 'ab'.repeat(32) })).open(credential))).toBe('trust certificate-changed')
    expect([endpoint.asked.length, refused]).toEqual([asked, 0])
  })

  test('a wrong password is shown once', async () => {
    expect(await codeOf((await opened()).open({ kind: 'password', user: 'installer', password: 'wrong' }))).toMatch(/^credential /)
    expect(refused).toBe(1)
  })
})
