/** A signed-in connection to WinRM that carries SOAP documents, encrypted wherever there is no TLS. */
import { wrongConnection, type WinrmAuth } from '../auth/winrm-auth.ts'
import type { Peer } from '../../shared/peer.ts'
import type { TlsTrust } from './certificate-trust.ts'
import { connect } from './connect.ts'
import { badAnswer, exchangeBusy, notSealed } from './failures.ts'
import { httpOver, type HttpAnswer, type PostOptions } from './http-line.ts'
import type { ExchangeLimits } from './limits.ts'
import { decodeSealed, encodeSealed, isSealed, sealedContentType } from './sealed-body.ts'
import { httpText } from './text.ts'
import { atOnce, inTurn, signIn, type SignedIn, type TakeTurn } from './sign-in.ts'

export interface ExchangeTarget {
  /** The host's name in sentences; its address if left out. */
  readonly name?: string
  /** A name or an IP address. */
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** The name in the host's certificate and in the domain, if it is not `host`. */
  readonly serverName?: string
  readonly path?: string
}

export interface Exchange {
  /**
   * Sends one SOAP document and returns the answer, one at a time. HTTP 500 with a SOAP body is an answer; with other
   * statuses the body is empty if it should have been encrypted and was not. Throws FailureError (`link`: the effect of
   * the request is unknown; `credential`; `trust`) and closes the exchange.
   */
  send(soap: string, options: PostOptions): Promise<{ readonly status: number; readonly body: string }>
  close(): void
  /** The addresses of its two ends. */
  readonly addresses: { readonly local: string; readonly remote: string }
}

const plainContentType = 'application/soap+xml;charset=UTF-8'

/**
 * Connects, judges the host's certificate and signs in; `takeTurn` waits until the password may be sent.
 * Throws FailureError: `link`, `trust`, `credential`, `host`, or `plan` for a sign-in that must not use this
 * connection.
 */
export async function openExchange(
  target: ExchangeTarget,
  auth: WinrmAuth,
  trust: TlsTrust,
  limits: ExchangeLimits,
  signal: AbortSignal,
  takeTurn: TakeTurn = atOnce,
): Promise<Exchange> {
  const peer: Peer = { name: target.name ?? target.host, address: target.host, port: target.port }
  const wrong = wrongConnection(auth, target.tls, peer)
  if (wrong) throw wrong
  const serviceName = target.serverName ?? target.host
  const { socket, certificate } = await connect({
    peer,
    tlsName: target.tls ? serviceName : undefined,
    trust,
    ...(auth.kind === 'certificate' && { own: auth }),
    limits,
    signal,
  })
  const line = httpOver(socket, peer, target.path ?? '/wsman', limits)
  let signedIn: SignedIn
  try {
    signedIn = await signIn(auth, {
      line,
      peer,
      serviceName,
      certificate,
      signal,
      timeoutMs: limits.signInMs,
      takeTurn,
    })
    if (!target.tls && !signedIn.sealing) throw new Error('a connection without TLS and without sealing')
  } catch (error) {
    line.close()
    throw error
  }
  const carry = signedIn.sealing ? sealedOver(signedIn.sealing, peer) : inClear(peer)
  const addresses = { local: socket.localAddress ?? '', remote: socket.remoteAddress ?? '' }
  let busy = false
  return {
    addresses,
    async send(soap, options) {
      if (busy) throw exchangeBusy(peer)
      busy = true
      try {
        const { contentType, body } = carry.wrap(Buffer.from(soap, 'utf8'))
        const ask = async () => {
          const answer = await line.post({ ...signedIn.headers, 'Content-Type': contentType }, body, options)
          if (answer.status === 401) throw signedIn.unauthorized(answer.offers)
          return answer
        }
        const answer = await (signedIn.showsPassword === true
          ? inTurn({ takeTurn, signal: options.signal }, ask)
          : ask())
        return { status: answer.status, body: bodyText(carry.unwrap(answer), peer) }
      } catch (error) {
        line.close()
        throw error
      } finally {
        busy = false
      }
    },
    close: () => line.close(),
  }
}

interface Carrying {
  wrap(plain: Buffer): { readonly contentType: string; readonly body: Buffer }
  unwrap(answer: HttpAnswer): Buffer
}

function inClear(peer: Peer): Carrying {
  return {
    wrap: (body) => ({ contentType: plainContentType, body }),
    unwrap(answer) {
      if (isSealed(answer.contentType)) throw badAnswer(peer, httpText.sealedInTls)
      return answer.body
    },
  }
}

// Every encrypted answer is decrypted whatever its status, or the ciphers of the two sides would get out of step.
function sealedOver(sealing: NonNullable<SignedIn['sealing']>, peer: Peer): Carrying {
  return {
    wrap: (plain) => ({ contentType: sealedContentType, body: encodeSealed(sealing.seal(plain), plain.length) }),
    unwrap(answer) {
      if (isSealed(answer.contentType)) return sealing.unseal(decodeSealed(answer.body))
      // Answers of http.sys itself (400, 413, 503) are never encrypted: use their status and ignore their body.
      if (answer.status >= 200 && answer.status < 300) throw notSealed(peer)
      return Buffer.alloc(0)
    },
  }
}

function bodyText(bytes: Buffer, peer: Peer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw badAnswer(peer, httpText.notUtf8)
  }
}
