/**
 * The runs that used a practice site, stored in the site itself, so that its hosts are not replaced during an
 * unfinished run.
 */
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { openWorldFile } from './world-file.ts'

export interface WorldRun {
  readonly runId: string
  /** The absolute path of the database that has the run. */
  readonly database: string
}

const prefix = 'run:'

/** Records, before any host is changed, that a run of that database uses the site. */
export function noteRun(siteFile: string, { runId, database }: WorldRun): void {
  const world = openWorldFile(siteFile)
  try {
    // A database in the folder of the site moves with it.
    const within = relative(resolve(dirname(siteFile)), resolve(database))
    const path = within.startsWith('..') || isAbsolute(within) ? resolve(database) : within
    world.change(() =>
      world.statement('INSERT OR REPLACE INTO site (key, value) VALUES (?, ?)').run(`${prefix}${runId}`, path),
    )
  } finally {
    world.close()
  }
}

/** Every run that used the site, finished or not. */
export function runsOf(siteFile: string): WorldRun[] {
  const world = openWorldFile(siteFile)
  try {
    const rows = world.statement('SELECT key, value FROM site WHERE key LIKE ? ORDER BY key').all(`${prefix}%`) as {
      key: string
      value: string
    }[]
    return rows.map(({ key, value }) => ({
      runId: key.slice(prefix.length),
      database: resolve(dirname(siteFile), value),
    }))
  } finally {
    world.close()
  }
}
