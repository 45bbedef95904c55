/**
 * The media folder of each plan, in a file beside the database: the folder differs by computer and is no part of a
 * plan.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface MediaFolders {
  /** The folder that was chosen for a plan; null where none was. */
  of(planId: string): string | null
  /** That folder, or the plan's own in the data folder. */
  baseOf(planId: string): string
  remember(planId: string, folder: string): void
}

const Known = z.record(z.string(), z.string())

/** The folders of a database's plans. An unreadable file counts as empty: the folders are asked for again. */
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
