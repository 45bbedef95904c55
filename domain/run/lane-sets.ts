/**
 * Why folding a log is linear: one event changes one lane, and the state keeps no structure that must be copied or
 * searched whole for it. Thousands of lanes are kept in three ways, each of which copies some dozens of values at most:
 *
 * - Chunked: the lanes themselves, an immutable array in two levels.
 * - Bits: which lanes are ready, waiting, deciding or running, one word for 32 lanes.
 * - WakeTimes: when waiting lanes may go on, the earliest moment of each group of 64.
 */
import { waitsUntil, type Lane } from './lane.ts'

export type Bits = Uint32Array

/** An empty set for numbers below `size`. */
export function emptyBits(size: number): Bits {
  return new Uint32Array(Math.ceil(size / 32))
}

/** True when the number is in the set. */
export function hasBit(bits: Bits, n: number): boolean {
  return (((bits[n >>> 5] ?? 0) >>> (n & 31)) & 1) === 1
}

/** The set with the number in it or not; the same object when nothing changes. */
export function withBit(bits: Bits, n: number, present: boolean): Bits {
  if (hasBit(bits, n) === present) return bits
  const next = bits.slice()
  next[n >>> 5] = (next[n >>> 5] ?? 0) ^ (1 << (n & 31))
  return next
}

/** The numbers in the set, ascending. */
export function* members(bits: Bits): Generator<number> {
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word] ?? 0
    while (rest !== 0) {
      const bit = 31 - Math.clz32(rest & -rest)
      yield word * 32 + bit
      rest &= rest - 1
    }
  }
}

const chunkSize = 64

export type Chunked<T> = readonly (readonly T[])[]

/** Cuts an array into chunks. */
export function chunked<T>(items: readonly T[]): Chunked<T> {
  const chunks: T[][] = []
  for (let i = 0; i < items.length; i += chunkSize) chunks.push(items.slice(i, i + chunkSize))
  return chunks
}

/** The item at that index; throws a RangeError outside. */
export function itemAt<T>(chunks: Chunked<T>, index: number): T {
  const item = chunks[Math.floor(index / chunkSize)]?.[index % chunkSize]
  if (item === undefined) throw new RangeError(`no item ${index}`)
  return item
}

/** The array with one item replaced. */
export function withItem<T>(chunks: Chunked<T>, index: number, item: T): Chunked<T> {
  const at = Math.floor(index / chunkSize)
  return chunks.with(at, (chunks[at] ?? []).with(index % chunkSize, item))
}

/** One entry a group; infinity where no lane of it waits. */
export type WakeTimes = Float64Array

const groupSize = 64

/** No lane waits. */
export function noWakeTimes(lanes: number): WakeTimes {
  return new Float64Array(Math.ceil(lanes / groupSize)).fill(Number.POSITIVE_INFINITY)
}

/** The wake times after lane `n` changed; the same object when its group's moment stays. */
export function withWakeTime(wakeTimes: WakeTimes, lanes: Chunked<Lane>, waiting: Bits, n: number): WakeTimes {
  const group = Math.floor(n / groupSize)
  let earliest = Number.POSITIVE_INFINITY
  for (const lane of waitingIn(waiting, group)) earliest = Math.min(earliest, waitsUntil(itemAt(lanes, lane)))
  return wakeTimes[group] === earliest ? wakeTimes : wakeTimes.with(group, earliest)
}

/** The waiting lanes of a group, ascending. */
export function* waitingIn(waiting: Bits, group: number): Generator<number> {
  for (let n = group * groupSize, end = n + groupSize; n < end; n++) if (hasBit(waiting, n)) yield n
}
