/** Waiting for work that can be aborted. Rung 1: pure. */
import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { called, orAborted } from '../../../../main/transports/shared/race.ts'

const stopped = new Error('stopped by a person')
const listeners = (signals: readonly AbortSignal[]) => signals.flatMap((signal) => getEventListeners(signal, 'abort'))

/** Some libraries throw texts. */
async function textThrown(): Promise<never> {
  const text: unknown = 'a text'
  throw text
}

test('work that ends before any stop gives its own end, an error of any kind too, and is listened to no longer', async () => {
  const signals = [new AbortController().signal, new AbortController().signal]
  const first = Promise.withResolvers<number>()
  const waiting = orAborted(first.promise, signals)
  expect(listeners(signals)).toHaveLength(2)
  first.resolve(1)
  expect(await waiting).toBe(1)
  await expect(orAborted(Promise.reject(new TypeError('broken')), signals)).rejects.toThrow(TypeError)
  await expect(orAborted(textThrown(), signals)).rejects.toEqual(new Error('a text'))
  expect(listeners(signals)).toEqual([])
})

test('the first stop ends the waiting, also one that came before it began', async () => {
  const [one, other] = [new AbortController(), new AbortController()]
  const never = new Promise<void>(() => undefined)
  const signals = [one.signal, other.signal]
  const waiting = orAborted(never, signals)
  other.abort(stopped)
  await expect(waiting).rejects.toBe(stopped)
  expect(listeners(signals)).toEqual([])
  await expect(orAborted(never, [other.signal, one.signal])).rejects.toBe(stopped)
  expect(listeners(signals)).toEqual([])
})

test('a call that takes a callback gives its value, its error, or what it throws', async () => {
  expect(await called<number>((done) => done(null, 7))).toBe(7)
  await expect(called<number>((done) => done(stopped, 7))).rejects.toBe(stopped)
  await expect(
    called(() => {
      throw stopped
    }),
  ).rejects.toBe(stopped)
})
