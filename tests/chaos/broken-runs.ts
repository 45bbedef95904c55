/** Interrupts runs: each story dies in its own process, and each process first finishes what an earlier one left. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChildWork, Death } from './child.ts'
import { copyStory, type Ending } from './story.ts'

const script = fileURLToPath(new URL('child.ts', import.meta.url))

export interface ChildEnd {
  readonly signal: NodeJS.Signals | null
  readonly code: number | null
  readonly ending: Ending | undefined
  readonly rest: string | undefined
  /** Set when the moment of death never came. */
  readonly survived: string | undefined
  readonly complaints: string
}

/** Runs one child to its end. */
export async function runChild(work: ChildWork): Promise<ChildEnd> {
  const child = spawn(process.execPath, [script, JSON.stringify(work)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<[number | null, NodeJS.Signals | null]>(
    (resolve) =>
      void child.once('exit', (code, signal) => {
        resolve([code, signal])
      }),
  )
  const [output, complaints, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  const said = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Partial<{ ending: Ending; rest: string; survived: string }>)
  return { signal, code, ending: said[0]?.ending, rest: said[0]?.rest, survived: said.at(-1)?.survived, complaints }
}

export interface BrokenRun {
  readonly death: Death
  readonly end: ChildEnd
}

/**
 * For every death: a fresh copy of the story in `fresh`, a process that is killed then, and another that goes on to the end. `died` is told of a death that did
 * not come. Some processes at a time; each finishes the story that the one before it left.
 */
export async function breakOffAtEach(
  fresh: string,
  folder: string,
  deaths: readonly Death[],
  died: (death: Death, end: ChildEnd) => void,
): Promise<BrokenRun[]> {
  const queue = deaths.map((death, i) => ({ death, dir: join(folder, `story-${i}`) }))
  const broken: BrokenRun[] = []
  const lane = async () => {
    let before: (typeof queue)[number] | undefined
    for (;;) {
      const next = queue.shift()
      if (next) copyStory(fresh, next.dir)
      if (!next && !before) return
      const end = await runChild({ ...(before ? { finish: before.dir } : {}), ...(next ? { die: next } : {}) })
      if (before) {
        broken.push({ death: before.death, end })
        rmSync(before.dir, { recursive: true, force: true })
      }
      if (next) died(next.death, end)
      before = next
    }
  }
  // One more than there are processors: a process that waits for the disk leaves its processor to another.
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, lane))
  return broken
}
