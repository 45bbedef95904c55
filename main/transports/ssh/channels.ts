/** Limits the open channels of one connection, and retries when the host has none free. */
import { slotsFor } from '../shared/slots.ts'

interface Openable {
  once(event: 'close', listener: () => void): unknown
  destroy(): unknown
  /** Lets go of what nobody will read: an exec channel closes only after its output has been taken. */
  resume?(): unknown
}

export interface Channels {
  /**
   * Opens a channel once there is room; its place is free again when it closes. A refusal is asked for again until the
   * time limit; then it is thrown as ssh2 gave it. A channel that opens after the signal aborted is dropped.
   */
  open<T extends Openable>(start: () => Promise<T>, signal: AbortSignal): Promise<T>
}

/** At most `limit` channels at once; a refused one is tried again for `retryMs` milliseconds. */
export function channelsWithin(limit: number, retryMs: number): Channels {
  const slots = slotsFor(limit)
  return {
    async open(start, signal) {
      await slots.take(signal)
      const channel = await untilOpened(start, Date.now() + retryMs, signal).catch((error: unknown) => {
        slots.give()
        throw error
      })
      channel.once('close', () => {
        slots.give()
      })
      if (signal.aborted) {
        channel.destroy()
        channel.resume?.()
      }
      signal.throwIfAborted()
      return channel
    },
  }
}

// OpenSSH frees a session's place only after it has reaped its process, so a refusal right after a channel closed means
// "in a moment".
async function untilOpened<T>(start: () => Promise<T>, until: number, signal: AbortSignal): Promise<T> {
  for (let wait = 20; ; wait = Math.min(wait * 2, 500)) {
    signal.throwIfAborted()
    try {
      return await start()
    } catch (error) {
      if (!isRefusal(error) || Date.now() + wait > until) throw error
      await pause(wait, signal)
    }
  }
}

/** True for ssh2's words about a channel that the host would not open. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && /channel open failure/i.test(error.message)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
