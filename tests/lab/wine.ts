/** Wine: makes the template prefix once, and runs a program inside a prefix. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inside } from './network.ts'
import { buildFolder, toolFolder, windowsPowerShellFolder } from './build.ts'

const run = promisify(execFile)
const loader = '/usr/lib/wine/wine64'
const server = '/usr/lib/wine/wineserver64'
/** Raise it when the way the template is made changes. */
const templateVersion = '3'
const powerShellFolder = 'drive_c/windows/system32/WindowsPowerShell/v1.0'
/** The lab's own program on every host: begins sessions, and is the services and steps of the stand-ins. */
export const hostTool = 'C:\\LabTools\\lab.exe'

export function wineUnavailable(): string | undefined {
  if (process.platform !== 'linux') return 'lab hosts need Linux'
  if (!existsSync(loader) || !existsSync(server)) return 'wine64 is not installed'
  return undefined
}

/** What every process of a prefix needs; lab.md of the design says which trap each line avoids. */
export function wineEnvironment(prefix: string): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: process.env['HOME'] ?? '/root',
    LANG: 'C.UTF-8',
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mshtml=d;winemenubuilder.exe=d',
    // Long-lived .NET programs die under Wine 8 without it.
    DOTNET_EnableWriteXorExecute: '0',
    DOTNET_NOLOGO: '1',
    // Windows PowerShell 5.1 writes no colours into streams.
    NO_COLOR: '1',
  }
}

/** Where a program of a host runs: the host's disk, and its network where it has one of its own. */
export interface Place {
  readonly prefix: string
  readonly namespace?: string
}

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program of the prefix to its end; the exit code is Linux's eight bits of it. */
export async function runInPrefix(
  { prefix, namespace }: Place,
  words: readonly string[],
  options: { timeoutMs?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return collect(
    spawn(...inside(namespace, loader, words), {
      cwd: join(prefix, 'drive_c'),
      env: { ...wineEnvironment(prefix), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
    options.timeoutMs ?? 60_000,
    words,
  )
}

function collect(child: ChildProcess, timeoutMs: number, words: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const parts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        parts[name] += text
      })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${words.join(' ')} did not end within ${timeoutMs} ms: ${parts.stdout}${parts.stderr}`))
    }, timeoutMs)
    child.once('error', reject)
    // The last output comes after 'exit'. But a daemon that Wine starts holds the pipes open: 'close' then never comes.
    child.once('exit', (code) => {
      clearTimeout(timer)
      const end = () => {
        clearTimeout(grace)
        resolve({ code, ...parts })
      }
      const grace = setTimeout(end, 2_000)
      child.once('close', end)
    })
  })
}

/** A server that stays until it is told to go, and that holds nobody's pipes. */
export async function startServer(place: Place): Promise<void> {
  await quietly(server, ['-p'], place, 20_000)
}

/** Ends everything in the prefix, with the registry written. */
export async function stopServer(place: Place): Promise<void> {
  await quietly(server, ['-k'], place, 20_000)
  await quietly(server, ['-w'], place, 30_000)
}

/** Applies pending renames and starts the automatic services, as a boot does; from then on the host keeps its roots. */
export async function boot(place: Place): Promise<void> {
  await startServer(place)
  await quietly(loader, ['wineboot'], place, 60_000)
  const roots = await runInPrefix(place, [hostTool, '--boot'])
  if (roots.code !== 0) throw new Error(`the host cannot keep its root certificates: ${roots.stderr.trim()}`)
}

function quietly(
  program: string,
  words: readonly string[],
  { prefix, namespace }: Place,
  timeoutMs: number,
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(...inside(namespace, program, words), {
      env: { ...wineEnvironment(prefix), ...env },
      stdio: 'ignore',
      cwd: '/',
    })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${program} ${words.join(' ')} did not end within ${timeoutMs} ms`))
    }, timeoutMs)
    child.once('error', reject)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** The layers a host's disk is made of, uppermost first. None of them ever runs or changes once it is made. */
export async function layers(): Promise<readonly string[]> {
  const stamp = createHash('sha256')
    .update(templateVersion)
    .update(await readFile(join(buildFolder, 'win.stamp')))
    .update(await readFile(join(buildFolder, 'tool.stamp')))
    .digest('hex')
    .slice(0, 16)
  return [
    await once(join(buildFolder, `tools-${stamp}`), installPrograms),
    await once(join(buildFolder, `windows-${templateVersion}`), makeWindows),
  ]
}

async function makeWindows(folder: string): Promise<void> {
  // Without mscoree=d Wine asks for Mono; with it later on, .NET does not start.
  await quietly(loader, ['wineboot', '-i'], { prefix: folder }, 180_000, {
    WINEDLLOVERRIDES: 'mscoree=d;mshtml=d;winemenubuilder.exe=d',
  })
  await quietly(loader, ['winecfg', '-v', 'win10'], { prefix: folder }, 60_000)
  await dressAsServer(folder)
  await stopServer({ prefix: folder })
  // The root of Linux must not be a drive of the host.
  await rm(join(folder, 'dosdevices', 'z:'), { force: true })
  await mkdir(join(folder, 'drive_c', 'LabState', 'starts'), { recursive: true })
  await writeFile(
    join(folder, 'drive_c', 'LabState', 'README.txt'),
    'Recorded state of a lab host. Windows has no such folder.\r\n',
  )
}

/** Made under another name and renamed, so that a folder that is there is whole. */
async function once(folder: string, make: (part: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder
  const part = `${folder}.part-${process.pid}`
  try {
    await mkdir(part, { recursive: true })
    await make(part)
    await rename(part, folder)
  } catch (problem) {
    if (!existsSync(folder)) throw problem
  } finally {
    await rm(part, { recursive: true, force: true })
  }
  return folder
}

async function dressAsServer(prefix: string): Promise<void> {
  const key = 'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion'
  const values = [
    ['ProductName', 'Windows Server 2019 Standard'],
    ['CurrentBuild', '17763'],
    ['CurrentBuildNumber', '17763'],
    ['EditionID', 'ServerStandard'],
    ['InstallationType', 'Server'],
  ]
  for (const [name, value] of values)
    await quietly(loader, ['reg', 'add', key, '/v', name!, '/d', value!, '/f'], { prefix }, 30_000)
}

/** Links to what was built: PowerShell in its place, and the lab's tool. */
async function installPrograms(folder: string): Promise<void> {
  for (const [from, to] of [
    [windowsPowerShellFolder, join(folder, powerShellFolder)],
    [toolFolder, join(folder, 'drive_c', 'LabTools')],
  ] as const) {
    await mkdir(dirname(to), { recursive: true })
    await run('cp', ['-al', from, to])
  }
}
