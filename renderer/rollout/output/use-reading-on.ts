/** Owns reading on in a component: page by page for as long as there is more, and again a little later while more may come. */
import { useEffect, useState } from 'react'
import { type Failure, toFailure } from '../../../domain/base/failure.ts'

const everyMs = 500
const againMs = 2_000

/**
 * Calls `read` until it says that there is no more for now; from then on every half second while `live`. Where reading failed, it is tried again a little later. `read` must stay the same function for the same thing,
 * and is null while there is nothing to read. Returns how often it was read, so that what grows in place is drawn again, and why the last time failed.
 */
export function useReadingOn(
  read: (() => Promise<boolean>) | null,
  live: boolean,
): { readonly turn: number; readonly failure: Failure | null } {
  const [told, setTold] = useState({ of: read, turn: 0, failure: null as Failure | null })
  useEffect(() => {
    if (!read) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = (failure: Failure | null): void => {
      setTold(({ of, turn }) => ({ of: read, turn: of === read ? turn + 1 : 1, failure }))
    }
    const go = async (): Promise<void> => {
      const more = await read()
      if (over) return
      tell(null)
      if (more) await go()
      else if (live) timer = setTimeout(begin, everyMs)
    }
    const begin = (): void => {
      go().catch((thrown: unknown) => {
        if (over) return
        tell(toFailure(thrown))
        timer = setTimeout(begin, againMs)
      })
    }
    begin()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [read, live])
  return told.of === read ? told : { turn: 0, failure: null }
}
