/** What `npm run lab` says to words that bring nothing up. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const lab = (...words: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...words], { encoding: 'utf8' })

test('no rung: --help prints how the lab is called, and an unknown word prints no trace', { timeout: 60_000 }, () => {
  expect(lab('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^usage: npm run lab/) as string })
  const unknown = lab('--nope')
  expect([unknown.status, unknown.stderr.includes('usage: npm run lab')]).toEqual([64, true])
  expect(unknown.stderr).not.toMatch(/^\s+at /m)
})
