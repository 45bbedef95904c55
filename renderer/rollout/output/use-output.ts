/** Owns the output of one attempt in this window: read page by page from where it ended, for as long as the attempt goes on. */
import { useMemo } from 'react'
import type { Failure } from '../../../domain/base/failure.ts'
import { useClient } from '../../client/client-context.tsx'
import { OutputLines } from './output-lines.ts'
import { useReadingOn } from './use-reading-on.ts'

export interface Output {
  readonly lines: OutputLines
  /** How many of the lines are to be shown: the lines themselves grow in place. */
  readonly length: number
  readonly leftOut: number
  readonly failure: Failure | null
}

/** The output of that attempt; nothing where there is no attempt yet. `live` while more may come. */
export function useOutput(runId: string, step: string | null, attempt: number, live: boolean): Output {
  const client = useClient()
  const book = useMemo(() => {
    const lines = new OutputLines()
    const kept = { lines, from: 0, leftOut: 0, read: null as (() => Promise<boolean>) | null }
    if (step !== null && attempt > 0)
      kept.read = async () => {
        const { from } = kept
        const { chunks, next, leftOut } = await client.call('output.read', { runId, step, attempt, from })
        // Two readings may meet while an attempt ends: what the other has taken in meanwhile is not taken twice.
        if (kept.from === from) {
          lines.add(chunks)
          kept.from = next
          kept.leftOut = leftOut
        }
        return chunks.length > 0
      }
    return kept
  }, [client, runId, step, attempt])
  const { turn, failure } = useReadingOn(book.read, live)
  // While another attempt is being read, the old lines are not its lines.
  return turn > 0
    ? { lines: book.lines, length: book.lines.length, leftOut: book.leftOut, failure }
    : { lines: book.lines, length: 0, leftOut: 0, failure: null }
}
