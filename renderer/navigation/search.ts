/** Owns what can be searched for just now: each view gives its hosts, steps and commands while it is on screen. */
import { useEffect } from 'react'
import type { Status } from '../status/status.ts'
import { go, readRoute } from '../shared/route.ts'

export interface Found {
  readonly group: 'Hosts' | 'Steps' | 'Commands' | 'Places'
  readonly title: string
  readonly detail: string
  readonly status?: Status
  readonly go: () => void
}

/** What is there to be found; asked when the person searches, never before. */
export type SearchSource = () => readonly Found[]

const sources = new Set<SearchSource>()
const most = 60

/** Makes what `source` tells of findable while the component stands. The source must stay the same function. */
export function useSearchSource(source: SearchSource): void {
  useEffect(() => {
    sources.add(source)
    return () => {
      sources.delete(source)
    }
  }, [source])
}

/** What was found: the first of it, and how much fits in all. */
export interface Finds {
  readonly found: readonly Found[]
  readonly fits: number
}

/** What fits the words, the best first, no more than a list can be looked through: every word must stand in title or detail. Without words: commands and places. A link that was copied here leads to its place. */
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

// Copied from a window whose address is another by now: what counts stands behind the sign.
function linkIn(query: string): Found | null {
  const at = query.indexOf('#/')
  const route = at < 0 ? null : readRoute(query.slice(at).trim())
  return route === null || route.view === 'nowhere'
    ? null
    : {
        group: 'Places',
        title: 'Open this link',
        detail: query.slice(at).trim(),
        go: () => {
          go(route)
        },
      }
}
