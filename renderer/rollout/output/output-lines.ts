/** Owns the lines of an output: chunks that end anywhere become lines. They grow in place, so that a million of them cost no copying. */
import type { NumberedChunk, OutputChunk } from '../../../domain/contract/shapes.ts'

export interface OutputLine {
  readonly at: number
  readonly stream: OutputChunk['stream']
  readonly text: string
  /** Which step wrote it, where the output is of many. */
  readonly step: string | null
}

/** Lines a scroll box holds at a time: it ends at 33 554 432 px; the rest is reached page by page. */
export const mostLines = 100_000

export class OutputLines {
  readonly #lines: OutputLine[] = []
  /** The last line of each writer that has no end yet: what that writer says next goes on in it, whoever wrote in between. */
  readonly #open = new Map<string, number>()

  get length(): number {
    return this.#lines.length
  }

  /** The line at that place; undefined outside. */
  at(i: number): OutputLine | undefined {
    return this.#lines[i]
  }

  /** Takes more output in, of one attempt or of many. */
  add(chunks: readonly (OutputChunk | NumberedChunk)[]): void {
    for (const chunk of chunks) {
      const { at, stream, text } = chunk
      const step = 'step' in chunk ? chunk.step : null
      const writer = 'step' in chunk ? `${stream} ${chunk.attempt} ${chunk.step}` : stream
      const parts = text.replaceAll('\r\n', '\n').split('\n')
      parts.forEach((part, i) => {
        const open = i === 0 ? this.#open.get(writer) : undefined
        const begun = open === undefined ? undefined : this.#lines[open]
        if (open !== undefined && begun) this.#lines[open] = { ...begun, text: begun.text + part }
        else if (i < parts.length - 1 || part !== '') this.#lines.push({ at, stream, text: part, step })
        if (i === 0 && parts.length > 1) this.#open.delete(writer)
      })
      if (parts.at(-1) !== '' && (parts.length > 1 || !this.#open.has(writer)))
        this.#open.set(writer, this.#lines.length - 1)
    }
  }
}
