/** Runs before each test file: gives fast-check the seed of this run, and says it where a test that drew fails. */
import fc from 'fast-check'
import { beforeEach } from 'vitest'
import { hasDrawn, seedOfRun } from '../builders/chance.ts'
import { howToRepeat } from './seed.ts'

fc.configureGlobal({ seed: seedOfRun() })

// fast-check says its seed itself, with the smallest example.
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => {
    if (hasDrawn()) process.stderr.write(`${howToRepeat(seedOfRun())}\n`)
  })
})
