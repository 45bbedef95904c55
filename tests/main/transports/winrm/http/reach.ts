/** What the tests of the WinRM connection share: fresh certificates, a trust store in memory, a scripted server. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Failure } from '../../../../../domain/base/failure.ts'
import { toFailure } from '../../../../../domain/base/failure.ts'
import type { TrustStore } from '../../../../../main/engine/ports.ts'
import { standardExchangeLimits, type ExchangeLimits } from '../../../../../main/transports/winrm/http/limits.ts'

export const quick: ExchangeLimits = { ...standardExchangeLimits, connectMs: 3_000, signInMs: 3_000 }

/** A signal that nobody aborts. */
export const patient = () => new AbortController().signal

/** The failure that work ended with; an error if it ended well. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(() => {
    throw new Error('it ended well')
  }, toFailure)
}

export interface MemoryTrust extends TrustStore {
  readonly pins: Map<string, string>
}

export function memoryTrust(): MemoryTrust {
  const pins = new Map<string, string>()
  return {
    pins,
    pinned: (address, port) => pins.get(`${address}:${port}`),
    pin: (address, port, fingerprint) => {
      pins.set(`${address}:${port}`, fingerprint)
    },
  }
}

export interface TestCertificate {
  readonly certificate: string
  readonly key: string
}

export interface CertificateWish {
  readonly names?: string
  readonly hash?: 'sha256' | 'sha384' | 'sha512'
  /** openssl's form: YYYYMMDDHHMMSSZ. */
  readonly from?: string
  readonly to?: string
  /** Signed by this one instead of by itself. */
  readonly issuer?: TestCertificate
  readonly authority?: boolean
  /** Extended key usage, as openssl calls it; none unless wished. */
  readonly usage?: string
}

/** Makes a certificate with openssl, for 127.0.0.1 and localhost unless other names are wished (subjectAltName of x509v3_config(5)). */
export function makeCertificate(wish: CertificateWish = {}): TestCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-certificate-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', cwd: folder })
  try {
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'key.pem')
    const subject = wish.authority === true ? '/CN=Test authority' : '/CN=host under test'
    openssl('req', '-new', '-key', 'key.pem', '-subj', subject, '-out', 'request.pem')
    const extensions =
      wish.authority === true
        ? 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n'
        : `subjectAltName=${wish.names ?? 'IP:127.0.0.1,DNS:localhost'}\n${wish.usage === undefined ? '' : `extendedKeyUsage=${wish.usage}\n`}`
    execFileSync('sh', ['-c', 'cat > extensions'], { cwd: folder, input: extensions })
    if (wish.issuer) {
      execFileSync('sh', ['-c', 'cat > issuer.pem'], { cwd: folder, input: wish.issuer.certificate })
      execFileSync('sh', ['-c', 'cat > issuer.key'], { cwd: folder, input: wish.issuer.key })
    }
    // Only `openssl ca` of OpenSSL 3.0 can set dates of the past.
    execFileSync('sh', ['-c', 'cat > ca.conf; touch index; echo 01 > serial'], {
      cwd: folder,
      input:
        '[ca]\ndefault_ca=own\n[own]\ndatabase=index\nserial=serial\nnew_certs_dir=.\npolicy=any\nunique_subject=no\n[any]\ncommonName=supplied\n',
    })
    openssl(
      'ca',
      '-batch',
      '-config',
      'ca.conf',
      '-in',
      'request.pem',
      '-out',
      'certificate.pem',
      '-notext',
      '-extfile',
      'extensions',
      '-md',
      wish.hash ?? 'sha256',
      '-startdate',
      wish.from ?? '20200101000000Z',
      '-enddate',
      wish.to ?? '20991231235959Z',
      ...(wish.issuer ? ['-cert', 'issuer.pem', '-keyfile', 'issuer.key'] : ['-selfsign', '-keyfile', 'key.pem']),
    )
    return { certificate: readFileSync(at('certificate.pem'), 'utf8'), key: readFileSync(at('key.pem'), 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface ScriptedServer {
  readonly port: number
  /** Every byte that came, of all connections, as text. */
  received(): string
  connections(): number
  stop(): Promise<void>
}

/** A server that only does what `script` does with each request it has received whole (headers and Content-Length), by number from 0. */
export async function startScripted(
  script: (socket: Socket, request: string, number: number) => void,
  wrap: (onSocket: (socket: Socket) => void) => Server = (onSocket) => createServer(onSocket),
  at: { readonly address: string; readonly port: number } = { address: '127.0.0.1', port: 0 },
): Promise<ScriptedServer> {
  let received = ''
  const sockets = new Set<Socket>()
  let connections = 0
  const server = wrap((socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    let held = ''
    let number = 0
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1')
      held += bytes.toString('latin1')
      for (;;) {
        const end = held.indexOf('\r\n\r\n')
        const whole = end < 0 ? -1 : end + 4 + Number(/content-length: (\d+)/i.exec(held)?.[1] ?? 0)
        if (whole < 0 || held.length < whole) return
        const request = held.slice(0, whole)
        held = held.slice(whole)
        script(socket, request, number++)
      }
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(at.port, at.address, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    received: () => received,
    connections: () => connections,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

/** An answer as bytes. */
export function httpAnswer(status: number, headers: readonly string[] = [], body = ''): string {
  return [`HTTP/1.1 ${status} X`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n')
}
