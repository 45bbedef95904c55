/**
 * Builds the lab's programs: the complete PowerShell for Linux and for Windows with the lab's own module in it, the 5.1
 * gate, Pester and the tool of lab hosts. Each is built once, and again only when its sources or a version changed.
 */
import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const lab = import.meta.dirname
const sources = join(lab, 'host')
export const buildFolder = join(lab, '.build')
export const linuxPowerShell = join(buildFolder, 'linux', 'pwsh')
export const windowsPowerShellFolder = join(buildFolder, 'win')
export const toolFolder = join(buildFolder, 'tool')
/** The module Pester, the same for every PowerShell. */
export const pesterFolder = join(buildFolder, 'pester')
/** Runs in the complete PowerShell for Linux: two lists, then the files to judge. */
export const gateScript = join(buildFolder, 'gate', 'gate.ps1')

type Platform = 'linux' | 'win'

/** Modules whose cmdlets ask what Wine does not have: some answer wrongly there, some hang. */
const absentModules = ['CimCmdlets', 'Microsoft.PowerShell.Diagnostics', 'Microsoft.WSMan.Management', 'PSDiagnostics']
/** Cmdlets that the lab has of its own, or that must not act: on Linux they restart this very machine. */
const absentCmdlets: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.PowerShell.Utility': ['ConvertFrom-Json'],
  'Microsoft.PowerShell.Management': [
    'Restart-Computer',
    'Stop-Computer',
    'Rename-Computer',
    'Get-ComputerInfo',
    'Get-HotFix',
  ],
}

/** Says in a sentence why nothing can be built here, if it cannot. */
export function hostUnavailable(): string | undefined {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, process.platform === 'win32' ? 'dotnet.exe' : 'dotnet')))
  return found ? undefined : 'the .NET SDK is not installed'
}

/** Builds what the given platforms need, in order; the caller that only needs Linux does not pay for Windows. */
export async function buildHost(platforms: readonly Platform[] = ['linux', 'win']): Promise<void> {
  const sdk = (await run('dotnet', ['--version'], { env: environment() })).stdout.trim()
  const devices = await project({ name: 'devices', from: ['devices', 'shared'], sdk })
  await project({ name: 'pester', from: ['pester'], sdk })
  for (const platform of platforms) {
    const base = await project({ name: `pwsh-${platform}`, from: ['pwsh'], sdk, platform })
    const recipe = await readFile(import.meta.filename)
    await once(platform, hashOf([base, devices, recipe]), (part) => compose(platform, part))
    if (platform === 'linux') await project({ name: 'gate', from: ['gate'], sdk, beside: 'gate.ps1' })
    else await project({ name: 'tool', from: ['tool', 'shared'], sdk, platform })
  }
}

interface Project {
  /** Of the build; the project's file is that of the first of `from`. */
  readonly name: string
  readonly from: readonly [string, ...string[]]
  readonly sdk: string
  /** A program for that platform, with its runtime; otherwise a library for all. */
  readonly platform?: Platform
  /** A file of the project that lies beside what was built. */
  readonly beside?: string
}

/** Builds one .NET project unless it is there, and answers with what its build stands for. */
async function project({ name, from, sdk, platform, beside }: Project): Promise<string> {
  const words =
    platform === undefined
      ? ['build']
      : ['publish', '--runtime', `${platform}-x64`, '--self-contained', 'true', '-p:PublishReadyToRun=true']
  const stamp = hashOf([sdk, words.join(' '), await contentOf(from)])
  await once(name, stamp, async (part) => {
    // Built from a copy, so that two builds or two processes never share MSBuild's intermediate files.
    const source = join(buildFolder, `source-${name}-${process.pid}`)
    try {
      await cp(sources, source, { recursive: true, filter: (file) => !isBuildOutput(file) })
      const file = join(source, from[0], `${from[0]}.csproj`)
      const [verb = '', ...rest] = words
      await run('dotnet', [verb, file, '--configuration', 'Release', ...rest, '--output', part, '-v', 'quiet'], {
        env: environment(),
        maxBuffer: 1 << 26,
      }).catch((problem: unknown) => {
        const said = problem instanceof Error && 'stdout' in problem ? String(problem.stdout) : ''
        throw new Error(`${name} could not be built: ${said}`, { cause: problem })
      })
      if (beside !== undefined) await copyFile(join(sources, from[0], beside), join(part, beside))
    } finally {
      await rm(source, { recursive: true, force: true })
    }
  })
  return stamp
}

