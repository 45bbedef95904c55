/** Reads the output of one attempt page by page, for as long as the attempt runs. */
import { useMemo } from 'react'
import type { Failure } from '../../../domain/base/failure.ts'
import { useClient } from '../../client/client-context.tsx'
import { OutputLines } from './output-lines.ts'
import { useReadingOn } from './use-reading-on.ts'

export interface Output {
  readonly lines: OutputLines
  /** How many of the lines to show: the lines themselves grow in place. */
  readonly length: number
  readonly leftOut: number
  readonly failure: Failure | null
}

/** Returns the output of that attempt; nothing where there is no attempt yet. `live` while more may come. */
export function useOutput(runId: string, step: string | null, attempt: number, live: boolean): Output {
  const client = useClient()
  const output = useMemo(() => {
    const lines = new OutputLines()
    const reader = { lines, from: 0, leftOut: 0, read: null as (() => Promise<boolean>) | null }
    if (step !== null && attempt > 0)
      reader.read = async () => {
        const { from } = reader
        const { chunks, next, leftOut } = await client.call('output.read', { runId, step, attempt, from })
        // Two reads may overlap while an attempt ends: the same page is not added twice.
        if (reader.from === from) {
          lines.add(chunks)
          reader.from = next
          reader.leftOut = leftOut
        }
        return chunks.length > 0
      }
    return reader
  }, [client, runId, step, attempt])
  const { turn, failure } = useReadingOn(output.read, live)
  // Until the first page of another attempt arrives, the old lines are not shown as its output.
  return turn > 0
    ? { lines: output.lines, length: output.lines.length, leftOut: output.leftOut, failure }
    : { lines: output.lines, length: 0, leftOut: 0, failure: null }
}
