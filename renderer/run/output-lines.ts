/** Owns the lines of an output: chunks that end anywhere become lines, in a window that is not larger than a scroll box can show. */
import type { OutputChunk } from '../../domain/contract/shapes.ts'

export interface OutputLine {
  readonly at: number
  readonly stream: OutputChunk['stream']
  readonly text: string
}

export interface OutputLines {
  readonly lines: readonly OutputLine[]
  /** The last line has no end yet: what comes next on its stream goes on in it. */
  readonly open: boolean
  /** Lines at the beginning that the window no longer holds. */
  readonly gone: number
}

/** Lines a window holds: a scroll box ends at 33 554 432 px, and pages of the store hold the rest. */
export const mostLines = 100_000

export const noLines: OutputLines = { lines: [], open: false, gone: 0 }

/** The lines with more output behind them. */
export function addChunks(before: OutputLines, chunks: readonly OutputChunk[], most: number = mostLines): OutputLines {
  if (chunks.length === 0) return before
  const lines = [...before.lines]
  let { open } = before
  for (const { at, stream, text } of chunks) {
    const parts = text.replaceAll('\r\n', '\n').split('\n')
    parts.forEach((part, i) => {
      const last = lines.at(-1)
      if (i === 0 && open && last?.stream === stream) lines[lines.length - 1] = { ...last, text: last.text + part }
      else if (i < parts.length - 1 || part !== '') lines.push({ at, stream, text: part })
    })
    open = parts.at(-1) !== ''
  }
  const over = Math.max(0, lines.length - most)
  return { lines: over > 0 ? lines.slice(over) : lines, open, gone: before.gone + over }
}
