/** Owns getting to a host: name, TCP, TLS and the judgement over its certificate, all before anything of a credential is said. */
import { isIP, Socket } from 'node:net'
import * as tls from 'node:tls'
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import { cancelled } from '../../shared/failures.ts'
import { describePeer, type Peer } from '../../shared/peer.ts'
import { judgeCertificate, seenCertificate, type SeenCertificate, type TlsTrust } from './certificate-trust.ts'
import { answerTimeout, certificateRefused, linkLost, unreachable } from './failures.ts'
import { codeOf, textOf } from '../../shared/thrown.ts'
import type { ExchangeLimits } from './limits.ts'

/** PEM texts of the certificate we show of ourselves. */
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

/** A connection on which nothing has been said yet. `certificate` is the host's, trusted, where there is TLS. */
export interface Connected {
  readonly socket: Socket
  readonly certificate?: SeenCertificate
}

/** Connects. Proxies of the environment are not used: WinRM stays inside. Throws FailureError: `link`, `trust`, or `credential` for an unusable own certificate. */
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
    () => unreachable(peer, Object.assign(new Error(`no answer within ${limits.connectMs} ms`), { code: 'ETIMEDOUT' })),
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
    // Judged below, so that each refusal says what it is; until then nothing is sent.
    rejectUnauthorized: false,
  })
  // http sends small headers and bodies apart; the handshake would wait for each.
  socket.setNoDelay(true)
  return until(
    how,
    socket,
    limits.signInMs,
    ({ resolve, reject, on }) => {
      on('error', (error) => {
        reject(tlsFailed(how, error))
      })
      on('close', () => {
        reject(tlsFailed(how, new Error('the host closed the connection')))
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
    () => answerTimeout(peer, `took the connection and did not finish TLS within ${limits.signInMs} ms`),
  )
}

interface Settling<T> {
  readonly resolve: (value: T) => void
  readonly reject: (reason: Error) => void
  /** Listens until it is settled. */
  readonly on: (event: 'connect' | 'secureConnect' | 'close' | 'error', heard: (error: Error) => void) => void
}

// The work's own end, or a destroyed socket and the reason: too late, or called off. No listener of ours stays behind but the one that keeps
// a late error from ending the process: whoever asks next is told.
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
      for (const one of undo) one()
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
      // Windows asks for the client's certificate after the first request, which TLS 1.3 has only in a form that Node does not speak.
      ...(own && {
        maxVersion: 'TLSv1.2',
        cert: own.certificate,
        key: own.privateKey,
        ...(own.passphrase !== undefined && { passphrase: own.passphrase }),
      }),
    })
  } catch (error) {
    if (!own) throw error
    throw failed(
      'credential',
      'certificate-unreadable',
      `The client certificate for ${describePeer(peer)} or its private key cannot be read.`,
      'Store certificate and private key as PEM texts that belong together, with the passphrase of the key if it has one.',
      'never',
      [codeOf(error) ?? 'no code'],
    )
  }
}

// What the operating system trusts (on Linux also SSL_CERT_FILE and SSL_CERT_DIR), and the file that NODE_EXTRA_CA_CERTS names. Node before 22.15 cannot tell either, and trusts what it
// was built with.
function trustedRoots(): readonly string[] {
  const node: { getCACertificates?: typeof tls.getCACertificates } = tls
  const system = node.getCACertificates?.('system') ?? []
  return [...(system.length > 0 ? system : tls.rootCertificates), ...(node.getCACertificates?.('extra') ?? [])]
}

function tlsFailed({ peer, own }: Connecting, error: Error): FailureError {
  const code = codeOf(error) ?? ''
  const at = describePeer(peer)
  if (
    /ALERT_(BAD|UNSUPPORTED)_CERTIFICATE|ALERT_CERTIFICATE|ALERT_UNKNOWN_CA|ALERT_ACCESS_DENIED|CERTIFICATE_REQUIRED/.test(
      code,
    ) &&
    own
  )
    return certificateRefused(peer)
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH/.test(code))
    return failed(
      'link',
      'not-tls',
      `${at} is there, but it does not speak TLS.`,
      'Check the port in the plan: WinRM has TLS on 5986 and none on 5985.',
      'never',
      [textOf(error)],
    )
  if (/PROTOCOL|VERSION|NO_SHARED|HANDSHAKE_FAILURE|LEGACY|KEY_TOO_SMALL|MD_TOO_WEAK/.test(code))
    return failed(
      'host',
      'tls-too-old',
      `${at} and this workstation have no safe version of TLS in common.`,
      'Enable TLS 1.2 or newer on the host (every supported Windows can), and give its listener a certificate with an RSA key of at least 2048 bits.',
      'never',
      [textOf(error)],
    )
  if (code === '' || code === 'ECONNRESET')
    return failed(
      'link',
      'tls-failed',
      `${at} took the connection and ended it before TLS was there.`,
      'Check that the WinRM listener on the host has a certificate (winrm enumerate winrm/config/listener) and that the port is that of HTTPS.',
      'backoff',
      [textOf(error)],
    )
  return linkLost(peer, error)
}
