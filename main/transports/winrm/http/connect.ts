/** Connects to a host: name, TCP, TLS and the judgement of its certificate, all before any credential is sent. */
import { isIP, Socket } from 'node:net'
import * as tls from 'node:tls'
import type { FailureError } from '../../../../domain/base/failure.ts'
import { cancelled } from '../../shared/failures.ts'
import type { Peer } from '../../shared/peer.ts'
import { judgeCertificate, seenCertificate, type SeenCertificate, type TlsTrust } from './certificate-trust.ts'
import {
  answerTimeout,
  certificateRefused,
  certificateUnreadable,
  linkLost,
  notTls,
  tlsFailed,
  tlsTooOld,
  unreachable,
} from './failures.ts'
import { codeOf, textOf } from '../../shared/thrown.ts'
import type { ExchangeLimits } from './limits.ts'
import { httpText } from './text.ts'

/** PEM texts of our own certificate. */
export interface OwnCertificate {
  readonly certificate: string
  readonly privateKey: string
  readonly passphrase?: string
}

export interface Connecting {
  readonly peer: Peer
  /** The name the host's certificate must be for; undefined for a connection without TLS. */
  readonly tlsName: string | undefined
  readonly trust: TlsTrust
  readonly own?: OwnCertificate
  readonly limits: ExchangeLimits
  readonly signal: AbortSignal
}

/** A fresh connection. With TLS, `certificate` is the host's trusted certificate. */
export interface Connected {
  readonly socket: Socket
  readonly certificate?: SeenCertificate
}

/**
 * Connects directly, without the proxies of the environment: WinRM traffic stays inside.
 * Throws FailureError: `link`, `trust`, or `credential` for an unusable certificate of our own.
 */
export async function connect(how: Connecting): Promise<Connected> {
  const secureContext = how.tlsName === undefined ? undefined : contextOf(how)
  const socket = await reach(how)
  return how.tlsName === undefined ? { socket } : secure(how, how.tlsName, socket, secureContext)
}

function reach(how: Connecting): Promise<Socket> {
  const { peer, limits } = how
  const socket = new Socket().setNoDelay(true).setKeepAlive(true, 30_000)
  return until(
    how,
    socket,
    limits.connectMs,
    ({ resolve, reject, on }) => {
      on('error', (error) => {
        reject(unreachable(peer, error))
      })
      on('connect', () => {
        resolve(socket)
      })
      socket.connect({ host: peer.address, port: peer.port })
    },
    () => unreachable(peer, Object.assign(new Error(httpText.noAnswer(limits.connectMs)), { code: 'ETIMEDOUT' })),
  )
}

