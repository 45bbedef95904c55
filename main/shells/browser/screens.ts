/** Owns having the screens built: out/renderer as it is, or built anew where it is missing or older than what it is made of. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { failed } from '../../../domain/failure.ts'

/** The folder of the built screens under the project's folder. Throws FailureError `no-screens` where there are none and they cannot be built. */
export async function builtScreens(root: string, say: (text: string) => void): Promise<string> {
  const folder = join(root, 'out', 'renderer')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const config = join(root, 'renderer', 'vite.config.ts')
  const canBuild = existsSync(vite) && existsSync(config)
  // Packaged, there are no sources, and what was built is what there is.
  if (canBuild ? isFresh(root, folder) : existsSync(join(folder, 'index.html'))) return folder
  if (!canBuild) throw failed('host', 'no-screens', 'The screens are not built, and what builds them is not installed.', 'Run npm ci, then npm start.')
  say('Building the screens; this is done once, about 10 seconds.')
  const built = `${folder}-${process.pid}`
  try {
    const child = spawn(process.execPath, [vite, 'build', '--config', config, '--outDir', built, '--emptyOutDir', '--logLevel', 'error'], { cwd: root, stdio: ['ignore', 2, 2] })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0 || !existsSync(join(built, 'index.html'))) throw failed('host', 'no-screens', 'The screens could not be built.', 'See what was said above; then run npx vite build --config renderer/vite.config.ts.')
    // Somebody else may have built them meanwhile, and serve them by now: theirs stay.
    if (!isFresh(root, folder)) {
      rmSync(folder, { recursive: true, force: true })
      renameSync(built, folder)
    }
  } finally {
    rmSync(built, { recursive: true, force: true })
  }
  return folder
}

function isFresh(root: string, folder: string): boolean {
  const index = join(folder, 'index.html')
  return existsSync(index) && statSync(index).mtimeMs >= Math.max(...['renderer', 'domain'].map((name) => newestIn(join(root, name))))
}

function newestIn(folder: string): number {
  return Math.max(0, ...readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}
