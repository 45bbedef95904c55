/** Bits and Chunked compared with Set and Array. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chunked,
  emptyBits,
  hasBit,
  itemAt,
  members,
  waitingIn,
  withBit,
  withItem,
} from '../../../domain/run/lane-sets.ts'

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

test('chunked: like an array with items replaced, and the one before stays as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(), { minLength: 1, maxLength: 300, size: 'max' }),
      fc.array(fc.tuple(fc.nat(), fc.nat())),
      (items, changes) => {
        const before = chunked(items)
        let [chunks, model] = [before, items]
        for (const [at, item] of changes) {
          model = model.with(at % items.length, item)
          chunks = withItem(chunks, at % items.length, item)
        }
        expect(chunks.flat()).toEqual(model)
        expect(model.map((_item, i) => itemAt(chunks, i))).toEqual(model)
        expect(before.flat()).toEqual(items)
      },
    ),
  )
})

test('chunked: what is outside is refused, and other chunks are shared, not copied', () => {
  const chunks = chunked(Array.from({ length: 130 }, (_, i) => i))
  for (const at of [-1, 130, 1_000]) expect(() => itemAt(chunks, at)).toThrow(RangeError)
  expect(() => withItem(chunks, 192, 0)).toThrow(RangeError)
  expect(withItem(chunks, 70, 0)[0]).toBe(chunks[0])
})

test('waiting lanes are asked for by groups of 64, and each belongs to one group', () => {
  const waiting = [0, 63, 64, 127, 128].reduce((bits, n) => withBit(bits, n, true), emptyBits(130))
  expect([0, 1, 2].map((group) => [...waitingIn(waiting, group)])).toEqual([[0, 63], [64, 127], [128]])
})
