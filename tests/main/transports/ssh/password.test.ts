import { describe, expect, test } from 'vitest'
import { authenticationFor } from '../../../../main/transports/ssh/authentication.ts'
import { openLink } from '../../../../main/transports/ssh/transport.ts'
import { startPasswordServer, type Asking, type PasswordServer } from './password-server.ts'
import { failureOf, hostAt, memoryTrust, patient } from './reach.ts'

describe('signing in with a password, to a server of the same library', () => {
  const signIn = async (server: PasswordServer, password = 'right') => {
    const link = await openLink(
      hostAt(server.port),
      { kind: 'password', user: 'operator', password },
      { trust: memoryTrust() },
      patient(),
    )
    await link.close()
  }
  const against = async (asking: Asking, work: (server: PasswordServer) => Promise<void>) => {
    const server = await startPasswordServer(asking)
    try {
      await work(server)
    } finally {
      await server.stop()
    }
  }

  test('the password is said once, in the way the host asks for it', async () => {
    for (const [asking, said] of [
      ['password', 'password right'],
      ['keyboard-interactive', 'keyboard-interactive right'],
      ['both', 'password right'],
    ] as const) {
      await against(asking, async (server) => {
        await signIn(server)
        expect(server.shown).toEqual([said])
      })
    }
  })

  test('a wrong password is said once and not again in another way, so that no account is locked', async () => {
    for (const asking of ['password', 'keyboard-interactive', 'both'] as const) {
      await against(asking, async (server) => {
        const failure = await failureOf(signIn(server, 'wrong-canary'))
        expect(failure).toMatchObject({ kind: 'credential', code: 'not-let-in', retry: 'never' })
        expect(JSON.stringify(failure)).not.toContain('canary')
        expect(server.shown).toHaveLength(1)
      })
    }
  })

  test('a host that says goodbye while the password waits for its turn has refused nothing', async () => {
    const peer = { name: 'RUN001', address: '127.0.0.1', port: 22 }
    const turn = Promise.withResolvers<void>()
    const { handler, hungUp, refusal } = authenticationFor(
      peer,
      { kind: 'password', user: 'operator', password: 'right' },
      undefined,
      () => turn.promise,
      () => undefined,
    )
    const said = Promise.withResolvers<unknown>()
    handler(['password'], false, (answer) => {
      said.resolve(answer)
    })
    hungUp()
    expect(refusal()).toBeUndefined()
    turn.resolve()
    expect(await said.promise).toMatchObject({ type: 'password' })
    hungUp()
    expect(refusal()?.failure).toMatchObject({ code: 'not-let-in' })
  })

  test('a question beyond the password is never answered with the password', async () => {
    await against('one-time-code', async (server) => {
      const failure = await failureOf(signIn(server))
      expect(failure).toMatchObject({ kind: 'credential', code: 'interactive-question' })
      expect(failure.message).toContain('Code:')
      expect(server.shown).toEqual(['keyboard-interactive right'])
    })
  })

  test('a second factor and an expired password are told apart from a wrong password', async () => {
    await against('second-factor', async (server) => {
      expect(await failureOf(signIn(server))).toMatchObject({
        kind: 'credential',
        code: 'second-factor',
        retry: 'never',
      })
      expect(server.shown).toHaveLength(1)
    })
    await against('expired', async (server) => {
      expect(await failureOf(signIn(server))).toMatchObject({
        kind: 'credential',
        code: 'password-expired',
        retry: 'never',
      })
    })
  })
})
