/** Tests of chance can be repeated: one seed for the run, fixed in CI, and said where one of them fails. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance, chanceBytes, hasDrawn, seedOfRun } from '../builders/chance.ts'
import { howToRepeat, seedFrom, seedOfCI, seedsBelow, seedVariable } from './seed.ts'

const drawn = 4711
const seedIn = (environment: Record<string, string>) => seedFrom(environment, () => drawn)

describe('the seed of a run', () => {
  it('is the same in every run of CI, and another one at each run elsewhere', () => {
    expect(seedIn({ CI: 'true' })).toBe(seedOfCI)
    expect(seedIn({})).toBe(drawn)
    expect(seedIn({ CI: 'false' })).toBe(drawn)
  })

  it('is the one that a person names, in CI too', () => {
    expect(seedIn({ CI: 'true', [seedVariable]: '7' })).toBe(7)
    expect(seedIn({ [seedVariable]: '0' })).toBe(0)
    expect(seedIn({ CI: 'true', [seedVariable]: '' })).toBe(seedOfCI)
  })

  it('is refused where it is none, instead of running with another', () => {
    for (const text of ['x', '-1', '1.5', '1e3', String(seedsBelow)])
      expect(() => seedIn({ [seedVariable]: text }), text).toThrow(RangeError)
  })
})

describe('this run', () => {
  it('has handed its seed to every worker, and CI the fixed one', () => {
    expect(process.env[seedVariable]).toBe(String(seedOfRun()))
    expect(fc.readConfigureGlobal().seed).toBe(seedOfRun())
  })

  it('draws the same again with it, and says it where a property fails', () => {
    const draw = () => fc.sample(fc.integer(), 20)
    expect(draw()).toEqual(draw())
    const fails = () => {
      fc.assert(fc.property(fc.integer(), () => false))
    }
    expect(fails).toThrow(`seed: ${seedOfRun()},`)
  })

  it('draws the same for one name, other things for another, and all that may come', () => {
    const some = (name: string) =>
      Array.from(
        { length: 200 },
        (
          (draw) => () =>
            draw(6)
        )(chance(name)),
      )
    expect(some('a')).toEqual(some('a'))
    expect(some('a')).not.toEqual(some('b'))
    expect(new Set(some('a'))).toEqual(new Set([0, 1, 2, 3, 4, 5]))
    expect(chanceBytes('a', 16)).toEqual(chanceBytes('a', 16))
    expect(hasDrawn()).toBe(true)
    expect(howToRepeat(7)).toContain(`${seedVariable}=7`)
  })
})
