/** Shows that what a program says is held whole, and that its end comes in words. */
import { expect, it } from 'vitest'
import { runNode } from './command.ts'

it('holds all that a program writes, on both ways out, until it ended', async () => {
  let words = ''
  expect(
    await runNode(['-e', 'process.stdout.write("out "); process.stderr.write("wörter")'], {
      hold: (text) => {
        words += text
      },
    }),
  ).toBe('well')
  expect([words.includes('out '), words.includes('wörter'), words.length]).toEqual([true, true, 10])
})

it('says how a program ended that did not end well', async () => {
  const hold = () => undefined
  expect(await runNode(['-e', 'process.exitCode = 3'], { hold })).toBe('exit code 3')
  expect(await runNode(['-e', 'process.kill(process.pid, "SIGKILL")'], { hold })).toBe('ended by SIGKILL')
})
