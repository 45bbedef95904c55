/** The seed of the tests of chance: fixed in CI, another one at each run elsewhere, and any that a person names. */

/** Names the seed of a run; vitest hands it to every worker, and those to the processes that they start. */
export const seedVariable = 'ROLLOUT_TEST_SEED'

/** What CI runs with unless it is told another: a red run there can be repeated by anybody, and never by chance alone. */
export const seedOfCI = 20_261_123

/** What fast-check prints and takes: a positive number of 31 bits. */
export const seedsBelow = 2 ** 31

/** The seed that this environment asks for, or one drawn by `draw`. Throws RangeError for a text that is no seed. */
export function seedFrom(environment: Readonly<Record<string, string | undefined>>, draw: () => number): number {
  const text = environment[seedVariable]
  if (text === undefined || text === '') return environment['CI'] === 'true' ? seedOfCI : draw()
  const seed = Number(text)
  if (!/^\d{1,10}$/.test(text) || seed >= seedsBelow)
    throw new RangeError(`${seedVariable} is ${text}: give a whole number from 0 to ${seedsBelow - 1}`)
  return seed
}

/** How a failed test of chance is repeated. */
export function howToRepeat(seed: number): string {
  return `This test drew by chance. The same again: ${seedVariable}=${seed}`
}
