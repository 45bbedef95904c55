/** Owns that Chunked is an array, told against Array. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunked, itemAt, withItem } from '../../../domain/run/chunked.ts'

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
