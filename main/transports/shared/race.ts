/** Waits for work that can be aborted, and leaves no listener behind. */

/**
 * The work's own end, or the reason of the first signal that aborts before it. What the work does afterwards is
 * ignored.
 */
export function orAborted<T>(work: Promise<T>, signals: readonly AbortSignal[]): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stops = signals.map((signal) => ({
      signal,
      stop: () => {
        finish()
        reject(reasonOf(signal))
      },
    }))
    const finish = () => stops.forEach(({ signal, stop }) => signal.removeEventListener('abort', stop))
    work.then(
      (value) => {
        finish()
        resolve(value)
      },
      (error: unknown) => {
        finish()
        reject(asError(error))
      },
    )
    for (const { signal, stop } of stops) {
      if (signal.aborted) {
        stop()
        return
      }
      signal.addEventListener('abort', stop, { once: true })
    }
  })
}

/** A promise of a call that takes a Node callback. What the call throws rejects it too. */
export function called<T>(start: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    start((error, value) => {
      if (error) reject(error)
      else resolve(value)
    })
  })
}

function reasonOf(signal: AbortSignal): Error {
  return asError(signal.reason)
}

/** Anything thrown, as an Error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
