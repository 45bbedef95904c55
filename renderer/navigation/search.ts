/** The search over what is open: each view offers its hosts, steps and commands while it is on screen. */
import { useEffect } from 'react'
import type { Status } from '../status/status.ts'
import { go, readRoute } from '../shared/route.ts'
import { searchText } from './text.ts'

export interface Found {
  readonly group: 'Hosts' | 'Steps' | 'Commands' | 'Places'
  readonly title: string
  readonly detail: string
  readonly status?: Status
  readonly go: () => void
}

/** What a view offers to the search; called only when the person searches. */
export type SearchSource = () => readonly Found[]

const sources = new Set<SearchSource>()
const most = 60

/** Offers what `source` returns while the component is mounted. The source must stay the same function. */
export function useSearchSource(source: SearchSource): void {
  useEffect(() => {
    sources.add(source)
    return () => {
      sources.delete(source)
    }
  }, [source])
}

/** The first results, and the number of all. */
export interface Finds {
  readonly found: readonly Found[]
  readonly fits: number
}

/**
 * What has every word of the query in its title, detail or group, the best first, at most 60. Commands and places for a
 * query without words. A link of this program as the query gives the place it leads to.
 */
export function search(query: string, from: Iterable<SearchSource> = sources): Finds {
  const linked = linkIn(query)
  if (linked) return { found: [linked], fits: 1 }
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const all = [...from].flatMap((source) => source())
  if (words.length === 0) return firstOf(all.filter(({ group }) => group === 'Commands' || group === 'Places'))
  return firstOf(
    all
      .flatMap((found) => {
        const title = found.title.toLowerCase()
        const text = `${title} ${found.detail.toLowerCase()} ${found.group.toLowerCase()}`
        if (!words.every((word) => text.includes(word))) return []
        const [first = ''] = words
        return [
          {
            found,
            rank:
              title === query.toLowerCase().trim() ? 0 : title.startsWith(first) ? 1 : title.includes(first) ? 2 : 3,
          },
        ]
      })
      .sort((a, b) => a.rank - b.rank)
      .map(({ found }) => found),
  )
}

function firstOf(all: readonly Found[]): Finds {
  return { found: all.slice(0, most), fits: all.length }
}

// The link may come from an earlier start with another port: only the part after the # counts.
function linkIn(query: string): Found | null {
  const at = query.indexOf('#/')
  const route = at < 0 ? null : readRoute(query.slice(at).trim())
  return route === null || route.view === 'nowhere'
    ? null
    : {
        group: 'Places',
        title: searchText.openLink,
        detail: query.slice(at).trim(),
        go: () => {
          go(route)
        },
      }
}
