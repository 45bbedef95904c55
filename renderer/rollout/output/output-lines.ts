/** Turns chunks of output, which may end anywhere, into lines. Lines grow in place: a million cost no copying. */
import type { NumberedChunk, OutputChunk } from '../../../domain/contract/shapes.ts'

export interface OutputLine {
  readonly at: number
  readonly stream: OutputChunk['stream']
  readonly text: string
  /** The step that wrote it, where the output is of many steps. */
  readonly step: string | null
}

/** The most lines in a scroll box, whose height is limited to 33 554 432 px; the rest is paged. */
export const mostLines = 100_000

export class OutputLines {
  readonly #lines: OutputLine[] = []
  /** The unfinished last line of each writer: its next chunk continues that line, whoever wrote in between. */
  readonly #open = new Map<string, number>()

  get length(): number {
    return this.#lines.length
  }

  /** Returns the line with that number; undefined outside. */
  at(i: number): OutputLine | undefined {
    return this.#lines[i]
  }

  /** Adds more output, of one attempt or of many. */
  add(chunks: readonly (OutputChunk | NumberedChunk)[]): void {
    for (const chunk of chunks) {
      const { at, stream, text } = chunk
      const step = 'step' in chunk ? chunk.step : null
      const writer = 'step' in chunk ? `${stream} ${chunk.attempt} ${chunk.step}` : stream
      const parts = text.replaceAll('\r\n', '\n').split('\n')
      parts.forEach((part, i) => {
        const open = i === 0 ? this.#open.get(writer) : undefined
        const unfinished = open === undefined ? undefined : this.#lines[open]
        if (open !== undefined && unfinished) this.#lines[open] = { ...unfinished, text: unfinished.text + part }
        else if (i < parts.length - 1 || part !== '') this.#lines.push({ at, stream, text: part, step })
        if (i === 0 && parts.length > 1) this.#open.delete(writer)
      })
      if (parts.at(-1) !== '' && (parts.length > 1 || !this.#open.has(writer)))
        this.#open.set(writer, this.#lines.length - 1)
    }
  }
}
