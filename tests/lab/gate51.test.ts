/** Rung 3, the 5.1 gate: what runs here on PowerShell 7 must be spelled as Windows PowerShell 5.1 reads it. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { causes } from '../../domain/doctor/cause.ts'
import type { Knocked } from '../../domain/doctor/knocked.ts'
import { remedyFor } from '../../domain/doctor/remedy-for.ts'
import { buildHost, gateScript, hostUnavailable, linuxPowerShell } from './build.ts'

interface Offence {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text: string
  readonly rule: string
  readonly message: string
}

const lab = import.meta.dirname
const resources = join(lab, '..', '..', 'resources', 'powershell')
const ownersScripts = join(lab, '..', '..', 'docs', 'test-host')
const unavailable = hostUnavailable()
const gated = unavailable === undefined || process.env['CI'] ? test : test.skip
const why = unavailable === undefined ? '' : ` (skipped: ${unavailable})`

beforeAll(async () => {
  if (unavailable === undefined) await buildHost(['linux'])
}, 300_000)

async function offencesIn(files: readonly string[]): Promise<readonly Offence[]> {
  const lists = ['winps51-commands.json', 'winps51-types.json'].map((name) => join(lab, 'winps51', name))
  const output = await new Promise<string>((resolve, reject) => {
    const words = ['-NoProfile', '-NonInteractive', '-File', gateScript, ...lists, ...files]
    execFile(linuxPowerShell, words, { maxBuffer: 1 << 26 }, (problem, stdout, stderr) => {
      // Exit code 1 says that there are offences, which the test wants to see.
      if (problem !== null && problem.code !== 1) reject(new Error(`The gate failed: ${stderr}`))
      else resolve(stdout)
    })
  })
  return JSON.parse(output) as readonly Offence[]
}

async function filesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder))
    .filter((name) => /\.psm?1$/.test(name))
    .sort()
    .map((name) => join(folder, name))
}

// A cold engine reads the whole lists of what Windows PowerShell knows: seconds, and on a busy machine many.
gated(`every script of the product is Windows PowerShell 5.1${why}`, { timeout: 120_000 }, async () => {
  const files = [...(await filesIn(resources)), ...(await filesIn(ownersScripts))]
  expect(files.length).toBeGreaterThan(1)
  const offences = await offencesIn(files)
  expect(
    offences.map((one) => `${one.file}:${one.line}:${one.column} ${one.rule}: ${one.message} ${one.text}`),
  ).toEqual([])
})

gated(`every planted offence is found on its line, and nothing else${why}`, async () => {
  const files = await filesIn(join(lab, 'offences'))
  const planted: string[] = []
  for (const file of files) {
    for (const [index, line] of (await readFile(file, 'utf8')).split('\n').entries()) {
      for (const rule of /# offence: (.+)$/.exec(line)?.[1]?.split(', ') ?? [])
        planted.push(`${file}:${index + 1} ${rule}`)
    }
  }
  const found = (await offencesIn(files)).map((one) => `${one.file}:${one.line} ${one.rule}`)
  expect([...new Set(found)].sort()).toEqual(planted.sort())
})

// A person pastes these at a prompt: no strict mode, no help, names in any alphabet, and programs by the names that the prompt knows.
const atAPrompt = new Set(['strict', 'stop', 'help', 'ascii'])
const beyondTheLists = [
  // Parameters that the WSMan: drive adds; a cmdlet of the DISM module; programs of Windows and of its OpenSSH.
  'parameter -Transport',
  'parameter -Address',
  'parameter -Port',
  'parameter -CertificateThumbPrint',
  'command Add-WindowsCapability',
  ...['klist', 'net', 'netsh', 'secedit', 'setspn', 'ssh-add', 'ssh-keygen', 'w32tm'].map(
    (program) => `command ${program}`,
  ),
  // Ours.
  'command exekra-rollout',
]

gated(
  `what the doctor tells people to run is Windows PowerShell 5.1, whatever the name of the host${why}`,
  { timeout: 120_000 },
  async () => {
    const name = "o'br\u2019ien $(whoami)"
    const host = { name: 'H1', address: name, auth: 'kerberos' as const }
    const doors: readonly Pick<Knocked, 'port' | 'by' | 'tls'>[] = [
      ...[5986, 8443].map((port) => ({ port, by: 'WinRM' as const, tls: true })),
      ...[5985, 8080].map((port) => ({ port, by: 'WinRM' as const, tls: false })),
      ...[22, 2222].map((port) => ({ port, by: 'SSH' as const, tls: false })),
    ]
    const users = [null, `SITE\\${name}`, `.\\${name}`, `${name}@site.example`]
    const codes = [
      '',
      'no-agent',
      'way-not-offered',
      'password-expired',
      'no-ticket',
      'wsman-2150859173',
      'wsman-2150859175',
      'wsman-2150859179',
    ]
    const made = causes.flatMap((cause) =>
      doors.flatMap((door) =>
        users.flatMap((user) => codes.map((code) => remedyFor[cause]({ ...host, ...door, user, code }))),
      ),
    )
    const folder = await mkdtemp(join(tmpdir(), 'rollout-remedies-'))
    try {
      const texts = [
        ...new Set(made.flatMap(({ look, script, undo }) => [look, script, undo]).filter((text) => text !== null)),
      ]
      const files = texts.map((_text, i) => join(folder, `${i}.ps1`))
      // With a mark: without one 5.1 reads another code page.
      await Promise.all(texts.map((text, i) => writeFile(files[i] ?? '', `\ufeff${text}\n`)))
      const offences = (await offencesIn(files))
        .filter((one) => !atAPrompt.has(one.rule))
        .map((one) => `${one.rule} ${one.text}`)
      expect([...new Set(offences)].toSorted()).toEqual(beyondTheLists.toSorted())
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)
