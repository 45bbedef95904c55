/**
 * Keeps the focus: it moves into what a button opens, back to that button on closing, and on when its element is
 * removed.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

// What a form is not to begin with can say so of something else: data-first.
const firstField = '[data-first], input:not([type="hidden"]):enabled, textarea:enabled, select:enabled'

/**
 * The place in which a part opens and closes, often where its button stood. While `open`, its first field got the
 * focus; afterwards the focus goes back to what
 * had it or, where that was gone meanwhile, to the element whose data-opener is `opener`, and to the region around it
 * where there is none either.
 */
export function useFocusOnOpen<T extends HTMLElement>(open: boolean, opener = ''): RefObject<T | null> {
  const place = useRef<T>(null)
  // As it is when it closes: what was opened may have taken its opener away for good.
  const back = useRef(opener)
  useLayoutEffect(() => {
    back.current = opener
  }, [opener])
  useEffect(() => {
    const here = place.current
    if (!open || !here) return
    const before = document.activeElement
    const region = here.closest('[data-region]')
    here.querySelector<HTMLElement>(firstField)?.focus()
    return () => {
      const again = [...here.querySelectorAll('[data-opener]')].find(
        (opener) => opener.getAttribute('data-opener') === back.current,
      )
      catchFocus(again, before, region, document.getElementById('main'))
    }
  }, [open])
  return place
}

/**
 * A panel beside what opened it, which keeps the focus: it gets it back when the panel goes and takes it along.
 * `about` is what the panel shows now.
 */
export function useRestoreFocus<T extends HTMLElement>(about: string): RefObject<T | null> {
  const panel = useRef<T>(null)
  const opener = useRef<Element>(null)
  useEffect(() => {
    // What is renamed in the panel itself was opened by what opened it before.
    if (!panel.current?.contains(document.activeElement)) opener.current = document.activeElement
  }, [about])
  useEffect(
    () => () => {
      catchFocus(opener.current, document.getElementById('main'))
    },
    [],
  )
  return panel
}

/** Hands the focus to the element of that id when this part goes and takes it along. */
export function useFocusHeir(id: string): void {
  useEffect(
    () => () => {
      catchFocus(document.getElementById(id))
    },
    [id],
  )
}

// Whoever went elsewhere meanwhile stays there.
function catchFocus(...heirs: readonly (Element | null | undefined)[]): void {
  if (document.activeElement !== document.body) return
  const heir = heirs.find(
    (candidate) => candidate instanceof HTMLElement && candidate.isConnected && candidate !== document.body,
  )
  if (heir instanceof HTMLElement) heir.focus()
}
