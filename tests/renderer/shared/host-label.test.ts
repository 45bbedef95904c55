/** Long names in a narrow column: what distinguishes the hosts of a group is never cut. Rung 1. */
import { expect, it } from 'vitest'
import { narrowNames } from '../../../renderer/shared/host-label.ts'

const labels = (names: readonly string[]): string[] => names.map(narrowNames(names))

it('leaves names that fit as they are', () => {
  expect(labels(['RUN001', 'RUN012'])).toEqual(['RUN001', 'RUN012'])
})

it('takes away what long names share at the beginning, and no digit', () => {
  expect(labels(['TEMA-HARBOUR-RUN001-LEFT', 'TEMA-HARBOUR-RUN012-LEFT'])).toEqual(['…001-LEFT', '…012-LEFT'])
})

it('keeps the beginning where only the end is shared, and of a host that stands alone', () => {
  expect(labels(['alpha-of-the-north', 'bravo-of-the-north'])).toEqual(['alpha-of-the-north', 'bravo-of-the-north'])
  expect(labels(['TEMA-HARBOUR-HUB01'])).toEqual(['TEMA-HARBOUR-HUB01'])
})
