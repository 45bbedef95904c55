/** Owns having built what is not run from its source: taken as it is, or built anew where it is missing or older than what it is made of. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { failed } from '../../../domain/base/failure.ts'

interface Part {
  /** Its folder in the project, with the settings of Vite, and in out/. */
  readonly name: string
  readonly title: string
  /** The file by which it is known. */
  readonly file: string
  readonly sources: readonly string[]
}

const screens: Part = { name: 'renderer', title: 'screens', file: 'index.html', sources: ['renderer', 'domain', 'docs'] }
const program: readonly Part[] = [
  { name: 'main', title: 'desktop program', file: 'index.js', sources: ['main', 'domain'] },
  { name: 'preload', title: 'bridge to the windows', file: 'preload.cjs', sources: ['preload', 'domain'] },
]

/** The folder of the built screens under the project's folder. Throws FailureError `not-built` where there are none and they cannot be built. */
export async function builtScreens(root: string, say: (text: string) => void): Promise<string> {
  return built(root, screens, say)
}

/** Sees that the desktop program is built: its screens, its main process and its bridge. Throws as builtScreens does. */
export async function builtProgram(root: string, say: (text: string) => void): Promise<void> {
  for (const part of [screens, ...program]) await built(root, part, say)
}

async function built(root: string, part: Part, say: (text: string) => void): Promise<string> {
  const folder = join(root, 'out', part.name)
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const config = join(root, part.name, 'vite.config.ts')
  const canBuild = existsSync(vite) && existsSync(config)
  // Packaged, there are no sources, and what was built is what there is.
  if (canBuild ? isFresh(root, part, folder) : existsSync(join(folder, part.file))) return folder
  if (!canBuild)
    throw failed(
      'workstation',
      'not-built',
      `The ${part.title}: not built, and what builds it is not installed.`,
      'Run npm ci, then npm start.',
    )
  say(`Building the ${part.title}; this is done once, some seconds.`)
  const fresh = `${folder}-${process.pid}`
  try {
    // Whoever starts it: a test runner's NODE_ENV would bring React's development build.
    const child = spawn(
      process.execPath,
      [vite, 'build', '--config', config, '--outDir', fresh, '--emptyOutDir', '--logLevel', 'error'],
      { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production' } },
    )
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0 || !existsSync(join(fresh, part.file)))
      throw failed(
        'workstation',
        'not-built',
        `The ${part.title} could not be built.`,
        `See what was said above; then run npx vite build --config ${part.name}/vite.config.ts.`,
      )
    // Somebody else may have built it meanwhile, and use it by now: theirs stays.
    if (!isFresh(root, part, folder)) {
      rmSync(folder, { recursive: true, force: true })
      renameSync(fresh, folder)
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return folder
}

function isFresh(root: string, { file, sources }: Part, folder: string): boolean {
  const known = join(folder, file)
  return existsSync(known) && statSync(known).mtimeMs >= Math.max(...sources.map((name) => newestIn(join(root, name))))
}

function newestIn(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
}
