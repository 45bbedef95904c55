/** Chance for tests, all of it from the seed of the run, so that whatever it found can be had again. */
import { seedFrom, seedVariable } from '../run/seed.ts'

let drawn = false

/** The seed of this run. Throws where a process was started without it. */
export function seedOfRun(): number {
  return seedFrom(process.env, () => {
    throw new Error(`${seedVariable} is not set: this process was not started by the tests`)
  })
}

/** True once a test of this file has drawn. */
export function hasDrawn(): boolean {
  return drawn
}

/** Whole numbers below a limit, one after the other; each name has its own, so that no test disturbs another's. */
export function chance(name: string): (below: number) => number {
  let state = seedOfRun()
  for (const character of name) state = (Math.imul(state, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return (below) => {
    drawn = true
    // mulberry32.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Bytes of chance. */
export function chanceBytes(name: string, length: number): Buffer {
  const draw = chance(name)
  return Buffer.from(Array.from({ length }, () => draw(256)))
}
