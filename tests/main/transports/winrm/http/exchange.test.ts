import type { Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { ntlmFlag } from '../../../../../main/transports/winrm/auth/ntlm-messages.ts'
import { rc4 } from '../../../../../main/transports/winrm/auth/rc4.ts'
import { proof, responseKey } from '../../../../../main/transports/winrm/auth/ntlm-keys.ts'
import { decodeAvPairs } from '../../../../../main/transports/winrm/auth/av-pairs.ts'
import { ntlmSealing, type Sealing } from '../../../../../main/transports/winrm/auth/sealing.ts'
import { writeNegotiate } from '../../../../../main/transports/winrm/auth/spnego.ts'
import { openExchange } from '../../../../../main/transports/winrm/http/exchange.ts'
import type { ExchangeLimits } from '../../../../../main/transports/winrm/http/limits.ts'
import { decodeSealed, encodeSealed, sealedContentType } from '../../../../../main/transports/winrm/http/sealed-body.ts'
import { decodeAuthenticate, encodeChallenge } from '../auth/ntlm-peer.ts'
import { failureOf, httpAnswer, patient, quick, startScripted, type ScriptedServer } from './reach.ts'

const ntlm = { kind: 'ntlm', user: 'SITE\\operator', password: 'canary-password' } as const
const serverChallenge = Buffer.alloc(8, 7)
const challenge = encodeChallenge({
  flags: 0xe28a8235,
  serverChallenge,
  attributes: [{ id: 7, value: Buffer.alloc(8, 1) }],
})
const negotiate = (token: Buffer) => `WWW-Authenticate: Negotiate ${token.toString('base64')}`

let server: ScriptedServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

const reach = async (
  script: Parameters<typeof startScripted>[0],
  limits: ExchangeLimits = quick,
  signal = patient(),
) => {
  server = await startScripted(script)
  return openExchange(
    { name: 'RUN001', host: '127.0.0.1', port: server.port, tls: false },
    ntlm,
    { kind: 'system' },
    limits,
    signal,
  )
}

// Lets anybody in, then does with each request what `then` says; the sealing is that of the server's side.
const letsIn = (then: (socket: Socket, request: string, sealing: Sealing, number: number) => void, wrapped = false) => {
  let sealing: Sealing | undefined
  return (socket: Socket, request: string, number: number) => {
    if (number === 0) {
      socket.write(httpAnswer(401, [negotiate(wrapped ? writeNegotiate(challenge) : challenge)]))
      return
    }
    if (number === 1) {
      const sent = Buffer.from(/Authorization: Negotiate (\S+)/.exec(request)?.[1] ?? '', 'base64')
      const said = decodeAuthenticate(sent.subarray(sent.indexOf('NTLMSSP')))
      const temp = said.ntResponse.subarray(16)
      const { sessionBaseKey } = proof({
        responseKey: responseKey('operator', 'SITE', ntlm.password),
        serverChallenge,
        clientChallenge: temp.subarray(16, 24),
        time: temp.subarray(8, 16),
        attributes: decodeAvPairs(temp.subarray(28)),
      })
      sealing = ntlmSealing(rc4(sessionBaseKey)(said.encryptedSessionKey), 'server')
      socket.write(httpAnswer(200))
      return
    }
    if (sealing) then(socket, request, sealing, number - 2)
  }
}
const sealed = (sealing: Sealing, soap: string, headers: readonly string[] = []) => {
  const body = encodeSealed(sealing.seal(Buffer.from(soap)), Buffer.byteLength(soap))
  return Buffer.concat([
    Buffer.from(
      `HTTP/1.1 200 X\r\nContent-Type: ${sealedContentType}\r\n${headers.map((header) => `${header}\r\n`).join('')}Content-Length: ${body.length}\r\n\r\n`,
    ),
    body,
  ])
}
const send = (
  exchange: { send: Awaited<ReturnType<typeof openExchange>>['send'] },
  timeoutMs = 3_000,
  signal = patient(),
) => exchange.send('<hello/>', { signal, timeoutMs })

describe('signing in, against a scripted server', () => {
  test('one connection carries it all: two requests with empty bodies, then none with Authorization and none in clear', async () => {
    const exchange = await reach(
      letsIn((socket, request, sealing) => {
        const from = request.indexOf('\r\n\r\n') + 4
        const plain = sealing.unseal(decodeSealed(Buffer.from(request.slice(from), 'latin1'))).toString()
        socket.write(sealed(sealing, `${plain}<back/>`))
      }),
    )
    expect(await send(exchange)).toEqual({ status: 200, body: '<hello/><back/>' })
    expect(await send(exchange)).toEqual({ status: 200, body: '<hello/><back/>' })
    const received = server?.received() ?? ''
    expect(server?.connections()).toBe(1)
    expect(received.match(/^POST \/wsman HTTP\/1\.1\r$/gm)).toHaveLength(4)
    expect(received.match(/^Content-Length: 0\r$/gm)).toHaveLength(2)
    expect(received.match(/^Authorization: /gm)).toHaveLength(2)
    expect(received).not.toContain('hello')
    exchange.close()
  })

  test('a host that wraps its challenge in SPNEGO gets a wrapped answer', async () => {
    const exchange = await reach(letsIn((socket, _request, sealing) => socket.write(sealed(sealing, '<ok/>')), true))
    expect((await send(exchange)).body).toBe('<ok/>')
    const tokens = [...(server?.received() ?? '').matchAll(/Negotiate (\S+)/g)].map(
      ([, token]) => Buffer.from(token ?? '', 'base64')[0],
    )
    expect(tokens).toEqual([0x4e, 0xa1])
    exchange.close()
  })

  test('a refused password ends it: no third request, no second connection', async () => {
    const failure = await failureOf(
      reach((socket, _request, number) =>
        socket.write(httpAnswer(401, [number === 0 ? negotiate(challenge) : 'WWW-Authenticate: Negotiate'])),
      ),
    )
    expect(failure).toMatchObject({ kind: 'credential', code: 'refused', retry: 'never' })
    expect(server?.received().match(/^POST/gm)).toHaveLength(2)
    expect(server?.connections()).toBe(1)
    expect(JSON.stringify(failure)).not.toContain('canary')
  })

  test('a 401 that goes on with another challenge is not followed', async () => {
    expect(await failureOf(reach((socket) => socket.write(httpAnswer(401, [negotiate(challenge)]))))).toMatchObject({
      code: 'refused',
    })
    expect(server?.received().match(/^POST/gm)).toHaveLength(2)
  })

  test('a host without NTLM says what it has instead, and is shown no password', async () => {
    for (const [headers, code, offers] of [
      [
        ['WWW-Authenticate: Kerberos', 'WWW-Authenticate: Basic realm="WSMAN, of RUN001"'],
        'ntlm-not-offered',
        'Kerberos, Basic',
      ],
      [['WWW-Authenticate: Negotiate, Kerberos,Basic realm="WSMAN"'], 'ntlm-refused', 'Negotiate, Kerberos, Basic'],
      [[], 'ntlm-not-offered', 'nothing'],
    ] as const) {
      const failure = await failureOf(reach((socket) => socket.write(httpAnswer(401, headers))))
      expect(failure).toMatchObject({ kind: 'host', code, retry: 'never' })
      expect(failure.message).toContain(`offers ${offers}`)
      expect(server?.received().match(/^POST/gm)).toHaveLength(1)
      await server?.stop()
    }
  })

  test('what is not WinRM, is stopped, or wants no seal, is told apart', async () => {
    const first = async (answer: string) => {
      const failure = await failureOf(reach((socket) => socket.write(answer)))
      await server?.stop()
      return `${failure.kind} ${failure.code}`
    }
    expect(await first(httpAnswer(404))).toBe('host not-winrm')
    expect(await first(httpAnswer(200, [], '<html>Welcome</html>'))).toBe('host not-winrm')
    expect(await first(httpAnswer(302, ['Location: http://elsewhere/']))).toBe('host not-winrm')
    expect(await first(httpAnswer(503))).toBe('link winrm-stopped')
    expect(await first(httpAnswer(401, [negotiate(Buffer.from('NTLMSSP\0rubbish'))]))).toBe('link bad-answer')
    expect(
      await first(
        httpAnswer(401, [
          negotiate(encodeChallenge({ flags: 0xe28a8235 & ~ntlmFlag.seal, serverChallenge, attributes: [] })),
        ]),
      ),
    ).toBe('host ntlm-weak')
    expect(await first('SSH-2.0-OpenSSH_9.2\r\n')).toBe('link bad-answer')
  })

  test('a connection that ends in the middle is a lost link', async () => {
    expect(await failureOf(reach((socket) => socket.destroy()))).toMatchObject({ kind: 'link', code: 'link-lost' })
    await server?.stop()
    expect(
      await failureOf(reach((socket) => socket.end(httpAnswer(401, ['Connection: close', negotiate(challenge)])))),
    ).toMatchObject({ kind: 'link', code: 'link-lost' })
    expect(server?.connections()).toBe(1)
  })

  test('nobody there, and no answer in time', async () => {
    server = await startScripted(() => undefined)
    const { port } = server
    expect(
      await failureOf(
        openExchange(
          { host: '127.0.0.1', port, tls: false },
          ntlm,
          { kind: 'system' },
          { ...quick, signInMs: 50 },
          patient(),
        ),
      ),
    ).toMatchObject({ kind: 'link', code: 'answer-timeout' })
    await server.stop()
    expect(
      await failureOf(
        openExchange({ host: '127.0.0.1', port, tls: false }, ntlm, { kind: 'system' }, quick, patient()),
      ),
    ).toMatchObject({ kind: 'link', code: 'connection-refused' })
    expect(
      await failureOf(
        openExchange({ host: 'run001.invalid', port, tls: false }, ntlm, { kind: 'system' }, quick, patient()),
      ),
    ).toMatchObject({ kind: 'link', code: 'name-unresolved' })
  })

  test('what must not go without TLS does not go: not one connection is made', async () => {
    server = await startScripted(() => undefined)
    for (const [auth, code] of [
      [{ kind: 'basic', user: 'u', password: 'p' }, 'basic-needs-https'],
      [{ kind: 'certificate', certificate: '', privateKey: '' }, 'certificate-needs-https'],
      [{ kind: 'kerberos' }, 'kerberos-needs-https'],
    ] as const)
      expect(
        await failureOf(
          openExchange(
            { host: '127.0.0.1', port: server.port, tls: false },
            auth,
            { kind: 'system' },
            quick,
            patient(),
          ),
        ),
      ).toMatchObject({ kind: 'plan', code, retry: 'never' })
    expect(server.connections()).toBe(0)
  })
})

describe('answers, against a scripted server', () => {
  const answered = (write: (socket: Socket, sealing: Sealing) => void, limits = quick) =>
    reach(
      letsIn((socket, _request, sealing) => write(socket, sealing)),
      limits,
    )
  const refusal = async (write: (socket: Socket, sealing: Sealing) => void, limits = quick, timeoutMs = 3_000) => {
    const exchange = await answered(write, limits)
    const failure = await failureOf(send(exchange, timeoutMs))
    expect(await failureOf(send(exchange))).toMatchObject({ kind: 'link' })
    await server?.stop()
    return `${failure.kind} ${failure.code}`
  }

  test('a status of http.sys itself comes back without its words', async () => {
    const exchange = await answered((socket) => socket.write(httpAnswer(413, [], '<html>forged</html>')))
    expect(await send(exchange)).toEqual({ status: 413, body: '' })
    exchange.close()
  })

  test('an answer byte by byte is whole in the end', async () => {
    const exchange = await answered((socket, sealing) => {
      socket.setNoDelay(true)
      for (const byte of sealed(sealing, '<slow/>')) socket.write(Buffer.from([byte]))
    })
    expect((await send(exchange)).body).toBe('<slow/>')
    exchange.close()
  })

  test('an answer without end, too long a header, half an answer, and one that stops, end in a failure', async () => {
    const small = { ...quick, answerBytes: 10_000, headerBytes: 2_000, idleMs: 50 }
    expect(
      await refusal((socket) => {
        socket.write('HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n' + '3e8\r\n' + 'x'.repeat(1_000) + '\r\n')
        const more = () => {
          if (!socket.destroyed) socket.write('3e8\r\n' + 'x'.repeat(1_000) + '\r\n', more)
        }
        more()
      }, small),
    ).toBe('host answer-too-large')
    expect(
      await refusal((socket) => socket.write(`HTTP/1.1 200 X\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`), small),
    ).toBe('link bad-answer')
    expect(await refusal((socket) => socket.end('HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nhalf'))).toBe(
      'link link-lost',
    )
    expect(await refusal((socket) => socket.write('HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nhalf'), small)).toBe(
      'link answer-timeout',
    )
    expect(await refusal(() => undefined, quick, 50)).toBe('link answer-timeout')
    expect(await refusal((socket) => socket.resetAndDestroy())).toBe('link link-lost')
    expect(
      await refusal((socket) =>
        socket.write('HTTP/1.1 200 X\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
      ),
    ).toBe('link bad-answer')
  })

  test('a sealed message that is cut, padded, or encoded otherwise is refused', async () => {
    expect(await refusal((socket, sealing) => socket.write(sealed(sealing, '<x/>', ['Content-Encoding: gzip'])))).toBe(
      'link bad-answer',
    )
    expect(
      await refusal((socket) =>
        socket.write(httpAnswer(200, [`Content-Type: ${sealedContentType}`], '--Encrypted Boundary\r\n')),
      ),
    ).toBe('link bad-answer')
    expect(await refusal((socket) => socket.write(httpAnswer(500, [`Content-Type: ${sealedContentType}`], '')))).toBe(
      'link bad-answer',
    )
    expect(
      await refusal((socket) => socket.write(httpAnswer(200, ['Content-Type: application/soap+xml'], '<s:Envelope/>'))),
    ).toBe('trust answer-not-sealed')
    expect(
      await refusal((socket, sealing) => {
        const { header, body } = sealing.seal(Buffer.from([0xff, 0xfe]))
        socket.write(
          Buffer.concat([
            Buffer.from(
              `HTTP/1.1 200 X\r\nContent-Type: ${sealedContentType}\r\nContent-Length: ${encodeSealed({ header, body }, 2).length}\r\n\r\n`,
            ),
            encodeSealed({ header, body }, 2),
          ]),
        )
      }),
    ).toBe('link bad-answer')
  })

  test('bytes that nobody asked for are not taken for the next answer', async () => {
    const exchange = await answered((socket, sealing) => {
      socket.write(Buffer.concat([sealed(sealing, '<asked/>'), sealed(sealing, '<unasked/>')]))
    })
    const first = await send(exchange).then(
      ({ body }) => body,
      () => 'refused',
    )
    expect(['<asked/>', 'refused']).toContain(first)
    expect(await failureOf(send(exchange))).toMatchObject({ kind: 'link' })
  })

  test('a host that closes the connection after an answer is a lost link at the next request, which is not sent', async () => {
    const exchange = await answered((socket, sealing) => socket.end(sealed(sealing, '<last/>', ['Connection: close'])))
    expect((await send(exchange)).body).toBe('<last/>')
    const before = server?.received().length
    expect(await failureOf(send(exchange))).toMatchObject({ kind: 'link', code: 'link-lost' })
    expect(server?.received().length).toBe(before)
    expect(server?.connections()).toBe(1)
  })

  test('calling it off ends the wait and the connection; so does closing', async () => {
    const off = new AbortController()
    const exchange = await reach(
      letsIn(() => {
        off.abort()
      }),
    )
    expect(await failureOf(send(exchange, 3_000, off.signal))).toMatchObject({ kind: 'uncertain', code: 'cancelled' })
    await server?.stop()
    expect(
      await failureOf(
        reach(
          letsIn(() => undefined),
          quick,
          AbortSignal.abort(),
        ),
      ),
    ).toMatchObject({ kind: 'uncertain', code: 'cancelled' })
    await server?.stop()
    const closing = await reach(
      letsIn(() => {
        closing.close()
      }),
    )
    expect(await failureOf(send(closing))).toMatchObject({ kind: 'link', code: 'link-lost' })
  })

  test('two requests at a time over one exchange are a mistake of ours, and the first is not disturbed', async () => {
    const exchange = await answered((socket, sealing) => socket.write(sealed(sealing, '<one/>')))
    const first = send(exchange)
    expect(await failureOf(send(exchange))).toMatchObject({ kind: 'bug', code: 'exchange-busy' })
    expect((await first).body).toBe('<one/>')
    exchange.close()
  })

  test('proxies of the environment are not asked', async () => {
    const kept = process.env['HTTP_PROXY']
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:9'
    try {
      const exchange = await answered((socket, sealing) => socket.write(sealed(sealing, '<direct/>')))
      expect((await send(exchange)).body).toBe('<direct/>')
      exchange.close()
    } finally {
      if (kept === undefined) delete process.env['HTTP_PROXY']
      else process.env['HTTP_PROXY'] = kept
    }
  })
})
