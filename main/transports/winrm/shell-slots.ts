/** Owns counting what a host lets one user have at once. */
import type { Peer } from './peer.ts'

/**
 * The same for all doors of one host: its two ports of WinRM lead to one service with one count. Behind any other port may stand another host,
 * where a router hands ports on.
 */
export function hostBehind({ address, port }: Pick<Peer, 'address' | 'port'>): string {
  return `${address.toLowerCase()} ${port === 5985 || port === 5986 ? 'WinRM' : port}`
}

export interface ShellSlots {
  /** Waits for a free place. Rejects with the signal's reason when it aborts before. */
  take(signal: AbortSignal): Promise<void>
  give(): void
  /** The host allows no more than that many. What is taken already stays taken. */
  atMost(count: number): void
}

/** So many places. */
export function slotsFor(count: number): ShellSlots {
  let most = count
  let taken = 0
  const waiting: (() => void)[] = []
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (taken < most) {
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
      if (taken >= most) return
      const next = waiting.shift()
      if (!next) return
      taken++
      next()
    },
    atMost(said) {
      most = Math.min(most, Math.max(1, said))
    },
  }
}
