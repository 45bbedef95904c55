/**
 * Benchmark of a resume: a practice run with 500 Runners is killed, then `rollout resume` until a host's first answer.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../main/shells/cli/rollout.mjs', import.meta.url))
const runners = 500
// About the middle of such a run.
const killAfter = 6_000

const dir = mkdtempSync(join(tmpdir(), 'resume-bench-'))
const db = join(dir, 'bench.db')
try {
  execFileSync(
    process.execPath,
    [script, 'practice', '--out', join(dir, 'site'), '--runners', String(runners), '--virtual'],
    { stdio: 'ignore' },
  )
  const before = await follow(
    ['run', join(dir, 'site', 'site.json'), '--db', db, '--yes', '--json'],
    ({ count }) => count === killAfter,
  )
  const after = await follow(['resume', 'last', '--db', db, '--yes', '--json'], ({ type }) => type === 'step.observed')
  const first = after.seen[0]
  console.log(
    `resume of a run of ${runners} Runners, killed after ${before.seen.length} events: first event ${seconds(first?.ms)} s after the start of the process (${first?.type ?? 'none'}), first answer of a host after ${seconds(after.seen.at(-1)?.ms)} s (goal: under 5)`,
  )
} finally {
  rmSync(dir, { recursive: true, force: true })
}

interface Line {
  readonly type: string
  readonly ms: number
  readonly count: number
}

/** Runs `rollout` until a line of its log is enough, then kills it; what was seen until then. */
async function follow(words: readonly string[], enough: (line: Line) => boolean): Promise<{ seen: Line[] }> {
  const start = performance.now()
  const child = spawn(process.execPath, [script, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const seen: Line[] = []
  for await (const text of createInterface({ input: child.stdout })) {
    const line = {
      type: (JSON.parse(text) as { type: string }).type,
      ms: performance.now() - start,
      count: seen.length + 1,
    }
    seen.push(line)
    if (!enough(line)) continue
    child.kill('SIGKILL')
    break
  }
  await ended
  return { seen }
}

function seconds(ms = Number.NaN): string {
  return (ms / 1000).toFixed(2)
}
