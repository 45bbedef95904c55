/** Owns how the tests run under vitest: which files, how long a test may take. */
import { defineConfig } from 'vitest/config'

export const config = defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { include: ['tests/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000, pool: 'forks' },
})

export { config as default }
