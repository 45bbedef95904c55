/** Owns the output of all hosts in this window: its newest part first, then what comes; what came earlier when it is asked for. */
import { useMemo, useState } from 'react'
import type { NumberedChunk } from '../../../domain/contract/shapes.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { OutputLines } from './output-lines.ts'
import { useReadingOn } from './use-reading-on.ts'

const pageBytes = 2 ** 20

export interface AllOutput {
  readonly lines: OutputLines
  /** How many of the lines are to be shown: the lines themselves grow in place. */
  readonly length: number
  /** Reads what came before; null where everything is read. Lines are new ones then. */
  readonly readEarlier: (() => void) | null
  readonly failure: Failure | null
}

/** The output of every attempt of the run, in the order in which it came. `live` while more may come. */
export function useAllOutput(runId: string, live: boolean): AllOutput {
  const client = useClient()
  const act = useAct()
  const [, drawn] = useState(0)
  const book = useMemo(() => {
    const kept = { lines: new OutputLines(), chunks: [] as NumberedChunk[], read, readEarlier }
    const ask = async (where: { after: number } | { before: number | null }): Promise<NumberedChunk[]> =>
      (await client.call('output.readAll', { runId, where, maxBytes: pageBytes })).chunks
    async function read(): Promise<boolean> {
      const last = kept.chunks.at(-1)?.number
      const found = await ask(last === undefined ? { before: null } : { after: last })
      const fresh = found.filter(({ number }) => number > (kept.chunks.at(-1)?.number ?? 0))
      for (const chunk of fresh) kept.chunks.push(chunk)
      kept.lines.add(fresh)
      return fresh.length > 0
    }
    async function readEarlier(): Promise<void> {
      const first = kept.chunks[0]?.number ?? 1
      const found = (await ask({ before: first })).filter(({ number }) => number < (kept.chunks[0]?.number ?? 1))
      kept.chunks = [...found, ...kept.chunks]
      // A line may have begun in what was not read: all are made anew.
      kept.lines = new OutputLines()
      kept.lines.add(kept.chunks)
    }
    return kept
  }, [client, runId])
  const { failure } = useReadingOn(book.read, live)
  const more = (book.chunks[0]?.number ?? 1) > 1
  const readEarlier = (): void => {
    if (!act.busy)
      void act.run(async () => {
        await book.readEarlier()
        drawn((n) => n + 1)
      })
  }
  return {
    lines: book.lines,
    length: book.lines.length,
    readEarlier: more ? readEarlier : null,
    failure: act.failure ?? failure,
  }
}
