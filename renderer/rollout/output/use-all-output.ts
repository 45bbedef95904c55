/** Reads the output of all hosts: the newest part first, then new output as it arrives, earlier output on request. */
import { useMemo, useState } from 'react'
import type { NumberedChunk } from '../../../domain/contract/shapes.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { OutputLines } from './output-lines.ts'
import { useReadingOn } from './use-reading-on.ts'

const pageBytes = 2 ** 20

export interface AllOutput {
  readonly lines: OutputLines
  /** How many of the lines to show: the lines themselves grow in place. */
  readonly length: number
  /** Reads earlier output, which replaces `lines`; null where everything is read. */
  readonly readEarlier: (() => void) | null
  readonly failure: Failure | null
}

/** Returns the output of every attempt of the run, in order of arrival. `live` while more may come. */
export function useAllOutput(runId: string, live: boolean): AllOutput {
  const client = useClient()
  const act = useAct()
  const [, redraw] = useState(0)
  const output = useMemo(() => {
    const reader = { lines: new OutputLines(), chunks: [] as NumberedChunk[], read, readEarlier }
    const ask = async (where: { after: number } | { before: number | null }): Promise<NumberedChunk[]> =>
      (await client.call('output.readAll', { runId, where, maxBytes: pageBytes })).chunks
    async function read(): Promise<boolean> {
      const last = reader.chunks.at(-1)?.number
      const found = await ask(last === undefined ? { before: null } : { after: last })
      const fresh = found.filter(({ number }) => number > (reader.chunks.at(-1)?.number ?? 0))
      for (const chunk of fresh) reader.chunks.push(chunk)
      reader.lines.add(fresh)
      return fresh.length > 0
    }
    async function readEarlier(): Promise<void> {
      const first = reader.chunks[0]?.number ?? 1
      const found = (await ask({ before: first })).filter(({ number }) => number < (reader.chunks[0]?.number ?? 1))
      reader.chunks = [...found, ...reader.chunks]
      // A line may begin in the earlier part: all lines are built again.
      reader.lines = new OutputLines()
      reader.lines.add(reader.chunks)
    }
    return reader
  }, [client, runId])
  const { failure } = useReadingOn(output.read, live)
  const more = (output.chunks[0]?.number ?? 1) > 1
  const readEarlier = (): void => {
    if (!act.busy)
      void act.run(async () => {
        await output.readEarlier()
        redraw((n) => n + 1)
      })
  }
  return {
    lines: output.lines,
    length: output.lines.length,
    readEarlier: more ? readEarlier : null,
    failure: act.failure ?? failure,
  }
}
