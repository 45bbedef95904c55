/** One PowerShell on a host, from its start to its end, and the one request it works on. */
import { randomBytes } from 'node:crypto'
import type { FailureError } from '../../../domain/base/failure.ts'
import type { OutputChunk } from '../../engine/ports.ts'
import { helloLine, refusedPrefix } from './bootstrap.ts'
import { drained, type ByteChannel } from './byte-channel.ts'
import * as failures from './failures.ts'
import { cancelLine, lineSplitter, openingLine, parseLine, runLine, scriptLine, type Received } from './frames.ts'
import { PendingRequest, type AnswerLimits } from './pending-request.ts'
import type { Script, Scripts } from './scripts.ts'

/** How a request ended: with an envelope, or stopped at the time limit or by us. */
export type Ending =
  | { readonly kind: 'answered'; readonly envelope: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled' }

export interface ResidentLimits extends AnswerLimits {
  /** Milliseconds until a started PowerShell must be ready. */
  readonly startMs: number
  /** Milliseconds beyond a request's own time limit after which Rollout gives up on the host. */
  readonly graceMs: number
}

export interface ResidentRequest {
  readonly script: Script
  readonly params: unknown
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly onOutput: (chunk: OutputChunk) => void
  /** No other request follows: standard input ends with this one. */
  readonly last: boolean
}

/**
 * The PowerShell of a channel. It works on one request at a time; when the channel ends, the request fails with kind
 * `link`.
 */
export class Resident {
  readonly #channel: ByteChannel
  readonly #limits: ResidentLimits
  readonly #nonce = randomBytes(16).toString('hex')
  readonly #sent = new Set<string>()
  readonly #hello = Promise.withResolvers<void>()
  readonly #ready = Promise.withResolvers<void>()
  #lastId = 0
  #pending: PendingRequest | undefined
  #lastText = ''
  #death: FailureError | undefined

  constructor(channel: ByteChannel, limits: ResidentLimits) {
    this.#channel = channel
    this.#limits = limits
    // Possibly nothing awaits these when the process ends: an unhandled rejection would end this program too.
    this.#hello.promise.catch(() => undefined)
    this.#ready.promise.catch(() => undefined)
    const lines = lineSplitter((line) => {
      this.#take(line)
    })
    const stray = (chunk: string | Uint8Array) => {
      this.#stray('error', typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
    }
    const broken = (error: Error) => {
      this.#end(failures.linkBroken(error))
    }
    channel.stdout
      .on('data', (chunk: string | Uint8Array) => {
        lines.push(chunk)
      })
      .on('end', () => {
        lines.end()
      })
      .on('error', broken)
    channel.stderr.on('data', stray).on('error', broken)
    channel.stdin.on('error', broken)
    void channel.exit.then(async ({ reason, failure }) => {
      // The last output may still be on its way to us.
      await drained(channel)
      this.#end(failure ?? failures.powershellEnded(reason, this.#evidence()))
    })
  }

  /** True while it accepts requests. */
  get alive(): boolean {
    return this.#death === undefined
  }

  /**
   * Sends module, worker and loop. `last` sends without waiting, for a host that passes standard input on only when it
   * has ended. Throws FailureError when the PowerShell does not become ready, or when `signal` aborts.
   */
  async open(scripts: Scripts, signal: AbortSignal, last: boolean): Promise<void> {
    const helloBy = last ? Math.min(this.#limits.startMs, 5_000) : this.#limits.startMs
    const greeted = await this.#within(this.#hello.promise, helloBy, signal)
    if (!greeted && !last) throw this.#give(failures.noHello(helloBy, this.#evidence()))
    this.#write(openingLine(this.#nonce, scripts))
    if (last) return
    if (!(await this.#within(this.#ready.promise, this.#limits.startMs, signal)))
      throw this.#give(failures.notReady(this.#limits.startMs, this.#evidence()))
  }

  /** Runs one script. Throws FailureError of kind `link` when the PowerShell ended meanwhile. */
  async run(request: ResidentRequest): Promise<Ending> {
    if (this.#death) throw this.#death
    const id = ++this.#lastId
    const pending = new PendingRequest(id, this.#limits, request.onOutput)
    this.#pending = pending
    const answerMs = request.timeoutMs + this.#limits.graceMs
    const overdue = setTimeout(() => {
      this.#give(failures.noAnswer(answerMs, this.#evidence()))
    }, answerMs)
    let stuck: NodeJS.Timeout | undefined
    const onAbort = () => {
      if (!request.last) this.#write(cancelLine(id))
      stuck = setTimeout(
        () => {
          this.#give(failures.cancelled())
        },
        request.last ? 0 : 5_000,
      )
    }
    try {
      if (!this.#sent.has(request.script.hash)) this.#write(scriptLine(request.script))
      this.#sent.add(request.script.hash)
      this.#write(runLine(id, request.timeoutMs, request.script, request.params))
      if (request.last) this.#channel.stdin.end()
      request.signal.addEventListener('abort', onAbort, { once: true })
      if (request.signal.aborted) onAbort()
      const [ending, state] = (await pending.end).split(' ')
      if (state === 'stuck') this.#give(failures.callStuck())
      switch (ending) {
        case 'done':
          return { kind: 'answered', envelope: pending.answer }
        case 'timeout':
          return { kind: 'timeout' }
        case 'cancelled':
          return { kind: 'cancelled' }
        default:
          throw failures.unknownEnding(ending)
      }
    } finally {
      clearTimeout(overdue)
      clearTimeout(stuck)
      request.signal.removeEventListener('abort', onAbort)
      this.#pending = undefined
    }
  }

  /** Ends the PowerShell: by the end of its input first, so that it may exit by itself, then by force. Never throws. */
  async close(): Promise<void> {
    this.#end(failures.sessionClosed())
    if (!this.#channel.stdin.destroyed) this.#channel.stdin.end()
    let timer: NodeJS.Timeout | undefined
    await Promise.race([
      this.#channel.exit,
      new Promise((resolve) => {
        timer = setTimeout(resolve, 2_000)
      }),
    ])
    clearTimeout(timer)
    this.#channel.kill()
  }

  #write(line: string): void {
    if (this.#death === undefined && !this.#channel.stdin.destroyed) this.#channel.stdin.write(line)
  }

  #take(line: string): void {
    // In a terminal PowerShell 7 writes control sequences in front of its first line.
    const text = line.trimEnd()
    if (text.endsWith(helloLine)) return this.#hello.resolve()
    const refused = text.lastIndexOf(`${refusedPrefix} `)
    if (refused !== -1 && /^[a-z-]+$/.test(text.slice(refused + refusedPrefix.length + 1))) {
      this.#give(failures.bootstrapRefused(text.slice(refused + refusedPrefix.length + 1)))
      return
    }
    for (const received of parseLine(line, this.#nonce)) this.#receive(received)
  }

  #receive(received: Received): void {
    if (received.kind === 'stray') return this.#stray('output', received.text)
    const { id, frame, payload } = received
    if (frame === 'ready') return this.#ready.resolve()
    const pending = this.#pending
    if (pending?.id !== id) return
    switch (frame) {
      case 'data': {
        const tooLong = pending.take(payload)
        if (tooLong) this.#give(tooLong)
        return
      }
      case 'end':
        return pending.settle(payload.toString('utf8'))
      case 'output':
      case 'error':
      case 'warning':
      case 'verbose':
        return pending.output({ stream: frame, text: payload.toString('utf8') })
    }
  }

  // Text that a program or a banner wrote beside the protocol: output of the running request, and evidence if this is
  // its end.
  #stray(stream: 'output' | 'error', text: string): void {
    this.#lastText = (this.#lastText + text).slice(-2_000)
    this.#pending?.output({ stream, text })
  }

  #evidence(): string[] {
    return this.#lastText.trim() === '' ? [] : [this.#lastText.trim()]
  }

  #give(error: FailureError): FailureError {
    this.#end(error)
    this.#channel.kill()
    return error
  }

  #end(error: FailureError): void {
    this.#death ??= error
    this.#hello.reject(this.#death)
    this.#ready.reject(this.#death)
    this.#pending?.fail(this.#death)
  }

  // True once the promise resolves; false after `ms`. Throws its error, or the cancellation.
  async #within(promise: Promise<void>, ms: number, signal: AbortSignal): Promise<boolean> {
    const first = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => {
      first.resolve(false)
    }, ms)
    const onAbort = () => {
      first.reject(this.#give(failures.cancelled()))
    }
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    promise.then(() => {
      first.resolve(true)
    }, first.reject)
    try {
      return await first.promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
  }
}
