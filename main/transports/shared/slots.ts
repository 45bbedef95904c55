/** A semaphore: at most so many holders at once, the others wait in turn. */

export interface Slots {
  /** Waits for a free slot. Rejects with the signal's reason if it aborts first. */
  take(signal: AbortSignal): Promise<void>
  /** Returns a slot that was taken. */
  give(): void
  /** Lowers the limit, at least to one. Slots already taken stay taken. */
  atMost(count: number): void
}

/** A semaphore with `count` free slots. */
export function slotsFor(count: number): Slots {
  let limit = count
  let taken = 0
  const waiting: (() => void)[] = []
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (taken < limit) {
        taken++
        return
      }
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          signal.removeEventListener('abort', stop)
          resolve()
        }
        const stop = () => {
          waiting.splice(waiting.indexOf(turn), 1)
          reject(signal.reason as Error)
        }
        waiting.push(turn)
        signal.addEventListener('abort', stop, { once: true })
      })
    },
    give() {
      taken--
      if (taken >= limit) return
      const next = waiting.shift()
      if (!next) return
      taken++
      next()
    },
    atMost(count) {
      limit = Math.min(limit, Math.max(1, count))
    },
  }
}
