/** The order of version numbers as installers write them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVersions } from '../../../main/engine/steps/product.ts'

test('compareVersions: by number, not by letter; missing parts are 0', () => {
  expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0)
  expect(compareVersions('1.4', '1.4.0.0')).toBe(0)
  expect(compareVersions('16', '14.2')).toBeGreaterThan(0)
  expect(compareVersions('5.1.20348.558', '5.1.17763.1')).toBeGreaterThan(0)
  expect(compareVersions('', '0.0.1')).toBeLessThan(0)
  expect(compareVersions('1.x', '1.0')).toBe(0)
})

test('compareVersions: an order, whatever the parts', () => {
  const version = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
    }),
  )
})
