/** A sign-in to WinRM waits for its turn, and reports how it ended: this decides who is shown the password next. */
import { createServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { failed } from '../../../../../domain/base/failure.ts'
import type { SignInEnd } from '../../../../../domain/run/sign-in.ts'
import { der } from '../../../../../main/transports/winrm/auth/der.ts'
import { noTicket } from '../../../../../main/transports/winrm/auth/failures.ts'
import { openExchange } from '../../../../../main/transports/winrm/http/exchange.ts'
import { refused } from '../../../../../main/transports/winrm/http/failures.ts'
import { inTurn, type TakeTurn } from '../../../../../main/transports/winrm/http/sign-in.ts'
import { encodeChallenge } from '../auth/ntlm-peer.ts'
import {
  failureOf,
  httpAnswer,
  makeCertificate,
  memoryTrust,
  patient,
  quick,
  startScripted,
  type ScriptedServer,
} from './reach.ts'

const peer = { name: 'RUN001', address: '127.0.0.1', port: 5985 }
const password = 'canary-password'
const challenge = encodeChallenge({
  flags: 0xe28a8235,
  serverChallenge: Buffer.alloc(8, 7),
  attributes: [{ id: 7, value: Buffer.alloc(8, 1) }],
})

/** Turns that come at once or when the test gives them, and how each of them was reported to have ended. */
function turns(given: Promise<void> = Promise.resolve()) {
  const ends: SignInEnd[] = []
  const asked = Promise.withResolvers<void>()
  const takeTurn: TakeTurn = async () => {
    asked.resolve()
    await given
    return (end) => void ends.push(end)
  }
  return { ends, takeTurn, asked: asked.promise }
}

describe('work that sends a password', () => {
  const endOf = async (work: () => Promise<unknown>) => {
    const { ends, takeTurn } = turns()
    await inTurn({ takeTurn, signal: patient() }, work).catch(() => undefined)
    return ends
  }

  test('has been taken where it succeeds', async () => {
    expect(await endOf(async () => 'an answer')).toEqual(['taken'])
  })

  test('has been refused where the host says so, and where the domain gives no ticket for the password', async () => {
    expect(await endOf(() => Promise.reject(refused(peer, 'the password', false)))).toEqual(['refused'])
    expect(await endOf(() => Promise.reject(noTicket(peer, 'HTTP/RUN001', ['Preauthentication failed'])))).toEqual([
      'refused',
    ])
  })

  test('says nothing about the password where the link broke, the host is no WinRM, or the program is wrong', async () => {
    for (const error of [
      failed('link', 'link-lost', 'The connection ended.', 'Retry.', 'backoff'),
      failed('host', 'not-winrm', 'That is no WinRM.', 'Check the port.'),
      new TypeError('a mistake of ours'),
    ])
      expect(await endOf(() => Promise.reject(error))).toEqual(['unknown'])
  })

  test('does not begin where the turn never comes', async () => {
    let begun = false
    const takeTurn: TakeTurn = () => Promise.reject(failed('credential', 'password-held', 'It is held.', 'Decide.'))
    const work = async () => {
      begun = true
    }
    expect(await failureOf(inTurn({ takeTurn, signal: patient() }, work))).toMatchObject({ code: 'password-held' })
    expect(begun).toBe(false)
  })
})

describe('a sign-in, against a scripted server', () => {
  let server: ScriptedServer | undefined
  afterEach(async () => {
    await server?.stop()
    server = undefined
  })
  const posts = () => server?.received().match(/^POST/gm)?.length ?? 0

  test('by NTLM asks for the challenge at once, and proves the password in its turn only', async () => {
    server = await startScripted((socket, _request, number) =>
      socket.write(
        httpAnswer(401, [`WWW-Authenticate: Negotiate${number === 0 ? ` ${challenge.toString('base64')}` : ''}`]),
      ),
    )
    const turn = Promise.withResolvers<void>()
    const { ends, takeTurn, asked } = turns(turn.promise)
    const target = { name: 'RUN001', host: '127.0.0.1', port: server.port, tls: false }
    const auth = { kind: 'ntlm', user: 'SITE\\operator', password } as const
    const opening = failureOf(openExchange(target, auth, { kind: 'system' }, quick, patient(), takeTurn))
    await asked
    expect([posts(), ends]).toEqual([1, []])
    turn.resolve()
    expect(await opening).toMatchObject({ kind: 'credential', code: 'refused' })
    expect([posts(), ends]).toEqual([2, ['refused']])
  })

  test('by NTLM that the host rejects at once sends no proof, though a challenge came with it', async () => {
    const state = (n: number) => der(0xa0, der(0x0a, Buffer.from([n])))
    const rejected = der(0xa1, der(0x30, state(2), der(0xa2, der(0x04, challenge))))
    server = await startScripted((socket) =>
      socket.write(httpAnswer(401, [`WWW-Authenticate: Negotiate ${rejected.toString('base64')}`])),
    )
    const { ends, takeTurn } = turns()
    const target = { name: 'RUN001', host: '127.0.0.1', port: server.port, tls: false }
    const auth = { kind: 'ntlm', user: 'SITE\\operator', password } as const
    const failure = await failureOf(openExchange(target, auth, { kind: 'system' }, quick, patient(), takeTurn))
    expect(failure).toMatchObject({ kind: 'host', code: 'ntlm-refused' })
    expect([posts(), ends]).toEqual([1, []])
  })

  test('by Basic sends nothing of it before its turn, and takes one for each request', async () => {
    const made = makeCertificate()
    server = await startScripted(
      (socket, _request, number) =>
        socket.write(number === 0 ? httpAnswer(200, [], '<ok/>') : httpAnswer(401, ['WWW-Authenticate: Basic'])),
      (onSocket) => createServer({ cert: made.certificate, key: made.key }, onSocket),
    )
    const turn = Promise.withResolvers<void>()
    const { ends, takeTurn, asked } = turns(turn.promise)
    const exchange = await openExchange(
      { name: 'RUN001', host: '127.0.0.1', port: server.port, tls: true },
      { kind: 'basic', user: 'operator', password },
      { kind: 'first-sight', store: memoryTrust() },
      quick,
      patient(),
      takeTurn,
    )
    const send = () => exchange.send('<hello/>', { signal: patient(), timeoutMs: 3_000 })
    const first = send()
    await asked
    expect([posts(), ends]).toEqual([0, []])
    turn.resolve()
    expect((await first).status).toBe(200)
    expect(ends).toEqual(['taken'])
    expect(await failureOf(send())).toMatchObject({ kind: 'credential', code: 'refused' })
    expect(ends).toEqual(['taken', 'refused'])
  })
})
