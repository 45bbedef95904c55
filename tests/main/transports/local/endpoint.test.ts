/** What Test-Endpoint and Test-NetworkPath report of a server that is not of .NET; their other cases are in tests/powershell/network. */
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Host } from '../../../../domain/plan/host.ts'
import type { Session } from '../../../../main/engine/ports.ts'
import { localTransport } from '../../../../main/transports/local/transport.ts'
import { ask } from '../../../suites/transport/host-under-test.ts'
import { labPowerShell } from './lab-powershell.ts'

const { executable, unavailable } = labPowerShell()
const TimeoutMs = 5_000

describe.skipIf(unavailable !== undefined)(
  `rung 3: endpoints${unavailable === undefined ? '' : ` (not run: ${unavailable})`}`,
  { timeout: 60_000 },
  () => {
    let session: Session
    let folder = ''
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'rollout-endpoint-'))
      await promisify(execFile)('openssl', [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '30',
        '-subj',
        '/CN=hub.example',
        '-addext',
        'subjectAltName=IP:127.0.0.1',
        '-keyout',
        join(folder, 'key.pem'),
        '-out',
        join(folder, 'certificate.pem'),
      ])
      session = await localTransport({ executable }).open(
        Host.parse({ name: 'here', address: 'localhost', reach: { kind: 'local' } }),
        undefined,
        new AbortController().signal,
      )
    })
    afterAll(async () => {
      await session.close()
      await rm(folder, { recursive: true, force: true })
    })

    test('an HTTPS endpoint shows its certificate and its status, and is not trusted for being there', async () => {
      const [key, cert] = await Promise.all(['key.pem', 'certificate.pem'].map((name) => readFile(join(folder, name))))
      await listening(
        createHttpsServer({ key: key ?? '', cert: cert ?? '' }, (_request, response) => {
          response.writeHead(503).end()
        }),
        async (Port) => {
          const seen = await ask(session, 'Test-Endpoint', { Address: '127.0.0.1', Port, TimeoutMs })
          const real = new X509Certificate(cert ?? '')
          expect(seen).toMatchObject({ connected: true, httpStatus: 503, detail: null })
          expect(seen.certificate).toMatchObject({
            sha256: real.fingerprint256.replaceAll(':', '').toLowerCase(),
            der: real.raw.toString('base64'),
            subject: 'CN=hub.example',
            issuer: 'CN=hub.example',
            trusted: false,
          })
          expect(Date.parse(seen.certificate?.notAfter ?? '')).toBe(real.validToDate.getTime())
          expect((await ask(session, 'Test-NetworkPath', { Address: '127.0.0.1', Port, TimeoutMs })).outcome).toBe(
            'open',
          )
        },
      )
    })
  },
)

async function listening(server: Server, use: (port: number) => Promise<void>): Promise<void> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await use((server.address() as AddressInfo).port)
  } finally {
    server.close()
  }
}
