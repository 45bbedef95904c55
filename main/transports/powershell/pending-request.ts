/**
 * A request that a resident PowerShell is working on: collects its answer and passes its output on, both within limits.
 */
import type { FailureError } from '../../../domain/base/failure.ts'
import type { OutputChunk } from '../../engine/ports.ts'
import { answerTooLong, outputDropped } from './failures.ts'

export interface AnswerLimits {
  /** The longest answer, in bytes. */
  readonly answerBytes: number
  /** Characters of output passed on for one request; the rest is dropped, and a note says so. */
  readonly outputCharacters: number
}

export class PendingRequest {
  readonly id: number
  readonly #limits: AnswerLimits
  readonly #onOutput: (chunk: OutputChunk) => void
  readonly #end = Promise.withResolvers<string>()
  readonly #answer: Buffer[] = []
  #answerBytes = 0
  #outputCharacters = 0

  constructor(id: number, limits: AnswerLimits, onOutput: (chunk: OutputChunk) => void) {
    this.id = id
    this.#limits = limits
    this.#onOutput = onOutput
  }

  /** The word with which the host ended the request. Rejects with the FailureError given to `fail`. */
  get end(): Promise<string> {
    return this.#end.promise
  }

  /** The answer as far as it has arrived. */
  get answer(): string {
    return Buffer.concat(this.#answer).toString('utf8')
  }

  /** Adds a part of the answer. Returns the FailureError of an answer that is too long. */
  take(part: Buffer): FailureError | undefined {
    this.#answerBytes += part.length
    if (this.#answerBytes > this.#limits.answerBytes) return answerTooLong(this.#limits.answerBytes)
    this.#answer.push(part)
    return undefined
  }

  /** Passes output on, up to the limit. */
  output(chunk: OutputChunk): void {
    const room = this.#limits.outputCharacters - this.#outputCharacters
    this.#outputCharacters += chunk.text.length
    if (room <= 0) return
    this.#onOutput(
      chunk.text.length <= room
        ? chunk
        : { stream: chunk.stream, text: `${chunk.text.slice(0, room)}${outputDropped}` },
    )
  }

  settle(ending: string): void {
    this.#end.resolve(ending)
  }

  fail(error: FailureError): void {
    this.#end.reject(error)
  }
}
