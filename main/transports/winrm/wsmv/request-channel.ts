/** Owns a lane: one connection that carries one request at a time, opened when needed and replaced when it broke. */

import { failed, FailureError } from '../../../../domain/base/failure.ts'

/** The code of the failure that says so. */
const signedOut = 'signed-out'

/** What is asked of a session after its end fails with this. */
export const closedCode = 'session-closed'
const sessionClosed = () =>
  failed('link', closedCode, 'The session was closed on this side.', 'Open a new one.', 'backoff')

/** A connection on which the host has let us in. `send` throws FailureError; after that the connection is not used again. */
export interface Connection {
  send(
    soap: string,
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<{ readonly status: number; readonly body: string }>
  close(): void
  /** Its two ends, where it goes over a network. */
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
  /** Of the connection that was used last. */
  addresses(): Addresses | undefined
  close(): void
}

/**
 * A lane over connections of that kind. One that was idle for `keepMs` milliseconds is not used again: the host may have closed it (http.sys
 * does after 120 s), and a request sent into that would be lost without anybody knowing whether it arrived.
 */
export function laneOver(open: OpenConnection, keepMs: number): RequestChannel {
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
      // Whatever is under way on it belongs to a request nobody waits for any more.
      drop()
      // A host that has forgotten who we are has not worked on the request: this one alone may be sent again, whatever it is.
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
