/** Owns the output of one attempt in this window: read from where it ended, for as long as the attempt goes on. */
import { useEffect, useState } from 'react'
import { type Failure, toFailure } from '../../../domain/failure.ts'
import { useClient } from '../../client/client-context.tsx'
import { addChunks, noLines, type OutputLines } from '../../run/output-lines.ts'

const everyMs = 500

export interface Output extends OutputLines {
  readonly leftOut: number
  readonly failure: Failure | null
}

const nothing: Output = { ...noLines, leftOut: 0, failure: null }

/** The output of that attempt; nothing where there is no attempt yet. `live` while more may come. */
export function useOutput(runId: string, step: string | null, attempt: number, live: boolean): Output {
  const client = useClient()
  const [output, setOutput] = useState<{ readonly of: string; readonly output: Output }>({ of: '', output: nothing })
  const of = step === null || attempt === 0 ? '' : `${step} ${attempt}`
  useEffect(() => {
    if (step === null || attempt === 0) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let from = 0
    let lines = noLines
    const read = async (): Promise<void> => {
      const page = await client.call('output.read', { runId, step, attempt, from })
      if (over) return
      lines = addChunks(lines, page.chunks)
      from = page.next
      setOutput({ of, output: { ...lines, leftOut: page.leftOut, failure: null } })
      if (page.chunks.length > 0) await read()
      else if (live) timer = setTimeout(begin, everyMs)
    }
    const begin = (): void => {
      read().catch((thrown: unknown) => { if (!over) setOutput({ of, output: { ...lines, leftOut: 0, failure: toFailure(thrown) } }) })
    }
    begin()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [client, runId, step, attempt, live, of])
  // While another attempt is being read, the old lines are not its lines.
  return output.of === of ? output.output : nothing
}
