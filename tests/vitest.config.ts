/** How the tests run under vitest: which files, time limits, how many at a time. Nothing is retried. */
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { seedFrom, seedsBelow, seedVariable } from './run/seed.ts'

const config = defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'tests/**/.*/**'],
    // Drawn once, so that every worker draws from the same.
    env: { [seedVariable]: String(seedFrom(process.env, () => randomInt(seedsBelow))) },
    setupFiles: ['tests/run/seeded.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Vitest leaves one processor free; of two that would be half of the time lost.
    maxWorkers: Math.max(2, availableParallelism()),
  },
})

export { config as default }
