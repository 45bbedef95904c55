/** How long Rollout waits before it tries again. */
import { expect, test } from 'vitest'
import { reachDelay, retryDelay } from '../../../domain/base/backoff.ts'

test('backoff: a failed step waits 5 s, doubled each time, at most 5 minutes', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(retryDelay)).toEqual([
    5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000,
  ])
})

test('backoff: an unreachable host is tried after 2 s, doubled each time, at most 60 s, however long it takes', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100_000].map(reachDelay)).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ])
})
