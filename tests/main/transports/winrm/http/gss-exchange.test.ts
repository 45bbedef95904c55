import { createHash, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openExchange } from '../../../../../main/transports/winrm/http/exchange.ts'
import type { TlsTrust } from '../../../../../main/transports/winrm/http/certificate-trust.ts'
import { needsGss, skipWithoutGss, startGssServer, type GssServer } from './gss-server.ts'
import { failureOf, makeCertificate, memoryTrust, patient, quick } from './reach.ts'

const users = ['SITE:operator:P\u00e4ssw\u00f6rd-\u20ac-canary', ':local:second']
const good = { kind: 'ntlm', user: 'SITE\\operator', password: 'P\u00e4ssw\u00f6rd-\u20ac-canary' } as const
const trust: TlsTrust = { kind: 'system' }
const options = () => ({ signal: patient(), timeoutMs: 5_000 })

describe.skipIf(skipWithoutGss)(
  needsGss("rung 2: NTLM over HTTP, signed and sealed, with Debian's gss-ntlmssp on the other side"),
  () => {
    let server: GssServer
    const open = (auth: Parameters<typeof openExchange>[1] = good) =>
      openExchange({ host: '127.0.0.1', port: server.port, tls: false }, auth, trust, quick, patient())
    beforeAll(async () => {
      server = await startGssServer(users)
    })
    afterAll(() => server.stop())

    test('signs in with an empty body and has 200 messages sealed and unsealed in order, of every size', async () => {
      const exchange = await open()
      expect((await server.told('user', 1))[0]).toMatchObject({ user: expect.stringContaining('operator'), body: 0 })
      for (let n = 0; n < 200; n++) {
        const soap = `<echo>${'\u00e4'.repeat(n * 37)}--Encrypted Boundary--\r\n</echo>`
        expect(await exchange.send(soap, options())).toEqual({ status: 200, body: soap })
      }
      exchange.close()
    })

    test('an envelope of 500 kB goes both ways', async () => {
      const exchange = await open()
      const soap = `<echo>${'x'.repeat(500_000)}</echo>`
      expect((await exchange.send(soap, options())).body).toBe(soap)
      exchange.close()
    })

    test('a fault (HTTP 500) is unsealed too, so that the messages after it can be read', async () => {
      const exchange = await open()
      for (const soap of ['<fault/>', '<ok/>', '<fault/>', '<windows/>', '<chunked/>', '<ok/>']) {
        expect(await exchange.send(soap, options())).toEqual({ status: soap === '<fault/>' ? 500 : 200, body: soap })
      }
      exchange.close()
    })

    test('two exchanges to one host have each their own sealing', async () => {
      const [one, other] = [await open(), await open()]
      for (const soap of ['<a/>', '<b/>'])
        expect(
          (await Promise.all([one.send(soap, options()), other.send(soap, options())])).map(({ body }) => body),
        ).toEqual([soap, soap])
      one.close()
      other.close()
    })

    test('a wrong password is shown once, and the refusal does not say it', async () => {
      const failure = await failureOf(open({ ...good, password: 'wrong-canary' }))
      expect(failure).toMatchObject({ kind: 'credential', code: 'refused', retry: 'never' })
      expect(JSON.stringify(failure)).not.toContain('canary')
      expect(await server.told('refused', 1)).toEqual([{ refused: expect.any(String) }])
    })

    for (const [what, soap] of [
      ['replayed', '<replay/>'],
      ['out of sequence', '<skip/>'],
      ['changed', '<tamper/>'],
    ] as const) {
      test(`an answer that was ${what} is refused, and the connection is not used again`, async () => {
        const exchange = await open()
        expect((await exchange.send('<before/>', options())).status).toBe(200)
        expect(await failureOf(exchange.send(soap, options()))).toMatchObject({
          kind: 'trust',
          code: 'answer-altered',
          retry: 'never',
        })
        expect(await failureOf(exchange.send('<after/>', options()))).toMatchObject({ kind: 'link' })
      })
    }

    test('an answer in clear is never believed', async () => {
      const exchange = await open()
      expect(await failureOf(exchange.send('<clear/>', options()))).toMatchObject({
        kind: 'trust',
        code: 'answer-not-sealed',
      })
    })

    test('a host that forgot the sign-in is a lost link, not a refused password', async () => {
      const exchange = await open()
      expect(await failureOf(exchange.send('<forget/>', options()))).toMatchObject({
        kind: 'link',
        code: 'signed-out',
        retry: 'backoff',
      })
    })

    test('the stand-in ends with whoever started it, and keeps no run of tests waiting', async () => {
      const orphan = await startGssServer(users)
      await orphan.abandon()
      await orphan.stop()
    })

    test('nothing broke on the other side', () => {
      expect(server.events().filter(({ broken }) => broken !== undefined)).toEqual([])
    })
  },
)

describe.skipIf(skipWithoutGss)(
  needsGss("rung 2: NTLM over HTTPS with channel binding, with Debian's gss-ntlmssp on the other side"),
  () => {
    for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
      test(`a certificate signed with ${hash}: the host sees the sign-in bound to it`, async () => {
        const made = makeCertificate({ hash })
        const digest = createHash(hash).update(new X509Certificate(made.certificate).raw).digest()
        const server = await startGssServer(users, {
          ...made,
          bindingData: Buffer.concat([Buffer.from('tls-server-end-point:'), digest]),
        })
        try {
          const exchange = await openExchange(
            { host: '127.0.0.1', port: server.port, tls: true },
            good,
            { kind: 'first-sight', store: memoryTrust() },
            quick,
            patient(),
          )
          expect(await exchange.send('<echo/>', options())).toEqual({ status: 200, body: '<echo/>' })
          exchange.close()
          expect(await server.told('user', 1)).toEqual([
            { user: expect.stringContaining('operator'), bound: true, body: 0 },
          ])
        } finally {
          await server.stop()
        }
      })
    }

    test('a gateway that ends TLS on the way is refused by a host that knows its own certificate', async () => {
      const server = await startGssServer(users, {
        ...makeCertificate(),
        bindingData: Buffer.from('tls-server-end-point:another certificate'),
      })
      try {
        const failure = await failureOf(
          openExchange(
            { host: '127.0.0.1', port: server.port, tls: true },
            good,
            { kind: 'first-sight', store: memoryTrust() },
            quick,
            patient(),
          ),
        )
        expect(failure).toMatchObject({ kind: 'credential', code: 'refused' })
        expect(failure.hint).toContain('CbtHardeningLevel')
      } finally {
        await server.stop()
      }
    })
  },
)
