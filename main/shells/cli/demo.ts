/** The demonstration of the README: a whole rollout on a practice site, from nothing to acceptance. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandName } from '../../../domain/base/command-name.ts'

// A child, so that the demonstration is the very command line a person would type.
async function rollout(...words: string[]): Promise<number> {
  process.stdout.write(`\n$ npx ${commandName} ${words.join(' ')}\n`)
  const child = spawn(process.execPath, [fileURLToPath(new URL('rollout.mjs', import.meta.url)), ...words], {
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

const dir = 'practice'
const db = join(dir, 'practice.db')
// Ctrl-C is for the command that is running; it pauses the run.
process.on('SIGINT', () => undefined)
// A run of an earlier demonstration belongs to hosts that are about to be made anew.
for (const suffix of ['', '-wal', '-shm']) await rm(db + suffix, { force: true })
let code = await rollout('practice', '--out', dir, '--runners', '12', '--speed', '40')
if (code === 0) code = await rollout('run', join(dir, 'site.json'), '--db', db, '--yes')
if (code === 0) code = await rollout('show', 'last', '--db', db)
process.exitCode = code
