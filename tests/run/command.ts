/** Runs another program: its output is shown or captured, its exit is returned. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export const project = join(import.meta.dirname, '..', '..')

/** Takes what a program writes, as it comes. */
export type Hold = (text: string) => void

/** Runs a program of this project under this Node and answers how it ended: 'well', or a sentence that says how not. What it writes goes to `hold` where one is given. */
export function runNode(
  args: readonly string[],
  { env = {}, hold }: { readonly env?: NodeJS.ProcessEnv; readonly hold?: Hold | undefined } = {},
): Promise<string> {
  return new Promise((resolve) => {
    // Standard input is closed: a test that waits for an answer shall fail, not hang.
    const to = hold === undefined ? 'inherit' : 'pipe'
    const child = spawn(process.execPath, args, {
      cwd: project,
      env: { ...process.env, ...plainWhenPiped(), ...env },
      stdio: ['ignore', to, to],
    })
    if (hold !== undefined)
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hold)
    child.on('error', (error) => {
      resolve(error.message)
    })
    child.on('close', (code, signal) => {
      resolve(code === 0 ? 'well' : signal === null ? `exit code ${code}` : `ended by ${signal}`)
    })
  })
}

/** Keeps colour codes out of logs and pipes, whatever the caller's environment forces. */
function plainWhenPiped(): NodeJS.ProcessEnv {
  return process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }
}

/** Finds a program on the PATH or at one of the given places; undefined when it is not installed. */
export function findProgram(name: string, places: readonly string[] = []): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => (folder === '' ? [] : [join(folder, name), join(folder, `${name}.exe`)]))
  return [...onPath, ...places].find((path) => existsSync(path))
}

/** Says why the lab's PowerShell cannot be built here; undefined when it can. */
export function missingSdk(): string | undefined {
  const dotnet = findProgram('dotnet')
  if (dotnet === undefined) return 'needs the .NET SDK: dotnet is not on the PATH'
  const sdks = spawnSync(dotnet, ['--list-sdks'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const newest = Math.max(
    0,
    ...sdks.stdout
      .split('\n')
      .map((line) => Number.parseInt(line, 10))
      .filter(Number.isFinite),
  )
  return newest >= 10
    ? undefined
    : `needs the .NET SDK 10 or newer: ${newest === 0 ? 'no SDK is installed' : `the newest installed is ${newest}`}`
}
