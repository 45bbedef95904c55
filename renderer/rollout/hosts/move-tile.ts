/** Keyboard navigation between tiles: along the row, to the nearest tile above or below, to the ends. */

/** Moves the focus inside `farm` for a key. Returns false where the key has no meaning here. */
export function moveTile(farm: HTMLElement, key: string): boolean {
  const box = farm.closest('[data-scroll]')
  if (box && (key === 'Home' || key === 'End')) {
    // The ends of a long farm are mounted only once they are scrolled into view.
    box.scrollTop = key === 'Home' ? 0 : box.scrollHeight
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        step(farm, key)
      }),
    )
    return true
  }
  return step(farm, key)
}

function step(farm: HTMLElement, key: string): boolean {
  const tiles = [...farm.querySelectorAll<HTMLElement>('[data-tile]')]
  const here = tiles.findIndex((tile) => tile === document.activeElement)
  const next = here < 0 ? tiles[0] : target(tiles, here, key)
  if (!next || !['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)) return false
  for (const tile of tiles) tile.tabIndex = tile === next ? 0 : -1
  next.focus()
  return true
}

function target(tiles: readonly HTMLElement[], here: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowRight':
      return tiles[here + 1] ?? tiles[here]
    case 'ArrowLeft':
      return tiles[here - 1] ?? tiles[here]
    case 'Home':
      return tiles[0]
    case 'End':
      return tiles.at(-1)
    case 'ArrowUp':
      return nearest(tiles, here, -1)
    case 'ArrowDown':
      return nearest(tiles, here, 1)
    default:
      return undefined
  }
}

function nearest(tiles: readonly HTMLElement[], here: number, direction: 1 | -1): HTMLElement | undefined {
  const from = tiles[here]?.getBoundingClientRect()
  if (!from) return undefined
  let best: HTMLElement | undefined
  let bestCost = Number.POSITIVE_INFINITY
  for (const tile of tiles) {
    const box = tile.getBoundingClientRect()
    const rows = (box.top - from.top) * direction
    if (rows < 4) continue
    // Rows count first, then the distance along the row.
    const cost = rows * 1000 + Math.abs(box.left - from.left)
    if (cost < bestCost) {
      bestCost = cost
      best = tile
    }
  }
  return best ?? tiles[here]
}
