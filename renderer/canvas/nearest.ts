/** Owns where an arrow key leads on the map: to the nearest stop in that direction. */

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

/** The stop to go to from `here` for a key; undefined where the key means nothing or there is nothing in that direction. Home and End are the first and the last. */
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
    // What lies more aside than ahead is in another direction.
    if (along <= 1 || aside > along * 2.5) continue
    const cost = along + aside * 2
    if (cost < bestCost) {
      bestCost = cost
      best = stop
    }
  }
  return best
}
