/** Builds the parts that do not run from source, where they are missing or older than their sources. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { builderMissing, buildFailed } from './failures.ts'
import { buildText, partTitles } from './text.ts'

interface Part {
  /** Its folder in the project, with the settings of Vite, and in out/. */
  readonly name: keyof typeof partTitles
  /** The file whose age is the age of the build. */
  readonly file: string
  readonly sources: readonly string[]
}

const screens: Part = { name: 'renderer', file: 'index.html', sources: ['renderer', 'domain', 'docs'] }
const program: readonly Part[] = [
  { name: 'main', file: 'index.js', sources: ['main', 'domain'] },
  { name: 'preload', file: 'preload.cjs', sources: ['preload', 'domain'] },
]

/** The folder of the built user interface. Throws FailureError `not-built` where it cannot be built. */
export async function builtScreens(root: string, say: (text: string) => void): Promise<string> {
  return built(root, screens, say)
}

/** Builds the desktop program: user interface, main process and bridge. Throws as builtScreens does. */
export async function builtProgram(root: string, say: (text: string) => void): Promise<void> {
  for (const part of [screens, ...program]) await built(root, part, say)
}

async function built(root: string, part: Part, say: (text: string) => void): Promise<string> {
  const title = partTitles[part.name]
  const folder = join(root, 'out', part.name)
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const config = join(root, part.name, 'vite.config.ts')
  const canBuild = existsSync(vite) && existsSync(config)
  // A packaged program has no sources: use the build it came with.
  if (canBuild ? isFresh(root, part, folder) : existsSync(join(folder, part.file))) return folder
  if (!canBuild) throw builderMissing(title)
  say(buildText.building(title))
  const fresh = `${folder}-${process.pid}`
  try {
    // A test runner sets NODE_ENV, which would give React's development build.
    const child = spawn(
      process.execPath,
      [vite, 'build', '--config', config, '--outDir', fresh, '--emptyOutDir', '--logLevel', 'error'],
      { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production' } },
    )
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0 || !existsSync(join(fresh, part.file))) throw buildFailed(title, `${part.name}/vite.config.ts`)
    // Another process may have built it meanwhile and be using it.
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
  if (!existsSync(folder)) return 0
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
}
