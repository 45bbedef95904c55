/** Owns where the media of each plan lie: a small file beside the database, since the folder is this computer's affair and no part of a plan. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface MediaFolders {
  /** The folder that was named for a plan; null where nobody has. */
  of(planId: string): string | null
  /** That folder, or the one that is its own in the data folder. */
  baseOf(planId: string): string
  remember(planId: string, folder: string): void
}

const Known = z.record(z.string(), z.string())

/** The folders of a database's plans. A file that cannot be read is as none: the folder is asked for again. */
export function mediaFolders(databaseFile: string, dataFolder: string): MediaFolders {
  const file = `${databaseFile}-folders.json`
  const read = (): Record<string, string> => {
    if (!existsSync(file)) return {}
    try {
      return Known.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return {}
    }
  }
  const of = (planId: string) => {
    const known = read()
    return Object.hasOwn(known, planId) ? (known[planId] ?? null) : null
  }
  return {
    of,
    baseOf: (planId) => of(planId) ?? join(dataFolder, 'plans', planId),
    remember(planId, folder) {
      const known = read()
      if (known[planId] === folder) return
      const fresh = `${file}.${process.pid}`
      writeFileSync(fresh, `${JSON.stringify({ ...known, [planId]: folder }, null, 2)}\n`, { mode: 0o600 })
      renameSync(fresh, file)
    },
  }
}
