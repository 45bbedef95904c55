/** Connects to a host: name, TCP, host key, credential, each with its own time limit and failure. */
import { Socket } from 'node:net'
import ssh2, { type Client } from 'ssh2'
import type { FailureError } from '../../../domain/base/failure.ts'
import { hostKeyFamilies, offered, type HostKeyFamily } from './algorithms.ts'
import { authenticationFor, type Authentication, type GiveUp } from './authentication.ts'
import {
  agentFailed,
  hostKeyChanged,
  hostKeyRevoked,
  noConversation,
  notLetInCode,
  passwordExpired,
  unreachable,
} from './failures.ts'
import { cancelled } from '../shared/failures.ts'
import type { Peer } from '../shared/peer.ts'
import { gatherWrites } from './gathered-writes.ts'
import { describeKey, judgeKey, seenKey, type Expectation, type SeenKey } from './host-key.ts'
import type { Credential } from '../../engine/ports.ts'
import type { EndTurn, Password, SignIns } from '../shared/sign-ins.ts'
import type { SshLimits } from './limits.ts'
import { asError } from '../shared/race.ts'
import { sshText } from './text.ts'

export interface Connecting {
  readonly peer: Peer
  readonly credential: Credential
  readonly signIns: SignIns
  readonly agentSocket: string | undefined
  readonly expectation: Expectation
  readonly limits: SshLimits
  readonly signal: AbortSignal
  /**
   * Called with a key seen for the first time, once proven and before the credential is sent. If it throws, the attempt
   * ends.
   */
  readonly onFirstSight: (key: SeenKey) => void
}

/** A signed-in connection. */
export interface Connected {
  readonly client: Client
  readonly socket: Socket
}

type Attempt =
  | { readonly outcome: 'in'; readonly connected: Connected }
  | { readonly outcome: 'other-key'; readonly seen: SeenKey }
  | { readonly outcome: 'type-not-offered' }

/**
 * Connects and signs in. A host with keys of several types shows one at a time, so a key that is not the pinned one is
 * no proof of a change: the other types are asked for on a new connection each, and only when none is the pinned one is
 * the host refused.
 */
export async function connect(how: Connecting): Promise<Connected> {
  const seen: SeenKey[] = []
  let families: readonly HostKeyFamily[] = hostKeyFamilies
  for (;;) {
    const attempt = await attemptWith(how, families, seen.length > 0)
    if (attempt.outcome === 'in') return attempt.connected
    if (attempt.outcome === 'other-key') {
      seen.push(attempt.seen)
      families = families.filter((family) => family.keyType !== attempt.seen.keyType)
    }
    if (attempt.outcome === 'type-not-offered' || families.length === 0) {
      const { pinned } = how.expectation
      if (!pinned) throw noConversation(how.peer, sshText.noMatchingKey)
      throw hostKeyChanged(how.peer, pinned.fingerprint, pinned.by, seen.map(describeKey))
    }
  }
}

