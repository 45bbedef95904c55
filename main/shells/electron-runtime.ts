/** Finds Electron's runtime on this workstation, if it is there: npm installs the package without the program. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The program, found as the electron package itself finds it; undefined where it was never fetched. Nothing is fetched
 * here.
 */
export function electronRuntime(
  root: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const folder = join(root, 'node_modules', 'electron')
  const named = join(folder, 'path.txt')
  const program = existsSync(named) ? readFileSync(named, 'utf8').trim() : undefined
  const elsewhere = environment['ELECTRON_OVERRIDE_DIST_PATH']
  const path =
    elsewhere !== undefined && elsewhere !== ''
      ? join(elsewhere, program ?? 'electron')
      : program === undefined
        ? undefined
        : join(folder, 'dist', program)
  return path !== undefined && existsSync(path) ? path : undefined
}
