/** Owns Dues: when waiting lanes may go on, kept as the earliest moment of each group of lanes, so that nobody looks at thousands to find one. */
import { hasBit, type Bits } from './bits.ts'
import { itemAt, type Chunked } from './chunked.ts'
import { waitsUntil, type Lane } from './lane.ts'

/** One entry a group; infinity where no lane of it waits. */
export type WakeTimes = Float64Array

const groupSize = 64

/** No lane waits. */
export function noWakeTimes(lanes: number): WakeTimes {
  return new Float64Array(Math.ceil(lanes / groupSize)).fill(Number.POSITIVE_INFINITY)
}

/** The dues after lane `n` changed; the same object when its group's moment stays. */
export function withWakeTime(dues: WakeTimes, lanes: Chunked<Lane>, waiting: Bits, n: number): WakeTimes {
  const group = Math.floor(n / groupSize)
  let earliest = Number.POSITIVE_INFINITY
  for (const lane of waitingIn(waiting, group)) earliest = Math.min(earliest, waitsUntil(itemAt(lanes, lane)))
  return dues[group] === earliest ? dues : dues.with(group, earliest)
}

/** The waiting lanes of a group, ascending. */
export function* waitingIn(waiting: Bits, group: number): Generator<number> {
  for (let n = group * groupSize, end = n + groupSize; n < end; n++) if (hasBit(waiting, n)) yield n
}
