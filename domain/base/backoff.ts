/** Waiting time before a retry. No randomness, so that a replayed log gives the same times. */

/** Automatic retries of a step whose failure says `backoff`; after that a person decides. */
export const maxAutomaticRetries = 5

/** Milliseconds to wait after the nth failure (n from 1): 5 s, doubled each time, at most 5 minutes. */
export function retryDelay(n: number): number {
  return Math.min(5_000 * 2 ** (n - 1), 300_000)
}

/** Milliseconds before retry `n` (from 1) of an unreachable host: 2 s, doubled each time, at most 60 s, without end. */
export function reachDelay(n: number): number {
  return Math.min(2_000 * 2 ** Math.min(n - 1, 10), 60_000)
}
