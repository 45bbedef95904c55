import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createPlainServer } from 'node:net'
import tls, { createServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import type { TlsTrust } from '../../../../../main/transports/winrm/http/certificate-trust.ts'
import { openExchange } from '../../../../../main/transports/winrm/http/exchange.ts'
import {
  failureOf,
  httpAnswer,
  makeCertificate,
  memoryTrust,
  patient,
  quick,
  startScripted,
  type CertificateWish,
  type ScriptedServer,
  type TestCertificate,
} from './reach.ts'

const basic = { kind: 'basic', user: 'operator', password: 'canary-password' } as const
const authority = makeCertificate({ authority: true })
const authorities = [authority.certificate]
const hexOf = ({ certificate }: TestCertificate) =>
  createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex')
const fingerprintOf = (made: TestCertificate) =>
  `SHA256:${Buffer.from(hexOf(made), 'hex').toString('base64').replace('=', '')}`

describe('the certificate of a host is judged before anything of a credential is sent', () => {
  let server: ScriptedServer | undefined
  afterEach(async () => {
    await server?.stop()
    server = undefined
  })
  const withCertificate = async (made: TestCertificate, port?: number) => {
    server = await startScripted(
      (socket) => socket.write(httpAnswer(200, [], '<ok/>')),
      (onSocket) => createServer({ cert: made.certificate, key: made.key }, onSocket),
    )
    return port ?? server.port
  }
  const reach = async (port: number, trust: TlsTrust, serverName?: string) => {
    const exchange = await openExchange(
      { name: 'RUN001', host: '127.0.0.1', port, tls: true, ...(serverName !== undefined && { serverName }) },
      basic,
      trust,
      quick,
      patient(),
    )
    const answer = await exchange.send('<hello/>', { signal: patient(), timeoutMs: 3_000 })
    exchange.close()
    return answer
  }
  const refusal = async (wish: CertificateWish, trust: TlsTrust, serverName?: string) => {
    const made = makeCertificate(wish)
    const failure = await failureOf(reach(await withCertificate(made), trust, serverName))
    expect(server?.received()).toBe('')
    expect(failure).toMatchObject({ kind: 'trust', retry: 'never' })
    expect(failure.message).toContain('RUN001')
    return { failure, made }
  }

  test('one of a known issuer, for the right name, in time, is taken, and is not pinned', async () => {
    const store = memoryTrust()
    for (const trust of [
      { kind: 'system', authorities },
      { kind: 'first-sight', store, authorities },
    ] as const) {
      expect(await reach(await withCertificate(makeCertificate({ issuer: authority })), trust)).toEqual({
        status: 200,
        body: '<ok/>',
      })
      expect(server?.received()).toContain('Authorization: Basic')
      await server?.stop()
    }
    expect(store.pins.size).toBe(0)
  })

  test('one that is not for servers is refused, whoever issued it; one that is for servers among others is taken', async () => {
    for (const trust of [
      { kind: 'system', authorities },
      { kind: 'first-sight', store: memoryTrust(), authorities },
    ] as const) {
      const { failure } = await refusal({ issuer: authority, usage: 'clientAuth' }, trust)
      expect(failure.code).toBe('certificate-usage')
      await server?.stop()
      for (const usage of ['serverAuth', 'clientAuth,serverAuth']) {
        const port = await withCertificate(makeCertificate({ issuer: authority, usage }))
        expect(await reach(port, trust), usage).toMatchObject({ status: 200 })
        await server?.stop()
      }
    }
  })

  test('each of its faults has its own refusal', async () => {
    const system = { kind: 'system', authorities } as const
    expect((await refusal({ issuer: authority, to: '20210101000000Z' }, system)).failure.code).toBe(
      'certificate-expired',
    )
    await server?.stop()
    expect((await refusal({ to: '20210101000000Z' }, { kind: 'first-sight', store: memoryTrust() })).failure.code).toBe(
      'certificate-expired',
    )
    await server?.stop()
    expect((await refusal({ issuer: authority, from: '20900101000000Z' }, system)).failure.code).toBe(
      'certificate-not-yet-valid',
    )
    await server?.stop()
    expect((await refusal({ issuer: authority, names: 'DNS:other.local' }, system)).failure.code).toBe(
      'certificate-name',
    )
    await server?.stop()
    expect((await refusal({ issuer: authority }, system, 'run002.local')).failure.code).toBe('certificate-name')
    await server?.stop()
    for (const usage of ['clientAuth', 'codeSigning'])
      for (const trust of [system, { kind: 'first-sight', store: memoryTrust(), authorities } as const]) {
        expect((await refusal({ issuer: authority, usage }, trust)).failure.code).toBe('certificate-usage')
        await server?.stop()
      }
    const self = await refusal({}, system)
    expect(self.failure.code).toBe('certificate-untrusted')
    expect(self.failure.hint).toContain(fingerprintOf(self.made))
    await server?.stop()
    const expired = makeCertificate({ authority: true, to: '20210101000000Z' })
    expect(
      (await refusal({ issuer: expired }, { kind: 'system', authorities: [expired.certificate] })).failure,
    ).toMatchObject({ code: 'certificate-untrusted', message: expect.stringContaining('issuers has expired') })
  })

  test('first sight is recorded for address and port, and holds from then on; a change is refused with both fingerprints', async () => {
    const store = memoryTrust()
    const [first, second] = [makeCertificate({ names: 'DNS:elsewhere' }), makeCertificate()]
    const seen: string[] = []
    const trust: TlsTrust = {
      kind: 'first-sight',
      store,
      onFirstSight: ({ fingerprint }) => {
        seen.push(fingerprint)
        expect(server?.received()).toBe('')
      },
    }
    const port = await withCertificate(first)
    await reach(port, trust)
    await reach(port, trust)
    expect(seen).toEqual([fingerprintOf(first)])
    expect([...store.pins]).toEqual([[`127.0.0.1:${port}`, fingerprintOf(first)]])
    await server?.stop()

    const other = await withCertificate(second)
    store.pins.set(`127.0.0.1:${other}`, fingerprintOf(first))
    const failure = await failureOf(reach(other, trust))
    expect(failure).toMatchObject({ kind: 'trust', code: 'certificate-changed', retry: 'never' })
    expect(failure.message).toContain(fingerprintOf(first))
    expect(failure.message).toContain(fingerprintOf(second))
    expect(server?.received()).toBe('')
    expect(store.pins.get(`127.0.0.1:${other}`)).toBe(fingerprintOf(first))
  })

  test('one for servers among others is taken', async () => {
    const made = makeCertificate({ issuer: authority, usage: 'clientAuth,serverAuth' })
    expect((await reach(await withCertificate(made), { kind: 'system', authorities })).status).toBe(200)
  })

  test('one for any use and none by name is refused for its use, and its issuer is not blamed', async () => {
    const trust = { kind: 'system', authorities } as const
    const { failure } = await refusal({ issuer: authority, usage: 'anyExtendedKeyUsage' }, trust)
    expect(failure).toMatchObject({ code: 'certificate-usage', message: expect.stringContaining('not for servers') })
  })

  test('a record that cannot be kept ends the attempt', async () => {
    const store = {
      pinned: () => undefined,
      pin: () => {
        throw new Error('disk full')
      },
    }
    await expect(reach(await withCertificate(makeCertificate()), { kind: 'first-sight', store })).rejects.toThrow(
      'disk full',
    )
    expect(server?.received()).toBe('')
  })

  test('the fingerprint in the plan decides alone, in any of its spellings', async () => {
    const made = makeCertificate({ names: 'DNS:elsewhere', to: '20210101000000Z' })
    const port = await withCertificate(made)
    for (const fingerprint of [
      fingerprintOf(made),
      hexOf(made),
      (hexOf(made).toUpperCase().match(/../g) ?? []).join(':'),
    ])
      expect((await reach(port, { kind: 'fingerprint', fingerprint })).status).toBe(200)
    await server?.stop()
    const { failure } = await refusal({ issuer: authority }, { kind: 'fingerprint', fingerprint: fingerprintOf(made) })
    expect(failure).toMatchObject({ code: 'certificate-changed', message: expect.stringContaining('the plan names') })
  })

  describe('a host that speaks no TLS later than 1.1', () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const
    const refusedAsOld = async () => {
      const made = makeCertificate({ issuer: authority })
      server = await startScripted(
        (socket) => socket.write(httpAnswer(200, [], '<ok/>')),
        (onSocket) => createServer({ cert: made.certificate, key: made.key, ...old }, onSocket),
      )
      const failure = await failureOf(reach(server.port, { kind: 'system', authorities }))
      expect(failure).toMatchObject({ kind: 'host', code: 'tls-too-old', retry: 'never' })
      expect(server.received()).toBe('')
    }

    test('is told from a certificate that is not trusted', refusedAsOld)

    // As NODE_OPTIONS="--tls-min-v1.0 --tls-cipher-list=ALL:@SECLEVEL=0" would, for all that Node opens.
    test('is refused also where the workstation allows such TLS to its programs', async () => {
      const { DEFAULT_MIN_VERSION: version, DEFAULT_CIPHERS: ciphers } = tls
      Object.assign(tls, { DEFAULT_MIN_VERSION: old.minVersion, DEFAULT_CIPHERS: old.ciphers })
      try {
        await refusedAsOld()
      } finally {
        Object.assign(tls, { DEFAULT_MIN_VERSION: version, DEFAULT_CIPHERS: ciphers })
      }
    })
  })

  test('a port without TLS, and one that ends the connection, are told apart from a certificate', async () => {
    const closed: Promise<unknown>[] = []
    server = await startScripted(
      () => undefined,
      (onSocket) =>
        createPlainServer((socket) => {
          closed.push(once(socket, 'close'))
          onSocket(socket)
          socket.write(httpAnswer(400))
        }),
    )
    expect(await failureOf(reach(server.port, { kind: 'system' }))).toMatchObject({ kind: 'link', code: 'not-tls' })
    await server.stop()
    server = await startScripted(
      () => undefined,
      (onSocket) =>
        createPlainServer((socket) => {
          onSocket(socket)
          socket.end()
        }),
    )
    expect(await failureOf(reach(server.port, { kind: 'system' }))).toMatchObject({ kind: 'link', code: 'tls-failed' })
    // The connection is not left open on our side.
    await Promise.all(closed)
  })

  test('Basic over HTTPS: a refused password and a host without Basic are told apart, each after one request', async () => {
    const made = makeCertificate({ issuer: authority })
    for (const [offer, kind, code] of [
      ['Basic realm="WSMAN"', 'credential', 'refused'],
      ['Negotiate', 'host', 'basic-not-offered'],
    ] as const) {
      server = await startScripted(
        (socket) => socket.write(httpAnswer(401, [`WWW-Authenticate: ${offer}`])),
        (onSocket) => createServer({ cert: made.certificate, key: made.key }, onSocket),
      )
      const failure = await failureOf(reach(server.port, { kind: 'system', authorities }))
      expect(failure).toMatchObject({ kind, code, retry: 'never' })
      expect(JSON.stringify(failure)).not.toContain('canary')
      expect(server.received().match(/^POST/gm)).toHaveLength(1)
      await server.stop()
    }
  })

  test('a client certificate is shown over TLS 1.2, with the header Windows wants; unreadable ones are refused first', async () => {
    const own = makeCertificate()
    const made = makeCertificate({ issuer: authority })
    const shown: string[] = []
    server = await startScripted(
      (socket) => socket.write(httpAnswer(200, [], '<ok/>')),
      (onSocket) =>
        createServer(
          { cert: made.certificate, key: made.key, requestCert: true, rejectUnauthorized: false },
          (socket) => {
            shown.push(socket.getProtocol() ?? '', socket.getPeerCertificate().fingerprint256)
            onSocket(socket)
          },
        ),
    )
    const open = (privateKey: string) =>
      openExchange(
        { host: '127.0.0.1', port: server?.port ?? 0, tls: true },
        { kind: 'certificate', certificate: own.certificate, privateKey },
        { kind: 'system', authorities },
        quick,
        patient(),
      )
    const exchange = await open(own.key)
    await exchange.send('<hello/>', { signal: patient(), timeoutMs: 3_000 })
    exchange.close()
    expect(shown).toEqual(['TLSv1.2', new X509Certificate(own.certificate).fingerprint256])
    expect(server.received()).toContain(
      'Authorization: http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual',
    )
    expect(await failureOf(open('not a key'))).toMatchObject({ kind: 'credential', code: 'certificate-unreadable' })
  })
})
