/** Builds the lab's PowerShell for Linux and Windows: once, and again only when its sources change. */
import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const lab = import.meta.dirname
export const buildFolder = join(lab, '.build')
export const linuxPowerShell = join(buildFolder, 'linux', 'powershell')
export const windowsPowerShellFolder = join(buildFolder, 'win')

/** Says in a sentence why the host cannot be built here, if it cannot. */
export function hostUnavailable(): string | undefined {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, process.platform === 'win32' ? 'dotnet.exe' : 'dotnet')))
  return found ? undefined : 'the .NET SDK is not installed'
}

type Platform = 'linux' | 'win'

/** Publishes the host for the given platforms, in order; the caller that only needs Linux does not pay for Windows. */
export async function buildHost(platforms: readonly Platform[] = ['linux', 'win']): Promise<void> {
  const stamp = await hashOf(join(lab, 'host'))
  for (const platform of platforms) await publish(platform, stamp)
}

async function publish(platform: Platform, stamp: string): Promise<void> {
  const target = join(buildFolder, platform)
  const stampFile = join(buildFolder, `${platform}.stamp`)
  if (existsSync(target) && existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return
  await mkdir(buildFolder, { recursive: true })
  const part = join(buildFolder, `${platform}.part-${process.pid}`)
  // Built from a copy, so that two platforms or two processes never share MSBuild's intermediate files.
  const source = join(buildFolder, `source-${platform}-${process.pid}`)
  try {
    await cp(join(lab, 'host'), source, { recursive: true, filter: (name) => !isBuildOutput(name) })
    await run(
      'dotnet',
      [
        'publish',
        join(source, 'host.csproj'),
        '--configuration',
        'Release',
        '--runtime',
        `${platform}-x64`,
        '--self-contained',
        'true',
        '-p:PublishReadyToRun=true',
        '-p:DebugType=none',
        '--output',
        part,
        '--nologo',
        '-v',
        'quiet',
      ],
      {
        env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', MSBUILDDISABLENODEREUSE: '1' },
        maxBuffer: 1 << 26,
      },
    )
    // Renamed into place, so that nobody runs a half-written build.
    await rm(target, { recursive: true, force: true })
    await rename(part, target)
    await writeFile(stampFile, stamp)
  } finally {
    await rm(part, { recursive: true, force: true })
    await rm(source, { recursive: true, force: true })
  }
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(cs|csproj)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => !isBuildOutput(name))
    .sort()
  for (const name of names)
    hash
      .update(name.slice(folder.length))
      .update('\0')
      .update(await readFile(name))
      .update('\0')
  return hash.digest('hex')
}

function isBuildOutput(name: string): boolean {
  return /[\\/]host[\\/](bin|obj)([\\/]|$)/.test(name)
}

if (process.argv[1] === import.meta.filename) {
  const asked = process.argv.slice(2).filter((word): word is Platform => word === 'linux' || word === 'win')
  await buildHost(asked.length > 0 ? asked : ['linux', 'win'])
  process.stdout.write(`${linuxPowerShell}\n`)
}
