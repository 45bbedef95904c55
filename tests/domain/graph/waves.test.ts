/** How hosts are divided into waves. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitWaves } from '../../../domain/graph/waves.ts'

const hosts = (count: number) => Array.from({ length: count }, (_, i) => i)
const sizes = (count: number, canary: number, batch: number | string) =>
  splitWaves(hosts(count), { canary, batch }).map((wave) => wave.length)

describe('splitWaves', () => {
  test('the canary, then batches by number', () => {
    expect(sizes(12, 1, 4)).toEqual([1, 4, 4, 3])
    expect(sizes(12, 0, 4)).toEqual([4, 4, 4])
    expect(sizes(3, 5, 2)).toEqual([3])
    expect(sizes(0, 1, 2)).toEqual([])
  })

  test("a percentage is of all the stage's hosts, rounded up, and never nothing", () => {
    expect(sizes(10, 2, '25%')).toEqual([2, 3, 3, 2])
    expect(sizes(10, 0, '100%')).toEqual([10])
    expect(sizes(3, 1, '1%')).toEqual([1, 1, 1])
  })

  test('every host is in exactly one wave, in order; only the last may be short', () => {
    const batch = fc.oneof(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
    )
    fc.assert(
      fc.property(fc.nat(200), fc.nat(5), batch, (count, canary, size) => {
        const waves = splitWaves(hosts(count), { canary, batch: size })
        expect(waves.flat()).toEqual(hosts(count))
        expect(waves.every((wave) => wave.length > 0)).toBe(true)
        const batches = canary > 0 ? waves.slice(1) : waves
        const full = typeof size === 'number' ? size : Math.max(1, Math.ceil((count * Number.parseInt(size, 10)) / 100))
        expect(batches.slice(0, -1).every((wave) => wave.length === full)).toBe(true)
        expect((batches.at(-1)?.length ?? 0) <= full).toBe(true)
      }),
    )
  })
})
