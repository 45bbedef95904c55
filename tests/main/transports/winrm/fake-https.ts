/** A fake endpoint behind real TLS and HTTP on loopback, with one Basic user. It proves nothing about Windows. */
import { createHash, X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Connection } from '../../../../main/transports/winrm/wsmv/request-channel.ts'
import type { FakeEndpoint } from './fake-endpoint.ts'
import { makeCertificate } from './http/reach.ts'

export interface FakeHttps {
  readonly port: number
  /** SHA-256 of its certificate, hexadecimal. */
  readonly certificate: string
  /** Requests with another password, or none. */
  readonly refused: () => number
  close(): Promise<void>
}

/** Puts an endpoint behind HTTPS on 127.0.0.1; each TCP connection is one of the endpoint's. */
export async function fakeHttps(endpoint: FakeEndpoint, user: string, password: string): Promise<FakeHttps> {
  const own = makeCertificate()
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const connections = new WeakMap<object, Promise<Connection>>()
  let refused = 0
  const server = createServer({ cert: own.certificate, key: own.key }, (request, response) => {
    const pieces: Buffer[] = []
    request
      .on('data', (piece: Buffer) => pieces.push(piece))
      .on('end', () => {
        if (request.headers.authorization !== authorization) {
          refused++
          response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="WSMAN"' }).end()
          return
        }
        const connection = connections.get(request.socket) ?? endpoint.open(new AbortController().signal)
        connections.set(request.socket, connection)
        const gone = new AbortController()
        response.on('close', () => {
          gone.abort()
        })
        const soap = Buffer.concat(pieces).toString('utf8')
        if (soap === '') {
          response.writeHead(200).end()
          return
        }
        void connection
          .then((one) => one.send(soap, { signal: gone.signal, timeoutMs: 60_000 }))
          .then(
            ({ status, body }) => {
              response.writeHead(status, { 'Content-Type': 'application/soap+xml;charset=UTF-8' }).end(body)
            },
            () => {
              response.destroy()
            },
          )
      })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    certificate: createHash('sha256').update(new X509Certificate(own.certificate).raw).digest('hex'),
    refused: () => refused,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
