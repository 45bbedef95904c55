/** Makes sure that the screens and the bundles of the desktop program are built once, whoever comes first. */
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { builtProgram } from '../../main/app/workstation/built.ts'

const root = join(import.meta.dirname, '..', '..')
const staleMs = 60_000

/** Test files run side by side: two that find it out of date must not both build into one folder. */
export async function buildOnce(): Promise<void> {
  const lock = join(root, 'out', '.build.lock')
  mkdirSync(join(root, 'out'), { recursive: true })
  for (const deadline = Date.now() + staleMs; ; await pause(100)) {
    try {
      mkdirSync(lock)
      break
    } catch {
      // Whoever held it for that long is gone.
      if (
        Date.now() > deadline ||
        Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > staleMs
      )
        rmSync(lock, { recursive: true, force: true })
    }
  }
  try {
    await builtProgram(root, () => undefined)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
