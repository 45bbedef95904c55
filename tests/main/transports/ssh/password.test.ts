import type { AnyAuthMethod } from 'ssh2'
import { describe, expect, test, vi } from 'vitest'
import { authenticationFor } from '../../../../main/transports/ssh/authentication.ts'
import { openLink } from '../../../../main/transports/ssh/transport.ts'
import type { EndTurn, SignIns } from '../../../../main/transports/shared/sign-ins.ts'
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

  describe('while other hosts are being signed in to', () => {
    const credential = { kind: 'password', user: 'operator', password: 'right' } as const
    /** Turns that the test gives, and how each sign-in was reported to have ended. */
    const turns = () => {
      const asked = Promise.withResolvers<void>()
      const given = Promise.withResolvers<EndTurn>()
      const ends: string[] = []
      const signIns: SignIns = {
        turn: () => {
          asked.resolve()
          return given.promise
        },
        recall: () => undefined,
        tryAgain: () => undefined,
      }
      return { signIns, asked: asked.promise, ends, give: () => given.resolve((end) => void ends.push(end)) }
    }

    test('the time that they take does not count against the host', async () => {
      await against('password', async (server) => {
        // Only these: the connection itself is real.
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
        try {
          const { signIns, asked, ends, give } = turns()
          const limits = { readyMs: 1_000 }
          const opening = openLink(
            hostAt(server.port),
            credential,
            { trust: memoryTrust(), signIns, limits },
            patient(),
          )
          await Promise.race([asked, opening])
          vi.advanceTimersByTime(10 * limits.readyMs)
          give()
          const link = await opening
          expect(ends).toEqual(['taken'])
          await link.close()
        } finally {
          vi.useRealTimers()
        }
      })
    })

    test('a host that does not answer once it has the password is given up after its own time', async () => {
      const never = Promise.withResolvers<void>()
      const shown = Promise.withResolvers<void>()
      const server = await startPasswordServer('password', { leave: never.promise, onShown: shown.resolve })
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      try {
        const { signIns, ends, give } = turns()
        give()
        const limits = { readyMs: 1_000 }
        const opening = failureOf(
          openLink(hostAt(server.port), credential, { trust: memoryTrust(), signIns, limits }, patient()),
        )
        await shown.promise
        vi.advanceTimersByTime(limits.readyMs)
        expect(await opening).toMatchObject({ kind: 'link', code: 'handshake-timeout' })
        // Nobody knows what the host thinks of the password: that is no refusal.
        expect(ends).toEqual(['unknown'])
      } finally {
        vi.useRealTimers()
        await server.stop()
      }
    })

    test('a turn that comes after the stop is given back, or every other host would wait for ever', async () => {
      await against('password', async (server) => {
        const { signIns, asked, ends, give } = turns()
        const stop = new AbortController()
        const opening = failureOf(
          openLink(hostAt(server.port), credential, { trust: memoryTrust(), signIns }, stop.signal),
        )
        await asked
        stop.abort()
        expect(await opening).toMatchObject({ kind: 'uncertain', code: 'cancelled' })
        give()
        await expect.poll(() => ends).toEqual(['unknown'])
        expect(server.shown).toEqual([])
      })
    })
  })

  test('a question whose answer shows on the screen is none for the password, nor are two at once or a second one', async () => {
    type Prompts = { prompt: string; echo?: boolean }[]
    const asked = async (...rounds: Prompts[]) => {
      const gaveUp: string[] = []
      const answers: string[][] = []
      const peer = { name: 'RUN001', address: '127.0.0.1', port: 22 }
      const { handler } = authenticationFor(
        peer,
        { kind: 'password', user: 'operator', password: 'right' },
        undefined,
        () => Promise.resolve(),
        (reason) => gaveUp.push(reason.failure.code),
      )
      const method = await new Promise<AnyAuthMethod>((resolve) => {
        handler(['keyboard-interactive'], false, resolve as Parameters<typeof handler>[2])
      })
      if (typeof method !== 'object' || method.type !== 'keyboard-interactive') throw new Error('another way')
      for (const prompts of rounds) method.prompt('', '', '', prompts, (given) => answers.push(given))
      return { gaveUp, answers }
    }
    const password = { prompt: 'Password: ', echo: false }
    expect(await asked([password])).toEqual({ gaveUp: [], answers: [['right']] })
    expect(await asked([{ prompt: 'Account: ', echo: true }])).toEqual({
      gaveUp: ['interactive-question'],
      answers: [],
    })
    expect(await asked([password, { prompt: 'Code: ', echo: false }])).toEqual({
      gaveUp: ['interactive-question'],
      answers: [],
    })
    expect(await asked([password], [password])).toEqual({ gaveUp: ['interactive-question'], answers: [['right']] })
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
