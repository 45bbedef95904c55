/** Owns a search through lines in a component: it goes on between frames and grows with the list. */
import { useEffect, useMemo, useState } from 'react'
import { LineSearch } from './line-search.ts'

/** The numbers of the lines that pass, as far as they are found; null where everything is wanted. `test` must stay the same function for the same question. */
export function useLineSearch(
  count: number,
  test: ((i: number) => boolean) | null,
): { readonly found: readonly number[] | null; readonly searching: boolean } {
  const search = useMemo(() => (test ? new LineSearch(test) : null), [test])
  const [progress, setProgress] = useState({ of: search, found: 0, more: false })
  useEffect(() => {
    if (!search) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const go = (): void => {
      const more = search.look(count)
      setProgress({ of: search, found: search.found.length, more })
      if (more) timer = setTimeout(go)
    }
    go()
    return () => {
      clearTimeout(timer)
    }
  }, [search, count])
  const known = progress.of === search ? progress.found : 0
  const found = useMemo(() => search && search.found.slice(0, known), [search, known])
  return { found, searching: search !== null && (progress.of !== search || progress.more) }
}
