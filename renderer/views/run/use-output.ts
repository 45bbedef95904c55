/** Owns the output of one attempt in this window: read page by page from where it ended, for as long as the attempt goes on. */
import { useEffect, useMemo, useState } from 'react'
import { type Failure, toFailure } from '../../../domain/failure.ts'
import { useClient } from '../../client/client-context.tsx'
import { OutputLines } from '../../run/output-lines.ts'

const everyMs = 500

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
  const book = useMemo(() => ({ lines: new OutputLines(), from: 0, of: `${runId} ${step ?? ''} ${attempt}` }), [runId, step, attempt])
  const [told, setTold] = useState({ of: book, length: 0, leftOut: 0, failure: null as Failure | null })
  useEffect(() => {
    if (step === null || attempt === 0) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async (): Promise<void> => {
      const page = await client.call('output.read', { runId, step, attempt, from: book.from })
      if (over) return
      book.lines.add(page.chunks)
      book.from = page.next
      setTold({ of: book, length: book.lines.length, leftOut: page.leftOut, failure: null })
      if (page.chunks.length > 0) await read()
      else if (live) timer = setTimeout(begin, everyMs)
    }
    const begin = (): void => {
      read().catch((thrown: unknown) => { if (!over) setTold({ of: book, length: book.lines.length, leftOut: 0, failure: toFailure(thrown) }) })
    }
    begin()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [client, runId, step, attempt, live, book])
  // While another attempt is being read, the old lines are not its lines.
  return told.of === book ? { lines: book.lines, length: told.length, leftOut: told.leftOut, failure: told.failure } : { lines: book.lines, length: 0, leftOut: 0, failure: null }
}
