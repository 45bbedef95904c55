/** Arrow keys on the map: each leads to the nearest stop in its direction. */

export interface Stop {
  readonly id: string
  /** Its middle. */
  readonly x: number
  readonly y: number
}

const ways: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}

/**
 * The stop that a key leads to from `here`; undefined for other keys and where no stop lies in that direction.
 * Home and End lead to the first and the last.
 */
export function nextStop(stops: readonly Stop[], here: string | null, key: string): Stop | undefined {
  const from = stops.find((stop) => stop.id === here)
  if (key === 'Home' || (from === undefined && key in ways)) return stops[0]
  if (key === 'End') return stops.at(-1)
  const way = ways[key]
  if (!way || !from) return undefined
  let best: Stop | undefined
  let bestCost = Number.POSITIVE_INFINITY
  for (const stop of stops) {
    const along = (stop.x - from.x) * way[0] + (stop.y - from.y) * way[1]
    const aside = Math.abs((stop.x - from.x) * way[1]) + Math.abs((stop.y - from.y) * way[0])
    // A stop far to the side belongs to another direction.
    if (along <= 1 || aside > along * 2.5) continue
    const cost = along + aside * 2
    if (cost < bestCost) {
      bestCost = cost
      best = stop
    }
  }
  return best
}