/** Makes the PowerShell of a platform out of Microsoft's and the lab's module. */
async function compose(platform: Platform, part: string): Promise<void> {
  // Links, because most of it is the same bytes; whatever is changed below is a file of its own.
  await run('cp', ['-al', join(buildFolder, `pwsh-${platform}`), part])
  // A publish for one platform leaves the modules where PowerShell does not look for them.
  const runtimes = join(part, 'runtimes')
  const modules = join(part, 'Modules')
  await rename(join(runtimes, platform === 'win' ? 'win' : 'unix', 'lib', 'net10.0', 'Modules'), modules)
  for (const other of ['win', 'unix'])
    await rm(join(runtimes, other, 'lib', 'net10.0', 'Modules'), { recursive: true, force: true })
  for (const module of absentModules) await rm(join(modules, module), { recursive: true, force: true })
  for (const [module, cmdlets] of Object.entries(absentCmdlets)) {
    const manifest = join(modules, module, `${module}.psd1`)
    await rewrite(manifest, without(await readFile(manifest, 'utf8'), cmdlets))
  }
  const own = join(modules, 'Lab.Devices')
  await mkdir(own)
  await copyFile(join(buildFolder, 'devices', 'Lab.Devices.dll'), join(own, 'Lab.Devices.dll'))
  await copyFile(join(sources, 'devices', `${platform}.psd1`), join(own, 'Lab.Devices.psd1'))
  if (platform === 'linux') return
  await copyFile(join(part, 'pwsh.exe'), join(part, 'powershell.exe'))
  // As a Windows Server has it.
  await writeFile(join(part, 'powershell.config.json'), '{ "Microsoft.PowerShell:ExecutionPolicy": "RemoteSigned" }\n')
}

/** The manifest without these cmdlets, and without its signature, which would no longer be true. */
function without(manifest: string, cmdlets: readonly string[]): string {
  const text = manifest.replace(/# SIG # Begin[\s\S]*$/, '')
  return cmdlets.reduce(
    (left, cmdlet) => left.replace(new RegExp(`["']${cmdlet}["']\\s*,|,\\s*["']${cmdlet}["']`), ''),
    text,
  )
}

/** Another file in the place of one that is a link. */
async function rewrite(file: string, text: string): Promise<void> {
  await rm(file)
  await writeFile(file, text)
}

/** Makes `.build/name` unless it is there for this stamp. Renamed into place, so that nobody runs a half-written build. */
async function once(name: string, stamp: string, make: (part: string) => Promise<void>): Promise<void> {
  const target = join(buildFolder, name)
  const stampFile = join(buildFolder, `${name}.stamp`)
  if (existsSync(target) && existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return
  await mkdir(buildFolder, { recursive: true })
  const part = join(buildFolder, `${name}.part-${process.pid}`)
  try {
    await make(part)
    await rm(target, { recursive: true, force: true })
    await rename(part, target)
    await writeFile(stampFile, stamp)
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', MSBUILDDISABLENODEREUSE: '1' }
}

function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

/** Of all files in these folders, and of the settings and versions that all projects share. */
async function contentOf(folders: readonly string[]): Promise<string> {
  const names = ['Directory.Build.props']
  for (const folder of folders)
    for (const entry of await readdir(join(sources, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) names.push(join(entry.parentPath, entry.name).slice(sources.length + 1))
  const kept = names.filter((name) => !isBuildOutput(join(sources, name))).sort()
  const contents = await Promise.all(kept.map((name) => readFile(join(sources, name))))
  return hashOf([...kept, ...contents])
}

function isBuildOutput(name: string): boolean {
  return /[\\/]host[\\/]\w+[\\/](bin|obj)([\\/]|$)/.test(name)
}

if (process.argv[1] === import.meta.filename) {
  const asked = process.argv.slice(2).filter((word): word is Platform => word === 'linux' || word === 'win')
  await buildHost(asked.length > 0 ? asked : ['linux', 'win'])
  process.stdout.write(`${linuxPowerShell}\n`)
}