async function attemptWith(
  how: Connecting,
  families: readonly HostKeyFamily[],
  askingFurther: boolean,
): Promise<Attempt> {
  const socket = await reach(how)
  const client = new ssh2.Client()
  return new Promise<Attempt>((resolve, reject) => {
    const over = new AbortController()
    let endTurn: EndTurn | undefined
    let late: NodeJS.Timeout | undefined
    const settle = (end: () => void, taken = false) => {
      if (over.signal.aborted) return
      over.abort()
      clearTimeout(late)
      endTurn?.(taken ? 'taken' : authentication?.refusal()?.failure.code === notLetInCode ? 'refused' : 'unknown')
      how.signal.removeEventListener('abort', onAbort)
      end()
    }
    const refuse = (reason: FailureError) => {
      settle(() => reject(reason))
      socket.destroy()
    }
    const onAbort = () => {
      refuse(cancelled(how.peer))
    }
    const giveUp: GiveUp = refuse
    const hurry = () => {
      late = setTimeout(() => {
        refuse(noConversation(how.peer, new Error(sshText.timedOut(how.limits.readyMs))))
      }, how.limits.readyMs)
    }
    const takeTurn = async (password: Password) => {
      // The time that other sign-ins take does not count against the host.
      clearTimeout(late)
      const end = await how.signIns.turn(password, how.peer.name, over.signal)
      if (over.signal.aborted) {
        end('unknown')
        return
      }
      endTurn = end
      hurry()
    }
    let authentication: Authentication | undefined
    try {
      authentication = authenticationFor(how.peer, how.credential, how.agentSocket, takeTurn, giveUp)
    } catch (error) {
      settle(() => reject(asError(error)))
      socket.destroy()
      return
    }
    const { user, handler, refusal, hungUp } = authentication
    how.signal.addEventListener('abort', onAbort, { once: true })
    hurry()
    let key: SeenKey | undefined
    let greeted = false
    let agentError = ''
    client.once('handshake', () => {
      greeted = true
      if (!key || how.expectation.pinned) return
      try {
        how.onFirstSight(key)
      } catch (error) {
        settle(() => reject(asError(error)))
        socket.destroy()
      }
    })
    client.once('ready', () => settle(() => resolve({ outcome: 'in', connected: { client, socket } }), true))
    client.once('change password', () => refuse(passwordExpired(how.peer, how.credential.user)))
    // Listens for the whole life of the connection: an error without a listener would end the process.
    client.on('error', (error: Error & { level?: string; code?: unknown }) => {
      if (error.level === 'agent') {
        agentError = error.message
        return
      }
      // A numeric code is the host's own reason for disconnecting; a broken connection has a text code.
      if (typeof error.code === 'number') hungUp()
      const verdict = key ? judgeKey(key, how.expectation) : undefined
      if (verdict === 'revoked' && key) {
        const revoked = key
        settle(() => reject(hostKeyRevoked(how.peer, revoked.fingerprint, revoked.keyType)))
      } else if (verdict === 'other-key' && key) {
        const seen = key
        settle(() => resolve({ outcome: 'other-key', seen }))
      } else if (!greeted && askingFurther && /no matching host key/i.test(error.message))
        settle(() => resolve({ outcome: 'type-not-offered' }))
      else settle(() => reject(why(how, refusal(), agentError, error)))
      socket.destroy()
    })
    client.once('close', () =>
      settle(() => reject(why(how, refusal(), agentError, new Error(sshText.hostClosedConnection)))),
    )
    client.connect({
      sock: socket,
      username: user,
      algorithms: offered(families),
      // Our own timer, so that waiting for other sign-ins does not count.
      readyTimeout: 0,
      keepaliveInterval: how.limits.keepaliveMs,
      // link.ts judges by the bytes that arrive; ssh2 would count only answers to its own question, which a slow upload
      // can hold up.
      keepaliveCountMax: Number.MAX_SAFE_INTEGER,
      authHandler: handler,
      hostVerifier: (blob: Buffer) => {
        key = seenKey(blob)
        const verdict = judgeKey(key, how.expectation)
        return verdict === 'expected' || verdict === 'first-sight'
      },
    })
  })
}

function why(
  how: Connecting,
  refusal: FailureError | undefined,
  agentError: string,
  error: Error & { level?: string },
): FailureError {
  if (agentError !== '') return agentFailed(how.peer, how.credential.user, agentError)
  return refusal ?? noConversation(how.peer, error)
}

// The connection is made here and not by ssh2, because only so is Nagle's algorithm off from the first byte (200 ms
// become 50).
function reach(how: Connecting): Promise<Socket> {
  if (how.signal.aborted) return Promise.reject(cancelled(how.peer))
  return new Promise((resolve, reject) => {
    const socket = new Socket().setNoDelay(true)
    const end = (reason: FailureError) => {
      clean()
      socket.destroy()
      reject(reason)
    }
    const onAbort = () => {
      end(cancelled(how.peer))
    }
    const onError = (error: Error) => {
      end(unreachable(how.peer, error))
    }
    const timer = setTimeout(() => {
      end(
        unreachable(how.peer, Object.assign(new Error(sshText.noAnswer(how.limits.connectMs)), { code: 'ETIMEDOUT' })),
      )
    }, how.limits.connectMs)
    const clean = () => {
      clearTimeout(timer)
      how.signal.removeEventListener('abort', onAbort)
      socket.removeListener('error', onError)
    }
    how.signal.addEventListener('abort', onAbort, { once: true })
    socket.once('error', onError)
    socket.once('connect', () => {
      clean()
      gatherWrites(socket)
      resolve(socket)
    })
    socket.connect({ host: how.peer.address, port: how.peer.port })
  })
}