function secure(
  how: Connecting,
  name: string,
  bare: Socket,
  secureContext: tls.SecureContext | undefined,
): Promise<Connected> {
  const { peer, limits } = how
  const socket = tls.connect({
    socket: bare,
    ...(secureContext && { secureContext }),
    ...(isIP(name) === 0 && { servername: name }),
    ALPNProtocols: ['http/1.1'],
    // Judged below, so that each refusal has its own failure; until then nothing is sent.
    rejectUnauthorized: false,
  })
  // http sends small headers and bodies separately; with Nagle's algorithm the handshake would wait for each.
  socket.setNoDelay(true)
  return until(
    how,
    socket,
    limits.signInMs,
    ({ resolve, reject, on }) => {
      on('error', (error) => {
        reject(tlsFailure(how, error))
      })
      on('close', () => {
        reject(tlsFailure(how, new Error(httpText.hostClosedConnection)))
      })
      on('secureConnect', () => {
        try {
          const certificate = socket.getPeerCertificate()
          const seen = seenCertificate(certificate.raw)
          const problem: unknown = socket.authorizationError
          const chainProblem = socket.authorized
            ? undefined
            : typeof problem === 'string'
              ? problem
              : (codeOf(problem) ?? textOf(problem))
          judgeCertificate({ peer, name, seen, certificate, chainProblem, trust: how.trust, now: Date.now() })
          resolve({ socket, certificate: seen })
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
    },
    () => answerTimeout(peer, httpText.tlsTimeout(limits.signInMs)),
  )
}

interface Settling<T> {
  readonly resolve: (value: T) => void
  readonly reject: (reason: Error) => void
  /** Listens until the work is settled. */
  readonly on: (event: 'connect' | 'secureConnect' | 'close' | 'error', heard: (error: Error) => void) => void
}

// Settles with the work, or destroys the socket and rejects: too late, or cancelled. Only the listener stays that keeps
// a late error from ending the process; the next request reports it.
function until<T>(
  { peer, signal }: Connecting,
  socket: Socket,
  ms: number,
  work: (settling: Settling<T>) => void,
  late: () => FailureError,
): Promise<T> {
  socket.on('error', () => undefined)
  if (signal.aborted) {
    socket.destroy()
    return Promise.reject(cancelled(peer))
  }
  return new Promise<T>((resolve, reject) => {
    const undo: (() => void)[] = []
    const settle = () => {
      for (const step of undo) step()
    }
    const fail = (reason: Error) => {
      settle()
      socket.destroy()
      reject(reason)
    }
    const onAbort = () => {
      fail(cancelled(peer))
    }
    const timer = setTimeout(() => {
      fail(late())
    }, ms)
    signal.addEventListener('abort', onAbort, { once: true })
    undo.push(
      () => {
        clearTimeout(timer)
      },
      () => {
        signal.removeEventListener('abort', onAbort)
      },
    )
    work({
      resolve: (value) => {
        settle()
        resolve(value)
      },
      reject: fail,
      on(event, heard) {
        socket.on(event, heard)
        undo.push(() => {
          socket.removeListener(event, heard)
        })
      },
    })
  })
}

function contextOf({ peer, trust, own }: Connecting): tls.SecureContext {
  const roots = trust.kind === 'fingerprint' ? [] : [...trustedRoots(), ...(trust.authorities ?? [])]
  try {
    return tls.createSecureContext({
      minVersion: 'TLSv1.2',
      ...(trust.kind === 'fingerprint' || roots.length > 0 ? { ca: roots } : {}),
      // Windows asks for the client certificate after the first request. TLS 1.3 allows that only in a form that Node
      // does not support.
      ...(own && {
        maxVersion: 'TLSv1.2',
        cert: own.certificate,
        key: own.privateKey,
        ...(own.passphrase !== undefined && { passphrase: own.passphrase }),
      }),
    })
  } catch (error) {
    if (!own) throw error
    throw certificateUnreadable(peer, codeOf(error) ?? 'no code')
  }
}

// The roots of the operating system (on Linux also SSL_CERT_FILE and SSL_CERT_DIR) and of NODE_EXTRA_CA_CERTS.
// Node before 22.15 can read neither and trusts its built-in roots.
function trustedRoots(): readonly string[] {
  const node: { getCACertificates?: typeof tls.getCACertificates } = tls
  const system = node.getCACertificates?.('system') ?? []
  return [...(system.length > 0 ? system : tls.rootCertificates), ...(node.getCACertificates?.('extra') ?? [])]
}

function tlsFailure({ peer, own }: Connecting, error: Error): FailureError {
  const code = codeOf(error) ?? ''
  if (
    /ALERT_(BAD|UNSUPPORTED)_CERTIFICATE|ALERT_CERTIFICATE|ALERT_UNKNOWN_CA|ALERT_ACCESS_DENIED|CERTIFICATE_REQUIRED/.test(
      code,
    ) &&
    own
  )
    return certificateRefused(peer)
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH/.test(code)) return notTls(peer, error)
  if (/PROTOCOL|VERSION|NO_SHARED|HANDSHAKE_FAILURE|LEGACY|KEY_TOO_SMALL|MD_TOO_WEAK/.test(code))
    return tlsTooOld(peer, error)
  if (code === '' || code === 'ECONNRESET') return tlsFailed(peer, error)
  return linkLost(peer, error)
}
