/** Owns the lines of an output: chunks that end anywhere become lines. They grow in place, so that a million of them cost no copying. */
import type { OutputChunk } from '../../domain/contract/shapes.ts'

export interface OutputLine {
  readonly at: number
  readonly stream: OutputChunk['stream']
  readonly text: string
}

/** Lines a scroll box holds at a time: it ends at 33 554 432 px; the rest is reached page by page. */
export const mostLines = 100_000

export class OutputLines {
  readonly #lines: OutputLine[] = []
  /** The last line has no end yet: what comes next on its stream goes on in it. */
  #open = false

  get length(): number {
    return this.#lines.length
  }

  /** The line at that place; undefined outside. */
  at(i: number): OutputLine | undefined {
    return this.#lines[i]
  }

  /** Takes more output in. */
  add(chunks: readonly OutputChunk[]): void {
    for (const { at, stream, text } of chunks) {
      const parts = text.replaceAll('\r\n', '\n').split('\n')
      parts.forEach((part, i) => {
        const last = this.#lines.at(-1)
        if (i === 0 && this.#open && last?.stream === stream) this.#lines[this.#lines.length - 1] = { ...last, text: last.text + part }
        else if (i < parts.length - 1 || part !== '') this.#lines.push({ at, stream, text: part })
      })
      this.#open = parts.at(-1) !== ''
    }
  }
}
