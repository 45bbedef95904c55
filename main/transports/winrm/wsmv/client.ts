/** The WS-Management client: every operation of a remote shell, and what happens when its answer is lost. */
import { randomUUID } from 'node:crypto'
import { FailureError } from '../../../../domain/base/failure.ts'
import { cancelled } from '../../shared/failures.ts'
import { hostInUrl, describePeer, type Peer } from '../../shared/peer.ts'
import type { WinrmLimits } from '../limits.ts'
import { readAnswer, writeIdentify, writeRequest, type Request } from './envelope.ts'
import { badStatus, closedCode } from './failures.ts'
import { FaultError, readFault } from './faults.ts'
import { channelOver, type Addresses, type RequestChannel, type OpenConnection } from './request-channel.ts'
import type * as names from './names.ts'
import * as operations from './operations.ts'
import { notYet } from './text.ts'
import type { XmlElement } from './xml.ts'

export interface ClientOptions {
  readonly peer: Peer
  readonly tls: boolean
  readonly limits: WinrmLimits
  readonly open: OpenConnection
  /** Resolves after that many milliseconds, or when the signal aborts; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * Every method throws FailureError: `link` if the answer was lost (the effect of the request is then unknown),
 * FaultError if the host refused, `uncertain` if it was cancelled. Receive waits on a connection of its own, so that
 * all other requests get through meanwhile.
 */
export interface WsmvClient {
  identify(signal: AbortSignal): Promise<operations.Identity>
  /** Asks for the host's limits and observes them from then on. */
  limits(signal: AbortSignal): Promise<operations.HostLimits>
  create(options: operations.ShellOptions, signal: AbortSignal): Promise<string>
  command(shellId: string, line: operations.CommandLine, signal: AbortSignal): Promise<string>
  /** The output since the last call; `not-yet` if there was none within the time of one request. */
  receive(shellId: string, commandId: string, signal: AbortSignal): Promise<operations.Received | 'not-yet'>
  send(shellId: string, commandId: string, bytes: Buffer, end: boolean, signal: AbortSignal): Promise<void>
  signal(shellId: string, commandId: string, code: keyof typeof names.signals, signal: AbortSignal): Promise<void>
  /** Ends a shell and what runs in it; succeeds if the shell does not exist. */
  delete(shellId: string, signal: AbortSignal): Promise<void>
  /** The most bytes one Send can take. */
  payloadBytes(): number
  /** How often a Receive was repeated because its answer was lost: output may have been lost with it. */
  repeats(): number
  /** The addresses of both ends of the connection; undefined before the first answer. */
  addresses(): Addresses | undefined
  close(): void
}

// Room for the header and, under NTLM, the wrapper of the encrypted message: 1.7 kB and 0.4 kB.
const besidePayload = 4_096
const tries = 2
const retryMs = 500

/** A client of one host. It opens its connections when they are needed. */
export function createClient({ peer, tls, limits, open, sleep }: ClientOptions): WsmvClient {
  const openOnce = unlessRefused(open)
  const control = channelOver(openOnce, limits.keepMs)
  const output = channelOver(openOnce, limits.keepMs)
  const host = describePeer(peer)
  const sessionId = guid()
  const to = `${tls ? 'https' : 'http'}://${hostInUrl(peer.address)}:${peer.port}/wsman`
  let { envelopeBytes, operationMs } = limits
  let repeats = 0

  const exchange = async (
    channel: RequestChannel,
    soap: string,
    messageId: string | undefined,
    signal: AbortSignal,
  ): Promise<XmlElement> => {
    try {
      const { status, body } = await channel.send(soap, { signal, timeoutMs: operationMs + limits.slackMs })
      if (status !== 200 && (status !== 500 || body.trim() === '')) throw badStatus(host, status)
      const answer = readAnswer(body, messageId)
      if (answer.fault) throw new FaultError(host, readFault(answer.fault))
      if (status !== 200) throw badStatus(host, status)
      return answer.body
    } catch (error) {
      if (signal.aborted && !(error instanceof FaultError)) throw cancelled(peer)
      throw error
    }
  }
  const ask = (channel: RequestChannel, request: Request, signal: AbortSignal) => {
    const messageId = guid()
    return exchange(
      channel,
      writeRequest({ to, sessionId, maxEnvelopeBytes: envelopeBytes, operationMs }, messageId, request),
      messageId,
      signal,
    )
  }
  // Only for requests that may run twice: each try is a new message on a fresh connection.
  const again = async <T>(
    most: number,
    work: () => Promise<T>,
    signal: AbortSignal,
    onLost: () => void = () => undefined,
  ): Promise<T> => {
    for (let n = 1; ; n++) {
      try {
        return await work()
      } catch (error) {
        if (n >= most || !isLost(error)) throw error
        onLost()
        await sleep(retryMs * 2 ** (n - 1), signal)
      }
    }
  }
  return {
    identify: async (signal) =>
      operations.readIdentity(await again(tries, () => exchange(control, writeIdentify(), undefined, signal), signal)),
    async limits(signal) {
      const hostLimits = operations.readConfig(
        await again(tries, () => ask(control, operations.configRequest(), signal), signal),
      )
      if (hostLimits.maxEnvelopeBytes !== null)
        envelopeBytes = Math.max(Math.min(hostLimits.maxEnvelopeBytes, limits.mostEnvelopeBytes), 2 * besidePayload)
      if (hostLimits.maxTimeoutMs !== null)
        operationMs = Math.max(Math.min(hostLimits.maxTimeoutMs, limits.operationMs), 500)
      return hostLimits
    },
    create: async (options, signal) =>
      operations.readCreated(await ask(control, operations.createRequest(options), signal)),
    command: async (shellId, line, signal) =>
      operations.readCommand(await ask(control, operations.commandRequest(shellId, line), signal)),
    async receive(shellId, commandId, signal) {
      try {
        const body = await again(
          limits.receiveTries,
          () => ask(output, operations.receiveRequest(shellId, commandId), signal),
          signal,
          () => {
            repeats++
          },
        )
        return operations.readReceived(body, commandId)
      } catch (error) {
        if (error instanceof FaultError && error.fault.code === notYet) return 'not-yet'
        throw error
      }
    },
    async send(shellId, commandId, bytes, end, signal) {
      operations.demandElement(
        await ask(control, operations.sendRequest(shellId, commandId, bytes, end), signal),
        'SendResponse',
      )
    },
    async signal(shellId, commandId, code, signal) {
      const body = await again(
        tries,
        () => ask(control, operations.signalRequest(shellId, commandId, code), signal),
        signal,
      )
      operations.demandElement(body, 'SignalResponse')
    },
    async delete(shellId, signal) {
      try {
        await again(tries, () => ask(control, operations.deleteRequest(shellId), signal), signal)
      } catch (error) {
        if (!(error instanceof FaultError && error.action === 'reopen')) throw error
      }
    },
    payloadBytes: () => Math.floor((envelopeBytes - besidePayload) / 4) * 3,
    repeats: () => repeats,
    addresses: () => control.addresses(),
    close() {
      control.close()
      output.close()
    },
  }
}

// After the host has refused a credential no further connection sends it, not even to clean up: the host may lock the
// account. Connections open one after the other, so that two cannot be refused at once.
function unlessRefused(open: OpenConnection): OpenConnection {
  let before: Promise<unknown> = Promise.resolve()
  let refused: FailureError | undefined
  return (signal) => {
    const opening = before.then(async () => {
      if (refused) throw refused
      try {
        return await open(signal)
      } catch (error) {
        if (error instanceof FailureError && error.failure.kind === 'credential') refused = error
        throw error
      }
    })
    before = opening.catch(() => undefined)
    return opening
  }
}

/** True if it is unknown whether the host got the request. */
function isLost(error: unknown): boolean {
  return (
    error instanceof FailureError &&
    !(error instanceof FaultError) &&
    error.failure.kind === 'link' &&
    error.failure.code !== closedCode
  )
}

/** A new id, as Windows writes them. */
export function guid(): string {
  return randomUUID().toUpperCase()
}
