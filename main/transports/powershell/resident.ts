/** Owns Resident: one PowerShell on a host from its hello to its end, and the one request it works on. */
import { randomBytes } from 'node:crypto'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import type { OutputChunk } from '../../engine/ports.ts'
import { helloLine, refusedPrefix } from './bootstrap.ts'
import type { ByteChannel } from './byte-channel.ts'
import { cancelLine, lineSplitter, openingLine, parseLine, runLine, scriptLine, type Received } from './frames.ts'
import type { Script, Scripts } from './scripts.ts'

/** How a request ended: with an envelope, or stopped at the time limit or by us. */
export type Ending =
  | { readonly kind: 'answered'; readonly envelope: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled' }

export interface ResidentLimits {
  /** Milliseconds until a started PowerShell must be ready. */
  readonly startMs: number
  /** Milliseconds beyond a request's own time limit after which the host is given up. */
  readonly graceMs: number
  /** The longest answer, in bytes. */
  readonly answerBytes: number
  /** Characters of output passed on for one request; what comes after is dropped, and said to be. */
  readonly outputCharacters: number
}

export interface ResidentRequest {
  readonly script: Script
  readonly params: unknown
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly onOutput: (chunk: OutputChunk) => void
  /** No second request will follow: standard input ends with this one. */
  readonly last: boolean
}

type Waiting = {
  readonly id: number
  readonly answer: Buffer[]
  answerBytes: number
  outputCharacters: number
  readonly onOutput: (chunk: OutputChunk) => void
  readonly settle: (end: string) => void
  readonly fail: (error: FailureError) => void
}

/** The PowerShell of a channel. It works on one request at a time; when the channel ends, so does it, and the request with `link`. */
export class Resident {
  readonly #channel: ByteChannel
  readonly #limits: ResidentLimits
  readonly #nonce = randomBytes(16).toString('hex')
  readonly #sent = new Set<string>()
  readonly #hello = Promise.withResolvers<void>()
  readonly #ready = Promise.withResolvers<void>()
  #lastId = 0
  #waiting: Waiting | undefined
  #lastWords = ''
  #death: FailureError | undefined

  constructor(channel: ByteChannel, limits: ResidentLimits) {
    this.#channel = channel
    this.#limits = limits
    // Nobody may be waiting for either when the process ends: an unhandled rejection would take us down with it.
    this.#hello.promise.catch(() => undefined)
    this.#ready.promise.catch(() => undefined)
    const lines = lineSplitter((line) => {
      this.#take(line)
    })
    const stray = (chunk: string | Uint8Array) => {
      this.#stray('error', typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
    }
    const broken = (error: Error) => {
      this.#end(
        failed(
          'link',
          'link-lost',
          `The link to the host's PowerShell broke: ${error.message}.`,
          'Retry: what the last request did is looked at first.',
          'backoff',
        ),
      )
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
      // What it wrote last may still be on its way to us.
      await ended(channel)
      this.#end(
        failure ??
          failed(
            'link',
            'powershell-ended',
            `The host's PowerShell ended: ${reason}`,
            'Retry: what the last request did is looked at first.',
            'backoff',
            this.#evidence(),
          ),
      )
    })
  }

  /** True while it can be given a request. */
  get alive(): boolean {
    return this.#death === undefined
  }

  /** Hands over module, worker and loop. `last` sends without waiting, for a host that passes standard input on only when it has ended. */
  async open(scripts: Scripts, signal: AbortSignal, last: boolean): Promise<void> {
    const helloBy = last ? Math.min(this.#limits.startMs, 5_000) : this.#limits.startMs
    const greeted = await this.#within(this.#hello.promise, helloBy, signal)
    if (!greeted && !last)
      throw this.#give(
        failed(
          'host',
          'powershell-silent',
          `The host's PowerShell did not say hello within ${helloBy} ms.`,
          'Look at the evidence; a profile or a policy may hold it up.',
          'backoff',
          this.#evidence(),
        ),
      )
    this.#write(openingLine(this.#nonce, scripts))
    if (last) return
    if (!(await this.#within(this.#ready.promise, this.#limits.startMs, signal)))
      throw this.#give(
        failed(
          'host',
          'powershell-silent',
          `The host's PowerShell was not ready within ${this.#limits.startMs} ms.`,
          'Look at the evidence; a policy may keep it from running scripts.',
          'backoff',
          this.#evidence(),
        ),
      )
  }

  /** Runs one script. Throws FailureError of kind `link` when the PowerShell ended meanwhile. */
  async run(request: ResidentRequest): Promise<Ending> {
    if (this.#death) throw this.#death
    const id = ++this.#lastId
    const done = Promise.withResolvers<string>()
    const waiting: Waiting = {
      id,
      answer: [],
      answerBytes: 0,
      outputCharacters: 0,
      onOutput: request.onOutput,
      settle: done.resolve,
      fail: done.reject,
    }
    this.#waiting = waiting
    const overdue = setTimeout(() => {
      this.#give(
        failed(
          'link',
          'no-answer',
          `The host did not answer within ${request.timeoutMs + this.#limits.graceMs} ms.`,
          'Retry: what the request did is looked at first.',
          'backoff',
          this.#evidence(),
        ),
      )
    }, request.timeoutMs + this.#limits.graceMs)
    let stuck: NodeJS.Timeout | undefined
    const onAbort = () => {
      if (!request.last) this.#write(cancelLine(id))
      stuck = setTimeout(
        () => {
          this.#give(cancelled())
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
      const [ending, state] = (await done.promise).split(' ')
      if (state === 'stuck')
        this.#give(
          failed(
            'link',
            'powershell-ended',
            'A call on the host did not come back; its PowerShell was ended.',
            'Retry.',
            'backoff',
          ),
        )
      switch (ending) {
        case 'done':
          return { kind: 'answered', envelope: Buffer.concat(waiting.answer).toString('utf8') }
        case 'timeout':
          return { kind: 'timeout' }
        case 'cancelled':
          return { kind: 'cancelled' }
        default:
          throw failed(
            'bug',
            'bad-frame',
            `The host's PowerShell ended a request in a way that is not known: ${ending}.`,
            'Report it.',
          )
      }
    } finally {
      clearTimeout(overdue)
      clearTimeout(stuck)
      request.signal.removeEventListener('abort', onAbort)
      this.#waiting = undefined
    }
  }

  /** Ends it: by the end of its input first, so that it may go by itself, then by force. Never throws. */
  async close(): Promise<void> {
    this.#end(failed('link', 'session-closed', 'The session was closed.', 'Open a new one.'))
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
    if (line.trimEnd() === helloLine) return this.#hello.resolve()
    if (line.startsWith(refusedPrefix)) {
      this.#give(refused(line.slice(refusedPrefix.length).trim()))
      return
    }
    for (const received of parseLine(line, this.#nonce)) this.#receive(received)
  }

  #receive(received: Received): void {
    if (received.kind === 'stray') return this.#stray('output', received.text)
    const { id, frame, payload } = received
    if (frame === 'ready') return this.#ready.resolve()
    const waiting = this.#waiting
    if (waiting?.id !== id) return
    switch (frame) {
      case 'data':
        waiting.answerBytes += payload.length
        if (waiting.answerBytes > this.#limits.answerBytes) {
          this.#give(
            failed(
              'host',
              'answer-too-long',
              `The host's answer is longer than ${this.#limits.answerBytes} bytes.`,
              'Ask for less at a time.',
            ),
          )
          return
        }
        waiting.answer.push(payload)
        return
      case 'end':
        return waiting.settle(payload.toString('utf8'))
      case 'output':
      case 'error':
      case 'warning':
      case 'verbose':
        return this.#output(waiting, { stream: frame, text: payload.toString('utf8') })
    }
  }

  #output(waiting: Waiting, chunk: OutputChunk): void {
    const room = this.#limits.outputCharacters - waiting.outputCharacters
    waiting.outputCharacters += chunk.text.length
    if (room <= 0) return
    waiting.onOutput(
      chunk.text.length <= room
        ? chunk
        : { stream: chunk.stream, text: `${chunk.text.slice(0, room)}\n[output after this was dropped]\n` },
    )
  }

  // What a program or a banner wrote beside the protocol: output of the request that runs, and evidence should this be its end.
  #stray(stream: 'output' | 'error', text: string): void {
    this.#lastWords = (this.#lastWords + text).slice(-2_000)
    if (this.#waiting) this.#output(this.#waiting, { stream, text })
  }

  #evidence(): string[] {
    return this.#lastWords.trim() === '' ? [] : [this.#lastWords.trim()]
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
    this.#waiting?.fail(this.#death)
  }

  // True once it is there; false when the time is over. Throws what it throws, or the cancellation.
  async #within(promise: Promise<void>, ms: number, signal: AbortSignal): Promise<boolean> {
    const first = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => {
      first.resolve(false)
    }, ms)
    const onAbort = () => {
      first.reject(this.#give(cancelled()))
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

/** What a cancelled request fails with: it may have had an effect. */
export function cancelled(): FailureError {
  return failed(
    'uncertain',
    'cancelled',
    'The request was cancelled while it ran on the host.',
    'Look at the host before it is run again.',
  )
}

// A stream of a process that is gone still holds what it wrote last, unless the link went with it.
async function ended(channel: ByteChannel): Promise<void> {
  const drained = [channel.stdout, channel.stderr].map(async (stream) => {
    if (!stream.readableEnded && !stream.destroyed)
      await new Promise<void>((resolve) => {
        stream.once('end', resolve).once('close', resolve)
      })
  })
  let timer: NodeJS.Timeout | undefined
  await Promise.race([
    Promise.all(drained),
    new Promise((resolve) => {
      timer = setTimeout(resolve, 1_000)
    }),
  ])
  clearTimeout(timer)
}

function refused(word: string): FailureError {
  return word === 'version'
    ? failed(
        'host',
        'powershell-too-old',
        'The PowerShell of this host is older than 5.1.',
        'Install Windows Management Framework 5.1 on the host.',
      )
    : failed(
        'host',
        'powershell-restricted',
        'A policy of this host restricts the PowerShell language, so the rollout cannot work there.',
        'Let the account run in full language mode (AppLocker or application control policy).',
        'never',
        [word],
      )
}
