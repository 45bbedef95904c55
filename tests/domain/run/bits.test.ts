/** Owns that Bits is a set of numbers, told against Set. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyBits, hasBit, members, withBit } from '../../../domain/run/bits.ts'

test('bits: like a Set of numbers, ascending, whatever is put in and taken out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.array(fc.tuple(fc.nat(10_000), fc.boolean())), (size, changes) => {
      const model = new Set<number>()
      let bits = emptyBits(size)
      for (const [at, present] of changes) {
        const n = at % size
        if (present) model.add(n)
        else model.delete(n)
        bits = withBit(bits, n, present)
        expect(hasBit(bits, n)).toBe(present)
      }
      expect([...members(bits)]).toEqual([...model].sort((a, b) => a - b))
    }),
  )
})

test('bits: the set before stays as it was, and no change makes no copy', () => {
  const before = withBit(emptyBits(40), 31, true)
  expect(withBit(before, 31, true)).toBe(before)
  expect([...members(withBit(withBit(before, 32, true), 31, false))]).toEqual([32])
  expect([...members(before)]).toEqual([31])
  expect(hasBit(before, 4_000)).toBe(false)
})
