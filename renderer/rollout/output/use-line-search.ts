/** A search through lines for a component: it runs between frames and continues as the list grows. */
import { useEffect, useMemo, useState } from 'react'
import { LineSearch } from './line-search.ts'

/**
 * Returns the numbers of the lines that pass `test`, as far as the search has come; null where there is no test.
 * `test` must stay the same function for the same query.
 */
export function useLineSearch(
  count: number,
  test: ((i: number) => boolean) | null,
): { readonly found: readonly number[] | null; readonly searching: boolean } {
  const search = useMemo(() => (test ? new LineSearch(test) : null), [test])
  const [progress, setProgress] = useState({ of: search, found: 0, more: false })
  useEffect(() => {
    if (!search) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const searchSlice = (): void => {
      const more = search.searchNext(count)
      setProgress({ of: search, found: search.found.length, more })
      if (more) timer = setTimeout(searchSlice)
    }
    searchSlice()
    return () => {
      clearTimeout(timer)
    }
  }, [search, count])
  const known = progress.of === search ? progress.found : 0
  const found = useMemo(() => search && search.found.slice(0, known), [search, known])
  return { found, searching: search !== null && (progress.of !== search || progress.more) }
}
