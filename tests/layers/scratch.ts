/** A scratch project: this project's rules over a test's own files, to see a rule catch something. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const project = join(import.meta.dirname, '..', '..')
const settings = [
  'package.json',
  'tests/tsconfig.json',
  'tests/vitest.config.ts',
  'tests/run/seed.ts',
  'tests/run/seeded.ts',
  'tests/builders/chance.ts',
  'tests/layers/tsconfig.base.json',
  'tests/layers/eslint.config.js',
  'tests/layers/eslint-rules.js',
  'tests/layers/dependency-cruiser.cjs',
  'tests/layers/rooms.cjs',
  'tests/layers/knip.json',
  'domain/tsconfig.json',
  'main/tsconfig.json',
  'preload/tsconfig.json',
  'renderer/tsconfig.json',
]

export interface Scratch {
  readonly root: string
  /** Runs a tool of this project in the scratch project, and answers its standard output whatever its exit code. */
  tool(script: string, args: readonly string[]): Promise<string>
  /** Writes a file anew. */
  write(path: string, text: string): void
  remove(): void
}

/** Makes a project of this one's settings and the given files (path to content). */
export function createScratch(files: Readonly<Record<string, string>>): Scratch {
  // Tools compare real paths; a temporary folder may be a link.
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rollout-layers-')))
  for (const path of settings) cpSync(join(project, path), join(root, path))
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return {
    root,
    tool: (script, args) =>
      new Promise((resolve, reject) => {
        execFile(
          process.execPath,
          [join(project, 'node_modules', script), ...args],
          { cwd: root, maxBuffer: 1 << 26 },
          (error, output, errors) => {
            if (output === '') reject(new Error(`${script} said nothing: ${errors || (error?.message ?? '')}`))
            else resolve(output)
          },
        )
      }),
    write: (path, text) => {
      writeFileSync(join(root, path), text)
    },
    remove: () => {
      rmSync(root, { recursive: true, force: true })
    },
  }
}
