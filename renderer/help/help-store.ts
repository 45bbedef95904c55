/** What Help shows: whether it is open, the places on the way to the present one, and the search. */
import { create } from 'zustand'
import type { PageLink } from './pages.ts'

/** A page of the guide, the list of keys, or the page that belongs to the present view. */
export type HelpPlace = { readonly kind: 'view' } | { readonly kind: 'keys' } | ({ readonly kind: 'page' } & PageLink)

interface Step {
  readonly place: HelpPlace
  /** The search that led here; going back shows its results again. */
  readonly query: string
}

interface Help {
  readonly open: boolean
  /** True where the person went to Help, so that it takes the focus; F1 leaves the focus in the view. */
  readonly takesFocus: boolean
  readonly steps: readonly [Step, ...Step[]]
  readonly query: string
}

const closed: Help = { open: false, takesFocus: false, steps: [{ place: { kind: 'view' }, query: '' }], query: '' }

export const useHelp = create<Help>(() => closed)

/** Opens Help at the page of the present view, or closes it. */
export function toggleHelp(takesFocus: boolean): void {
  useHelp.setState({ ...closed, open: !useHelp.getState().open, takesFocus })
}

export function closeHelp(): void {
  useHelp.setState(closed)
}

/** Shows another place in Help and leaves the search. */
export function goInHelp(place: HelpPlace): void {
  const { steps, query } = useHelp.getState()
  useHelp.setState({ steps: [...steps, { place, query }], query: '' })
}

/** Leaves the search, or else goes back to the place before, with the search that was left there. */
export function goBackInHelp(): void {
  const { steps, query } = useHelp.getState()
  const [first, ...later] = steps
  if (query !== '') useHelp.setState({ query: '' })
  else useHelp.setState({ steps: [first, ...later.slice(0, -1)], query: later.at(-1)?.query ?? '' })
}

export function searchInHelp(query: string): void {
  useHelp.setState({ query })
}
