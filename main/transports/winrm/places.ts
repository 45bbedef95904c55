/** Owns counting what a host lets one user have at once. */

export interface Places {
  /** Waits for a free place. Rejects with the signal's reason when it aborts before. */
  take(signal: AbortSignal): Promise<void>
  give(): void
}

/** So many places. */
export function placesFor(count: number): Places {
  let free = count
  const waiting: (() => void)[] = []
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (free > 0) {
        free--
        return
      }
      await new Promise<void>((resolve, reject) => {
        const turn = () => { signal.removeEventListener('abort', stop); resolve() }
        const stop = () => { waiting.splice(waiting.indexOf(turn), 1); reject(signal.reason as Error) }
        waiting.push(turn)
        signal.addEventListener('abort', stop, { once: true })
      })
    },
    give() {
      const next = waiting.shift()
      if (next) next()
      else free++
    },
  }
}
