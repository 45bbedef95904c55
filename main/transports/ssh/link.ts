/** One live connection to a host: its channels, and the detection of its end. */
import type { ClientChannel, SFTPWrapper } from 'ssh2'
import { FailureError } from '../../../domain/base/failure.ts'
import { channelsWithin, isRefusal } from './channels.ts'
import type { Connected } from './connect.ts'
import { channelRefused, requestRefused, sessionClosed } from './failures.ts'
import { cancelled, connectionLost } from '../shared/failures.ts'
import type { Peer } from '../shared/peer.ts'
import { textOf } from '../shared/thrown.ts'
import type { SshLimits } from './limits.ts'
import { called, orAborted } from '../shared/race.ts'
import { sshText } from './text.ts'

/** A connection in use. Everything pending on it fails with kind `link` when the connection ends. */
export interface Link {
  readonly peer: Peer
  /** Aborts, with a FailureError as its reason, when the connection has ended, for whatever reason. */
  readonly lost: AbortSignal
  /** Starts a program on the host in a channel of its own. */
  exec(command: string, signal: AbortSignal): Promise<ClientChannel>
  /** Opens an SFTP conversation in a channel of its own. */
  sftp(signal: AbortSignal): Promise<SFTPWrapper>
  /**
   * The result of the work. Throws FailureError if the link is lost or the signal aborts; the work is then not begun,
   * or its result ignored.
   */
  during<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>
  close(): Promise<void>
}

/** Takes a connection over. No other code may use the client or the socket afterwards. */
export function linkOver({ client, socket }: Connected, peer: Peer, limits: SshLimits): Link {
  const ending = new AbortController()
  const channels = channelsWithin(limits.channels, limits.channelMs)
  let lastError = ''
  const end = (reason: FailureError) => {
    clearInterval(watch)
    if (!ending.signal.aborted) ending.abort(reason)
  }
  const closed = new Promise<void>((resolve) => {
    client.once('close', () => {
      end(connectionLost(peer, lastError || sshText.hostClosed))
      resolve()
    })
  })
  client.on('error', (error: Error) => {
    lastError = textOf(error)
  })

  let received = socket.bytesRead
  let silent = 0
  const watch = setInterval(() => {
    silent = socket.bytesRead === received ? silent + 1 : 0
    received = socket.bytesRead
    if (silent < limits.silentLooks) return
    end(connectionLost(peer, sshText.hostSilent(Math.round((silent * limits.keepaliveMs) / 1000))))
    socket.destroy()
  }, limits.keepaliveMs)

  const during = async <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const stops = signal ? [ending.signal, signal] : [ending.signal]
    try {
      stops.forEach((stop) => {
        stop.throwIfAborted()
      })
      return await orAborted(work(), stops)
    } catch (error) {
      if (ending.signal.aborted) throw ending.signal.reason
      throw signal?.aborted === true ? cancelled(peer) : error
    }
  }
  const channel = async <T extends ClientChannel | SFTPWrapper>(
    open: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> => {
    try {
      return await during(() => channels.open(open, AbortSignal.any([ending.signal, signal])), signal)
    } catch (error) {
      if (error instanceof FailureError) throw error
      if (isRefusal(error)) throw channelRefused(peer, error)
      throw /unable to/i.test(textOf(error)) ? requestRefused(peer, error) : connectionLost(peer, textOf(error))
    }
  }
  return {
    peer,
    lost: ending.signal,
    exec: (command, signal) => channel(() => called<ClientChannel>((done) => client.exec(command, done)), signal),
    sftp: (signal) => channel(() => called<SFTPWrapper>((done) => client.sftp(done)), signal),
    during,
    async close() {
      end(sessionClosed(peer))
      client.end()
      // Do not wait longer for a host that does not answer the disconnect.
      const timer = setTimeout(() => socket.destroy(), 500)
      await closed
      clearTimeout(timer)
    },
  }
}
