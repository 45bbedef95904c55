/** Runs the command line as people and scripts do: in its own process, with its streams and its exit code. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const script = fileURLToPath(new URL('../../../../main/shells/cli/rollout.mjs', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Standard output as JSON, line by line; throws where a line is not. */
  json(): Record<string, unknown>[]
}

export interface Started {
  readonly child: ChildProcessWithoutNullStreams
  readonly ended: Promise<Ended>
  /** The first line of standard output that fits; rejects when the process ends without one. */
  line(fits: (line: string) => boolean): Promise<string>
}

export interface HowToRun {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Standard input; empty unless given. */
  readonly stdin?: string
}

/** A folder that is gone after the test. */
export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'rollout-cli-'))
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true })
  })
  return dir
}

// A home that does not exist: nothing of this user's own database or vault is in reach.
const nowhere = join(tmpdir(), `rollout-cli-nobody-${process.pid}`)
process.once('exit', () => {
  rmSync(nowhere, { recursive: true, force: true })
})
const bareEnvironment = { PATH: process.env['PATH'] ?? '', HOME: nowhere, XDG_DATA_HOME: nowhere, NO_COLOR: '1' }

/** Runs `rollout WORDS` with its standard output on a disk that is full. */
export function rolloutIntoFull(words: readonly string[]): { readonly code: number | null; readonly stderr: string } {
  const full = openSync('/dev/full', 'w')
  try {
    const { status, stderr } = spawnSync(process.execPath, [script, ...words], {
      cwd: tmpdir(),
      env: bareEnvironment,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    return { code: status, stderr }
  } finally {
    closeSync(full)
  }
}

/** Runs `rollout WORDS` where no file may grow beyond that many KiB (needs a POSIX shell): a disk that fills up. */
export function rolloutOnSmallDisk(words: readonly string[], kibibytes: number): Omit<Ended, 'json'> {
  const { status, signal, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `ulimit -f ${kibibytes}; exec "$@"`, 'bash', process.execPath, script, ...words],
    { cwd: tmpdir(), env: bareEnvironment, encoding: 'utf8' },
  )
  return { code: status, signal, stdout, stderr }
}

/** Starts `rollout WORDS`. Nothing of this user's own database or vault is in reach. */
export function start(words: readonly string[], how: HowToRun = {}): Started {
  const child = spawn(process.execPath, [script, ...words], {
    cwd: how.cwd ?? tmpdir(),
    env: { ...bareEnvironment, ...how.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(how.stdin ?? '')
  let stdout = ''
  let stderr = ''
  const waiting: {
    fits: (line: string) => boolean
    resolve: (line: string) => void
    reject: (error: Error) => void
  }[] = []
  const lines: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const one of waiting.filter(({ fits }) => fits(line))) {
      waiting.splice(waiting.indexOf(one), 1)
      one.resolve(line)
    }
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const { reject: refuse } of waiting)
        refuse(new Error(`rollout ${words.join(' ')} ended with ${code ?? signal} before: ${stdout}\n${stderr}`))
      resolve({
        code,
        signal,
        stdout,
        stderr,
        json: () =>
          stdout
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as Record<string, unknown>),
      })
    })
  })
  return {
    child,
    ended,
    line: (fits) => {
      const there = lines.find(fits)
      return there === undefined
        ? new Promise((resolve, reject) => {
            waiting.push({ fits, resolve, reject })
          })
        : Promise.resolve(there)
    },
  }
}

/** Runs `rollout WORDS` to its end. */
export function rollout(words: readonly string[], how: HowToRun = {}): Promise<Ended> {
  return start(words, how).ended
}

/** Makes a practice site in a fresh folder with that command itself; virtual time unless `speed` is given. */
export async function practiceSite(
  options: {
    readonly faults?: readonly string[]
    readonly runners?: number
    readonly studios?: number
    readonly layout?: string
    readonly speed?: number
  } = {},
) {
  const dir = join(scratch(), 'site')
  const time = options.speed === undefined ? ['--virtual'] : ['--speed', String(options.speed)]
  const made = await rollout([
    'practice',
    '--out',
    dir,
    '--layout',
    options.layout ?? 'enterprise',
    '--runners',
    String(options.runners ?? 1),
    '--studios',
    String(options.studios ?? 1),
    ...time,
    ...(options.faults ?? []).flatMap((fault) => ['--fault', fault]),
  ])
  if (made.code !== 0) throw new Error(made.stderr)
  return { dir, plan: join(dir, 'site.json'), db: join(dir, 'site.db'), site: join(dir, 'practice-site.sqlite') }
}
