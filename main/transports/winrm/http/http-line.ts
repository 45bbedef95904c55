/**
 * HTTP on one connection: one request after the other, every answer bounded in size and time, nothing ever sent twice.
 */
import { Agent, request, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { cancelled } from '../../shared/failures.ts'
import { hostInUrl, type Peer } from '../../shared/peer.ts'
import { offersOf, type Offer } from './challenges.ts'
import { answerTimeout, answerTooLarge, badAnswer, linkLost } from './failures.ts'
import type { ExchangeLimits } from './limits.ts'
import { httpText } from './text.ts'

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string | undefined
  readonly offers: readonly Offer[]
  readonly body: Buffer
}

export interface PostOptions {
  readonly signal: AbortSignal
  /** Milliseconds until the whole answer must have arrived. */
  readonly timeoutMs: number
}

/**
 * A connection in use. `post` throws FailureError; after that the connection is closed and every further `post` fails
 * too.
 */
export interface HttpLine {
  post(headers: Readonly<Record<string, string>>, body: Buffer, options: PostOptions): Promise<HttpAnswer>
  close(): void
}

/** Takes a connection over. No other code may use the socket afterwards. */
export function httpOver(socket: Socket, peer: Peer, path: string, limits: ExchangeLimits): HttpLine {
  const agent = new OneSocketAgent(socket)
  const close = () => {
    socket.destroy()
    agent.destroy()
  }
  const gone = () => linkLost(peer, new Error(httpText.hostClosed))
  return {
    close,
    post(headers, body, { signal, timeoutMs }) {
      if (signal.aborted) return Promise.reject(cancelled(peer))
      if (socket.destroyed || !socket.writable || socket.readableEnded) return Promise.reject(gone())
      if (socket.readableLength > 0) {
        close()
        return Promise.reject(badAnswer(peer, httpText.spokeUnasked))
      }
      return new Promise((resolve, reject) => {
        let idle: NodeJS.Timeout | undefined
        const clean = () => {
          clearTimeout(idle)
          clearTimeout(total)
          signal.removeEventListener('abort', onAbort)
        }
        const end = (reason: Error) => {
          clean()
          close()
          reject(reason)
        }
        const onAbort = () => {
          end(cancelled(peer))
        }
        const total = setTimeout(() => {
          end(answerTimeout(peer, httpText.didNotAnswer(timeoutMs)))
        }, timeoutMs)
        signal.addEventListener('abort', onAbort, { once: true })
        const sent = request({
          agent,
          method: 'POST',
          path,
          host: peer.address,
          port: peer.port,
          maxHeaderSize: limits.headerBytes,
          headers: {
            Host: `${hostInUrl(peer.address)}:${peer.port}`,
            'User-Agent': 'Exekra Rollout',
            'Accept-Encoding': 'identity',
            ...headers,
            'Content-Length': body.length,
          },
        })
        sent.on('error', (error) => {
          end(linkLost(peer, error))
        })
        sent.once('response', (response) => {
          const whole = gathered()
          const heard = () => {
            clearTimeout(idle)
            idle = setTimeout(() => {
              end(answerTimeout(peer, httpText.answerStopped(limits.idleMs)))
            }, limits.idleMs)
          }
          heard()
          response.on('data', (piece: Buffer) => {
            if (whole.length() + piece.length > limits.answerBytes) {
              end(answerTooLarge(peer, limits.answerBytes))
              return
            }
            whole.add(piece)
            heard()
          })
          response.on('error', (error) => {
            end(linkLost(peer, error))
          })
          response.once('end', () => {
            const encoding = response.headers['content-encoding'] ?? 'identity'
            if (!response.complete) {
              end(gone())
              return
            }
            if (encoding !== 'identity') {
              end(badAnswer(peer, httpText.encoded(encoding)))
              return
            }
            clean()
            resolve(answerOf(response, whole.bytes()))
          })
        })
        sent.end(body)
      })
    },
  }
}

function answerOf(response: IncomingMessage, body: Buffer): HttpAnswer {
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'],
    offers: offersOf(response.rawHeaders),
    body,
  }
}

// An answer may arrive byte by byte: stored as separate pieces it would take a hundred times its size.
function gathered() {
  let buffer = Buffer.alloc(4_096)
  let length = 0
  return {
    length: () => length,
    bytes: () => buffer.subarray(0, length),
    add(piece: Buffer) {
      if (length + piece.length > buffer.length)
        buffer = Buffer.concat([buffer.subarray(0, length)], Math.max(2 * buffer.length, length + piece.length))
      piece.copy(buffer, length)
      length += piece.length
    },
  }
}

/** Gives node:http our one socket and never another: the sign-in belongs to that socket. */
class OneSocketAgent extends Agent {
  #socket: Socket | undefined
  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1 })
    this.#socket = socket
  }

  override createConnection(): Socket {
    const socket = this.#socket
    this.#socket = undefined
    if (!socket) throw new Error(httpText.hostClosedConnection)
    return socket
  }
}
