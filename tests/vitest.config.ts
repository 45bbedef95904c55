/** How the tests run under vitest: which files, time limits, how many at a time. Nothing is retried. */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const config = defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'tests/**/.*/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Vitest leaves one processor free; of two that would be half of the time lost.
    maxWorkers: Math.max(2, availableParallelism()),
  },
})

export { config as default }
