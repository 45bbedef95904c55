/** Polls for a component: page after page while there is more, and again a little later while more may come. */
import { useEffect, useState } from 'react'
import { type Failure, toFailure } from '../../../domain/base/failure.ts'

const everyMs = 500
const againMs = 2_000

/**
 * Calls `read` until it returns false, then every half second while `live`. A failed read is tried again later.
 * `read` must stay the same function for the same source, and is null while there is nothing to read.
 * Returns how often it was read, so that lines that grow in place are drawn again, and why the last read failed.
 */
export function useReadingOn(
  read: (() => Promise<boolean>) | null,
  live: boolean,
): { readonly turn: number; readonly failure: Failure | null } {
  const [result, setResult] = useState({ of: read, turn: 0, failure: null as Failure | null })
  useEffect(() => {
    if (!read) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const report = (failure: Failure | null): void => {
      setResult(({ of, turn }) => ({ of: read, turn: of === read ? turn + 1 : 1, failure }))
    }
    const readAll = async (): Promise<void> => {
      const more = await read()
      if (over) return
      report(null)
      if (more) await readAll()
      else if (live) timer = setTimeout(begin, everyMs)
    }
    const begin = (): void => {
      readAll().catch((thrown: unknown) => {
        if (over) return
        report(toFailure(thrown))
        timer = setTimeout(begin, againMs)
      })
    }
    begin()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [read, live])
  return result.of === read ? result : { turn: 0, failure: null }
}
