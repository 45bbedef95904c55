/**
 * A request channel: one connection that carries one request at a time, opened when needed and replaced when it breaks.
 */
import { FailureError } from '../../../../domain/base/failure.ts'
import { sessionClosed } from './failures.ts'

// The code of the failure of a connection that the host has forgotten.
const signedOut = 'signed-out'

/** A signed-in connection. `send` throws FailureError; after that the connection is not used again. */
export interface Connection {
  send(
    soap: string,
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<{ readonly status: number; readonly body: string }>
  close(): void
  /** Its two ends, if it uses a network. */
  readonly addresses?: Addresses
}

/** The addresses of this workstation and of the host, as they face each other. */
export interface Addresses {
  readonly local: string
  readonly remote: string
}

/** Opens a connection. Throws FailureError: link, credential or trust. */
export type OpenConnection = (signal: AbortSignal) => Promise<Connection>

export interface RequestChannel {
  /** Sends when the requests before it have been answered. */
  send(...request: Parameters<Connection['send']>): ReturnType<Connection['send']>
  /** The addresses of the connection that was used last. */
  addresses(): Addresses | undefined
  close(): void
}

/**
 * A request channel over connections of that kind. A connection that was idle for `keepMs` milliseconds is not used
 * again: the host may have closed it (http.sys does after 120 s), and it would be unknown whether a request sent into
 * it arrived.
 */
export function channelOver(open: OpenConnection, keepMs: number): RequestChannel {
  let connection: Connection | undefined
  let usedAt = 0
  let addresses: Addresses | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let closed = false
  const isClosed = () => closed
  const drop = () => {
    connection?.close()
    connection = undefined
  }
  const work: RequestChannel['send'] = async (soap, options) => {
    options.signal.throwIfAborted()
    if (isClosed()) throw sessionClosed()
    if (performance.now() - usedAt > keepMs) drop()
    const used = connection !== undefined
    try {
      connection ??= await open(options.signal)
      if (isClosed()) throw sessionClosed()
      const answer = await connection.send(soap, options)
      usedAt = performance.now()
      addresses = connection.addresses ?? addresses
      return answer
    } catch (error) {
      // No request waits any more for what this connection still carries.
      drop()
      // A host that has signed the connection out has not run the request: it alone may be sent again, whatever it
      // does.
      if (used && error instanceof FailureError && error.failure.code === signedOut) return work(soap, options)
      throw error
    }
  }
  return {
    send(...request) {
      const turn = queue.then(() => work(...request))
      queue = turn.catch(() => undefined)
      return turn
    },
    addresses: () => addresses,
    close() {
      closed = true
      drop()
    },
  }
}
