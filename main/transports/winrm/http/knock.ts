/** Sends one request without any credential, to find out what answers at the address. */
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { offersOf } from './challenges.ts'
import { cancelled } from '../../shared/failures.ts'
import { hostInUrl, type Peer } from '../../shared/peer.ts'
import type { TlsTrust } from './certificate-trust.ts'
import { connect } from './connect.ts'
import { answerTimeout, linkLost } from './failures.ts'
import type { ExchangeLimits } from './limits.ts'
import { httpText } from './text.ts'

export interface Knock {
  readonly peer: Peer
  readonly tls: boolean
  readonly trust: TlsTrust
  readonly limits: ExchangeLimits
  readonly signal: AbortSignal
}

/**
 * The answer. `proxy` is the header that reveals one; `skewMs` is the host's clock (its Date header, whole seconds)
 * minus ours.
 */
export interface Answered {
  readonly status: number
  readonly server: string | null
  readonly proxy: string | null
  readonly offers: readonly string[]
  readonly skewMs: number | null
  /** Of its certificate, where there is TLS. */
  readonly fingerprint: string | null
}

/** Connects and sends an empty request without a token. Throws FailureError: `link`, `trust`, `host`. */
export async function knock({ peer, tls, trust, limits, signal }: Knock): Promise<Answered> {
  const { socket, certificate } = await connect({
    peer,
    tlsName: tls ? peer.address : undefined,
    trust,
    limits,
    signal,
  })
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(answerTimeout(peer, httpText.acceptedWithoutAnswer(limits.signInMs)))
      }, limits.signInMs)
      const onAbort = () => {
        reject(cancelled(peer))
      }
      signal.addEventListener('abort', onAbort, { once: true })
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
      }
      const sent = request({
        createConnection: () => socket,
        method: 'POST',
        path: '/wsman',
        maxHeaderSize: limits.headerBytes,
        headers: {
          Host: `${hostInUrl(peer.address)}:${peer.port}`,
          'User-Agent': 'Exekra Rollout',
          'Content-Length': 0,
          Connection: 'close',
        },
      })
      sent.on('error', (error) => {
        done()
        reject(linkLost(peer, error))
      })
      sent.once('response', (answer) => {
        done()
        resolve(answer)
      })
      sent.end()
    })
    const { headers } = response
    const shown = (['via', 'proxy-authenticate', 'x-squid-error'] as const).find((name) => headers[name] !== undefined)
    const date = Date.parse(headers.date ?? '')
    return {
      status: response.statusCode ?? 0,
      server: headers['server']?.toString() ?? null,
      proxy: shown === undefined ? null : `${shown}: ${String(headers[shown])}`,
      offers: [...new Set(offersOf(response.rawHeaders).map(({ scheme }) => scheme))],
      skewMs: Number.isNaN(date) ? null : date - Date.now(),
      fingerprint: certificate?.fingerprint ?? null,
    }
  } finally {
    socket.destroy()
  }
}
