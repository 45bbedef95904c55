/** What the clocks promise: order, jumps, and no timer left behind. */
import fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { systemClock, virtualClock } from '../../../../main/app/workstation/clock.ts'

describe('the virtual clock', () => {
  test('jumps to the earliest sleep when everything waits, and costs no real time', async () => {
    const clock = virtualClock(1000)
    const begun = performance.now()
    const order: string[] = []
    const worker = async (name: string, step: number) => {
      for (let i = 0; i < 3; i++) {
        await clock.sleep(step)
        order.push(`${name}@${clock.now()}`)
      }
    }
    await Promise.all([worker('slow', 86_400_000), worker('fast', 10)])
    expect(order.slice(0, 3)).toEqual(['fast@1010', 'fast@1020', 'fast@1030'])
    expect(clock.now()).toBe(1000 + 3 * 86_400_000)
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  test('wakes in the order of the deadlines, equal ones in the order of asking', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 30 }), async (delays) => {
        const clock = virtualClock(0)
        const woken: number[] = []
        await Promise.all(delays.map((ms, i) => clock.sleep(ms).then(() => void woken.push(i))))
        expect(woken).toEqual(
          delays
            .map((ms, i) => ({ ms, i }))
            .toSorted((a, b) => a.ms - b.ms || a.i - b.i)
            .map(({ i }) => i),
        )
        expect(clock.waiting()).toBe(0)
      }),
    )
  })

  test('forgets an aborted sleep, which resolves at once and does not move time', async () => {
    const clock = virtualClock(0, { auto: false })
    const stop = new AbortController()
    const sleeps = [clock.sleep(50, stop.signal), clock.sleep(50, stop.signal)]
    const other = clock.sleep(70)
    stop.abort()
    await Promise.all(sleeps)
    await clock.sleep(10, stop.signal)
    expect(clock.waiting()).toBe(1)
    expect(clock.now()).toBe(0)
    await clock.advance(70)
    await other
  })

  test('by hand moves exactly as far as told, through everything that falls due on the way', async () => {
    const clock = virtualClock(0, { auto: false })
    const seen: number[] = []
    const loop = async () => {
      while (seen.length < 5) {
        await clock.sleep(30)
        seen.push(clock.now())
      }
    }
    void loop()
    await clock.advance(100)
    expect(seen).toEqual([30, 60, 90])
    expect(clock.now()).toBe(100)
    await clock.advance(20)
    expect(seen).toEqual([30, 60, 90, 120])
  })

  test('does not jump over a file that is being read, nor while it is held', async () => {
    const clock = virtualClock(0)
    const order: string[] = []
    const release = clock.hold()
    const timer = clock.sleep(5).then(() => order.push('timer'))
    for (let i = 0; i < 5; i++) await readFile(import.meta.filename)
    order.push('held')
    release()
    const reading = readFile(import.meta.filename).then(() => order.push('read'))
    await Promise.all([timer, reading])
    expect(order).toEqual(['held', 'read', 'timer'])
  })
})

describe('the system clock', () => {
  test('runs faster by its speed, from a moment that stays put over restarts', async () => {
    const since = Date.now()
    const clock = systemClock({ speed: 1000, since })
    const before = clock.now()
    await clock.sleep(20_000)
    expect(clock.now() - before).toBeGreaterThanOrEqual(18_000)
    expect(systemClock({ speed: 1000, since }).now()).toBeGreaterThanOrEqual(clock.now() - 1000)
    expect(Math.abs(systemClock().now() - Date.now())).toBeLessThan(50)
    expect(() => systemClock({ speed: 0 })).toThrow(RangeError)
  })

  test('lets an aborted sleep go at once', async () => {
    const stop = new AbortController()
    const sleep = systemClock().sleep(1e12, stop.signal)
    stop.abort()
    await sleep
  })
})
