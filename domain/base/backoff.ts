/** Owns backoff: how long to wait before trying again. No randomness, so that a replayed log gives the same times. */

/** Automatic retries of a step whose failure says `backoff`; after that a person decides. */
export const maxAutomaticRetries = 5

/** Milliseconds to wait after the nth failure (n from 1): 5 s, doubled each time, at most 5 minutes. */
export function retryDelay(n: number): number {
  return Math.min(5_000 * 2 ** (n - 1), 300_000)
}

/** Milliseconds until an unreachable host is tried again (n from 1): 2 s, doubled each time, at most 60 s; for as long as it takes. */
export function reachDelay(n: number): number {
  return Math.min(2_000 * 2 ** Math.min(n - 1, 10), 60_000)
}
