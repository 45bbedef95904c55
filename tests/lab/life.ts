/** Starts one life of a rollout over the lab in its own process, and reports its end. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Life } from './dying-rollout.ts'

export interface LifeEnd {
  readonly killed: boolean
  readonly outcome: string | null
  readonly said: string
}

/** Goes on with a run until it rests, or until the process kills itself. Throws where it ended in any other way. */
export async function live(secrets: Readonly<Record<string, unknown>>, life: Life): Promise<LifeEnd> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'dying-rollout.ts'), JSON.stringify(life)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(JSON.stringify(secrets))
  const [out, err, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null, string | null]>,
  ])
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`a life ended with ${code}: ${err}`)
  return {
    killed: signal === 'SIGKILL',
    outcome: out === '' ? null : (JSON.parse(out) as { outcome: string | null }).outcome,
    said: out,
  }
}
