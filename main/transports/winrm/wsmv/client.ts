/** Owns the WS-Management client: every operation of a remote shell, and what is done when its answer is lost. */
import { randomUUID } from 'node:crypto'
import { failed, FailureError } from '../../../../domain/base/failure.ts'
import { cancelled } from '../../shared/failures.ts'
import { hostInUrl, describePeer, type Peer } from '../../shared/peer.ts'
import type { WinrmLimits } from '../limits.ts'
import { readAnswer, writeIdentify, writeRequest, type Request } from './envelope.ts'
import { FaultError, notYet, readFault } from './faults.ts'
import { closedCode, laneOver, type Addresses, type RequestChannel, type OpenConnection } from './request-channel.ts'
import type * as names from './names.ts'
import * as operations from './operations.ts'
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
 * Every method throws FailureError: `link` when the answer was lost (what the request did is then unknown), FaultError when the host said no,
 * `uncertain` when it was called off. Receive waits on a connection of its own, so that all others get through meanwhile.
 */
export interface WsmvClient {
  identify(signal: AbortSignal): Promise<operations.Identity>
  /** Asks for the host's limits and keeps to them from then on. */
  limits(signal: AbortSignal): Promise<operations.HostLimits>
  create(options: operations.ShellOptions, signal: AbortSignal): Promise<string>
  command(shellId: string, line: operations.CommandLine, signal: AbortSignal): Promise<string>
  /** What was written since the last one; `not-yet` when there was nothing within the time of one request. */
  receive(shellId: string, commandId: string, signal: AbortSignal): Promise<operations.Received | 'not-yet'>
  send(shellId: string, commandId: string, bytes: Buffer, end: boolean, signal: AbortSignal): Promise<void>
  signal(shellId: string, commandId: string, code: keyof typeof names.signals, signal: AbortSignal): Promise<void>
  /** Ends a shell and what runs in it; a shell that is not there is well too. */
  delete(shellId: string, signal: AbortSignal): Promise<void>
  /** The most bytes one Send can take. */
  payloadBytes(): number
  /** How often a Receive was repeated because its answer was lost: output may have been lost with it. */
  repeats(): number
  /** Where the two ends of the connection are; undefined before the first answer. */
  addresses(): Addresses | undefined
  close(): void
}

// Beside what is sent stand the header, and under NTLM the wrapper of the sealed message: 1.7 kB and 0.4 kB.
const besidePayload = 4_096
const tries = 2
const retryMs = 500

/** A client of one host. Its connections are opened when they are needed. */
export function createClient({ peer, tls, limits, open, sleep }: ClientOptions): WsmvClient {
  const openOnce = unlessRefused(open)
  const control = laneOver(openOnce, limits.keepMs)
  const output = laneOver(openOnce, limits.keepMs)
  const host = describePeer(peer)
  const sessionId = guid()
  const to = `${tls ? 'https' : 'http'}://${hostInUrl(peer.address)}:${peer.port}/wsman`
  let { envelopeBytes, operationMs } = limits
  let repeats = 0

  const exchange = async (
    lane: RequestChannel,
    soap: string,
    messageId: string | undefined,
    signal: AbortSignal,
  ): Promise<XmlElement> => {
    try {
      const { status, body } = await lane.send(soap, { signal, timeoutMs: operationMs + limits.slackMs })
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
  const ask = (lane: RequestChannel, request: Request, signal: AbortSignal) => {
    const messageId = guid()
    return exchange(
      lane,
      writeRequest({ to, sessionId, maxEnvelopeBytes: envelopeBytes, operationMs }, messageId, request),
      messageId,
      signal,
    )
  }
  // Only for what may happen twice: each try is a message of its own on a fresh connection.
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
      const said = operations.readConfig(
        await again(tries, () => ask(control, operations.configRequest(), signal), signal),
      )
      if (said.maxEnvelopeBytes !== null)
        envelopeBytes = Math.max(Math.min(said.maxEnvelopeBytes, limits.mostEnvelopeBytes), 2 * besidePayload)
      if (said.maxTimeoutMs !== null) operationMs = Math.max(Math.min(said.maxTimeoutMs, limits.operationMs), 500)
      return said
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

// A credential that was refused is shown by no further connection, not even to tidy up: the host may lock the account. One opens after the other, so that two cannot be refused at once.
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

/** True where nobody knows whether the host got the request. */
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

function badStatus(host: string, status: number): FailureError {
  switch (status) {
    case 401:
      return failed(
        'credential',
        'not-let-in',
        `${host} no longer accepts the credential.`,
        'Correct the user or the password in the vault; it is not tried again by itself, so that the account is not locked.',
      )
    case 404:
      return failed(
        'host',
        'not-winrm',
        `${host} speaks HTTP, but there is no WinRM.`,
        'Check the port in the plan (5986 with TLS, 5985 without) and run winrm quickconfig on the host.',
      )
    case 413:
      return failed(
        'bug',
        'envelope-too-large',
        `${host} was sent a larger envelope than it takes (HTTP 413).`,
        'Report it with the evidence; raise MaxEnvelopeSizekb on the host meanwhile.',
      )
    case 503:
      return failed(
        'link',
        'winrm-stopped',
        `${host} answers, but its WinRM service is stopped or starting (HTTP 503).`,
        'Start the service WinRM on the host.',
        'backoff',
      )
    default:
      return failed(
        'host',
        'http-status',
        `${host} answered a request of WinRM with HTTP status ${status} and no reason.`,
        'Look at the event log Microsoft-Windows-WinRM on the host, then retry.',
        'backoff',
      )
  }
}
