/** F6 moves between the regions of the window: title bar, rail, page bar, main, side panel, output, Help. */
const order = ['title bar', 'rail', 'page bar', 'main', 'side panel', 'output', 'help']

/** Moves the focus to the next or previous region that is on screen. */
export function moveRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].sort(
    (a, b) => order.indexOf(a.dataset['region'] ?? '') - order.indexOf(b.dataset['region'] ?? ''),
  )
  const here = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[here < 0 ? (by > 0 ? 0 : regions.length - 1) : (here + by + regions.length) % regions.length]
  if (!next) return
  const first = next.querySelector<HTMLElement>('[data-region-first]')
  const inside =
    first ??
    next.querySelector<HTMLElement>(
      '[tabindex="0"], a[href], button:not(:disabled):not([tabindex="-1"]), input:not(:disabled), textarea',
    )
  ;(inside ?? next).focus()
}
