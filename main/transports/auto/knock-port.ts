/** Tries a TCP port without sending anything: open, refused or silent. */
import { Socket } from 'node:net'

export type Knocked = 'open' | 'refused' | 'silent' | 'unresolved' | 'unreachable'

/** Connects and disconnects. `silent` after `waitMs`, or when the signal aborts. */
export function knockAtPort(address: string, port: number, waitMs: number, signal: AbortSignal): Promise<Knocked> {
  return new Promise((resolve) => {
    const socket = new Socket()
    const settle = (knocked: Knocked) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.destroy()
      resolve(knocked)
    }
    const onAbort = () => {
      settle('silent')
    }
    const timer = setTimeout(onAbort, waitMs)
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      settle(meaningOf(error))
    })
    socket.once('connect', () => {
      settle('open')
    })
    if (signal.aborted) onAbort()
    else socket.connect({ host: address, port })
  })
}

// A name with several addresses fails with all their errors; the first one is enough.
function meaningOf(error: NodeJS.ErrnoException): Knocked {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  switch (first instanceof Error && 'code' in first ? first.code : error.code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return 'refused'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return 'unresolved'
    case 'ETIMEDOUT':
      return 'silent'
    default:
      return 'unreachable'
  }
}
