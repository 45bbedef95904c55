/** When a password may be sent: one host first, none after a refusal, and a stopped wait ends at once. Rung 1: pure. */
import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import { createSignIns, type EndTurn, type Password } from '../../../../main/transports/shared/sign-ins.ts'
import { failureOf, patient } from '../ssh/reach.ts'

const site: Password = { kind: 'password', user: 'SITE\\Op', password: 'right', entry: 'admin' }
const minute = 60_000

/** Sign-ins over a clock that only `at` moves. */
function clocked() {
  const clock = { at: 1_000_000 }
  return { clock, signIns: createSignIns(() => clock.at) }
}

/** What became of a turn by the time that everything which can happen has happened. */
async function stateOf(turn: Promise<EndTurn>): Promise<string> {
  let state = 'waits'
  turn.then(
    () => (state = 'may send'),
    (error: unknown) => {
      state = error instanceof FailureError ? error.failure.code : String(error)
    },
  )
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  return state
}

describe('the turn to send a password', () => {
  test('a stop is heard while another host is being signed in to', async () => {
    const { signIns } = clocked()
    await signIns.turn(site, 'RUN001', patient())
    const stop = new AbortController()
    const second = signIns.turn(site, 'RUN002', stop.signal)
    expect(await stateOf(second)).toBe('waits')
    stop.abort(new Error('stopped by a person'))
    expect(await stateOf(second)).toBe('Error: stopped by a person')
  })

  test('a turn that has come listens to no stop any more, however many waited before it', async () => {
    const { signIns } = clocked()
    const stop = new AbortController()
    const end = await signIns.turn(site, 'RUN001', stop.signal)
    const second = signIns.turn(site, 'RUN002', stop.signal)
    expect(await stateOf(second)).toBe('waits')
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1)
    end('taken')
    expect(await stateOf(second)).toBe('may send')
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0)
  })

  test('Windows tells no difference between SITE\\Op and site\\op, so the second waits for the first', async () => {
    const { signIns } = clocked()
    const end = await signIns.turn(site, 'RUN001', patient())
    const second = signIns.turn({ ...site, user: 'site\\op', entry: 'typed-otherwise' }, 'RUN002', patient())
    expect(await stateOf(second)).toBe('waits')
    end('refused')
    expect(await failureOf(second)).toMatchObject({ kind: 'credential', code: 'password-held' })
  })

  test('another password of the same user, and the same of another user, wait for nobody', async () => {
    const { signIns } = clocked()
    await signIns.turn(site, 'RUN001', patient())
    expect(await stateOf(signIns.turn({ ...site, password: 'Right' }, 'RUN002', patient()))).toBe('may send')
    expect(await stateOf(signIns.turn({ ...site, user: 'SITE\\Other' }, 'RUN003', patient()))).toBe('may send')
  })

  test('a host that was lost says nothing about the password: the next one is asked alone', async () => {
    const { signIns } = clocked()
    const end = await signIns.turn(site, 'RUN001', patient())
    const [second, third] = ['RUN002', 'RUN003'].map((host) => signIns.turn(site, host, patient()))
    if (!second || !third) throw new Error('two turns')
    end('unknown')
    expect([await stateOf(second), await stateOf(third)]).toEqual(['may send', 'waits'])
  })

  test('once taken it goes to all at once for a minute, then to one alone again', async () => {
    const { clock, signIns } = clocked()
    const end = await signIns.turn(site, 'RUN001', patient())
    end('taken')
    // Only the first word about a sign-in counts.
    end('refused')
    clock.at += minute - 1
    for (const host of ['RUN002', 'RUN003'])
      expect(await stateOf(signIns.turn(site, host, patient())), host).toBe('may send')
    clock.at += 1
    expect(await stateOf(signIns.turn(site, 'RUN004', patient()))).toBe('waits')
  })
})

describe('a refusal that an earlier process saw', () => {
  const recalled = async (refusedAt: number) => {
    const { clock, signIns } = clocked()
    const end = await signIns.turn(site, 'RUN001', patient())
    end('taken')
    signIns.recall('admin', 'RUN009', clock.at + refusedAt)
    return stateOf(signIns.turn(site, 'RUN002', patient()))
  }

  test('holds the entry back until a person decides, who has seen it', async () => {
    const { clock, signIns } = clocked()
    signIns.recall('admin', 'RUN009', clock.at)
    const held = await failureOf(signIns.turn(site, 'RUN001', patient()))
    expect(held).toMatchObject({ code: 'password-held' })
    expect(held.message).toContain('RUN009')
    expect(await stateOf(signIns.turn({ ...site, entry: 'another' }, 'RUN001', patient()))).toBe('may send')
    signIns.tryAgain('admin', clock.at - 1)
    expect(await stateOf(signIns.turn(site, 'RUN002', patient()))).toBe('password-held')
    signIns.tryAgain('admin', clock.at)
    expect(await stateOf(signIns.turn({ ...site, password: 'corrected' }, 'RUN002', patient()))).toBe('may send')
  })

  test('is out of date where a host has taken the password since', async () => {
    expect(await recalled(-5)).toBe('may send')
  })

  test('is the one that this process saw itself: the password that a person corrected since goes out', async () => {
    const { clock, signIns } = clocked()
    const end = await signIns.turn(site, 'RUN001', patient())
    end('refused')
    signIns.recall('admin', 'RUN001', clock.at)
    expect(await stateOf(signIns.turn(site, 'RUN002', patient()))).toBe('password-held')
    expect(await stateOf(signIns.turn({ ...site, password: 'corrected' }, 'RUN002', patient()))).toBe('may send')
  })

  test('counts where it came after the last sign-in, or with it', async () => {
    expect(await recalled(5)).toBe('password-held')
    expect(await recalled(0)).toBe('password-held')
  })

  test('is of its own entry: what a host said about the password of another one changes nothing', async () => {
    const { clock, signIns } = clocked()
    const end = await signIns.turn({ ...site, entry: 'other', password: 'another' }, 'RUN001', patient())
    end('taken')
    signIns.recall('admin', 'RUN009', clock.at - 5)
    expect(await stateOf(signIns.turn(site, 'RUN002', patient()))).toBe('password-held')
  })
})

describe('a person tries again', () => {
  test('the entry is shown once more, and to one host alone', async () => {
    const { clock, signIns } = clocked()
    const end = await signIns.turn(site, 'RUN001', patient())
    end('refused')
    expect(await stateOf(signIns.turn(site, 'RUN002', patient()))).toBe('password-held')
    signIns.tryAgain('admin', clock.at - 1)
    expect(await stateOf(signIns.turn(site, 'RUN002', patient()))).toBe('password-held')
    signIns.tryAgain('other-entry', clock.at)
    expect(await stateOf(signIns.turn(site, 'RUN002', patient()))).toBe('password-held')
    signIns.tryAgain('admin', clock.at)
    const [first, second] = ['RUN002', 'RUN003'].map((host) => signIns.turn(site, host, patient()))
    if (!first || !second) throw new Error('two turns')
    expect([await stateOf(first), await stateOf(second)]).toEqual(['may send', 'waits'])
  })
})
