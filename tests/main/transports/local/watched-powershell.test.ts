/** What a PowerShell that is watched sees of us: its log, its transcripts, the terminal it believes in. No secret, and every answer is right. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { Host } from '../../../../domain/plan/host.ts'
import type { OutputChunk, Session } from '../../../../main/engine/ports.ts'
import { localTransport } from '../../../../main/transports/local/transport.ts'
import { ask } from '../../../suites/transport/host-under-test.ts'
import { follow, jobOf, texts } from '../../../suites/transport/job-programs.ts'
import { labPowerShell } from './lab-powershell.ts'

const { executable, unavailable } = labPowerShell()
const signal = new AbortController().signal
const secret = `canary-"'\\ ö${'x'.repeat(9)}`
/** Every form in which somebody could read the secret in a log: plain, in JSON, in base64 at each of three places, in UTF-8 and UTF-16. */
const forms = [
  'canary-',
  ...(['utf8', 'utf16le'] as const).flatMap((encoding) =>
    [0, 1, 2].map((before) =>
      Buffer.from(`${' '.repeat(before)}canary-"'\\ `, encoding)
        .toString('base64')
        .slice(before === 0 ? 0 : 4, -5),
    ),
  ),
]
const seenIn = (text: string) => forms.filter((form) => text.includes(form))

const folder = mkdtempSync(join(tmpdir(), 'rollout-watched-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A session of this machine whose PowerShell is that one; `work` is done over it. */
async function over(program: string, work: (session: Session) => Promise<void>): Promise<void> {
  const here = Host.parse({ name: 'here', address: 'localhost', reach: { kind: 'local' }, workFolder: folder })
  const session = await localTransport({ executable: program }).open(here, undefined, signal)
  try {
    await work(session)
  } finally {
    await session.close()
  }
}

/** Hands the secret to a program on the host, which says that it has it. */
async function useSecret(session: Session): Promise<void> {
  const host = {
    session,
    workFolder: folder,
    windows: false,
    powershell: executable,
    reopen: () => Promise.reject(new Error('not used')),
  }
  const job = jobOf(host, `[Console]::Out.WriteLine($env:ROLLOUT_SECRET.Length); exit 5`, {
    environment: { ROLLOUT_SECRET: secret },
  })
  await ask(session, 'Start-HostJob', job.params)
  const seen = await follow(session, job)
  expect(texts(seen, 'output')).toEqual([String(secret.length)])
  expect(seen.last).toMatchObject({ state: 'ended', exitCode: 5 })
}

/** The settings that group policy makes on Windows, for the PowerShell of `over` and all it starts; answers with a program that has them. */
function policies(settings: Readonly<Record<string, unknown>>, log?: string): string {
  const place = mkdtempSync(join(folder, 'policy-'))
  const config = join(place, 'powershell', 'powershell.config.json')
  mkdirSync(join(place, 'powershell'))
  writeFileSync(
    config,
    JSON.stringify({ LogLevel: 'Verbose', LogChannels: 'Operational,Analytic', PowerShellPolicies: settings }),
  )
  const program = join(place, 'pwsh')
  const inside = log === undefined ? '' : `bwrap --dev-bind / / --dev /dev --bind '${log}' /dev/log `
  writeFileSync(
    program,
    `#!/bin/sh\nexport XDG_CONFIG_HOME='${place}'\nexec ${inside}'${executable}' -SettingsFile '${config}' "$@"\n`,
    { mode: 0o700 },
  )
  return program
}

const noLog =
  unavailable ??
  (process.platform !== 'linux'
    ? 'only Linux has /dev/log'
    : existsSync('/usr/bin/bwrap') && mayHaveOwnDevices()
      ? undefined
      : 'it needs bubblewrap for a /dev/log of its own')

function mayHaveOwnDevices(): boolean {
  try {
    execFileSync('bwrap', ['--dev-bind', '/', '/', '--dev', '/dev', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe(`rung 3: module and script block logging${noLog === undefined ? '' : ` (not run: ${noLog})`}`, () => {
  let server: Server | undefined
  let log = ''
  afterAll(() => {
    server?.close()
  })

  test.skipIf(noLog !== undefined)(
    'PowerShell logs every command with its parameters, and every script: no secret is among them',
    { timeout: 120_000 },
    async () => {
      const socket = join(folder, 'log')
      server = createServer((connection) => {
        connection.setEncoding('utf8').on('data', (text: string) => {
          log += text
        })
      }).listen(socket)
      await once(server, 'listening')
      const program = policies(
        {
          ModuleLogging: { EnableModuleLogging: true, ModuleNames: ['*'] },
          ScriptBlockLogging: { EnableScriptBlockLogging: true, EnableScriptBlockInvocationLogging: true },
        },
        socket,
      )
      await over(program, useSecret)
      // The log is there, of the resident and of the worker, with what it is told to hold.
      expect(log).toContain('CommandInvocation(')
      expect(log).toContain('ParameterBinding(')
      expect(log).toContain('function Invoke-Request')
      expect(new Set(log.match(/powershell\[\d+\]/g)).size).toBeGreaterThanOrEqual(2)
      expect(seenIn(log)).toEqual([])
    },
  )
})

describe.skipIf(unavailable !== undefined)(
  `rung 3: a PowerShell that transcribes${unavailable === undefined ? '' : ` (not run: ${unavailable})`}`,
  { timeout: 120_000 },
  () => {
    test('by policy: the transcripts hold no secret, and the answers are right', async () => {
      const transcripts = join(folder, 'transcripts')
      const program = policies({
        Transcription: { EnableTranscripting: true, EnableInvocationHeader: true, OutputDirectory: transcripts },
      })
      await over(program, useSecret)
      const written = readdirSync(transcripts, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      // The resident's and the worker's at least.
      expect(written.filter((text) => text.includes('PowerShell transcript start')).length).toBeGreaterThanOrEqual(2)
      expect(seenIn(written.join('\n'))).toEqual([])
    })
  },
)

describe.skipIf(unavailable !== undefined)(
  `rung 3: a PowerShell in a terminal${unavailable === undefined ? '' : ` (not run: ${unavailable})`}`,
  { timeout: 60_000 },
  () => {
    test('that TERM names: no escape code comes into an answer, an error or the output of a program', async () => {
      vi.stubEnv('TERM', 'xterm')
      vi.stubEnv('NO_COLOR', undefined)
      try {
        await over(executable, async (session) => {
          const chunks: OutputChunk[] = []
          const onOutput = (chunk: OutputChunk) => void chunks.push(chunk)
          expect((await ask(session, 'Get-BootId', {}, { onOutput })).bootId).toMatch(/^[\x20-\x7e]+$/)
          const host = {
            session,
            workFolder: folder,
            windows: false,
            powershell: executable,
            reopen: () => Promise.reject(new Error('not used')),
          }
          const job = jobOf(host, `Write-Warning 'mind'; Get-Item '${join(folder, 'none')}'`)
          await ask(session, 'Start-HostJob', job.params, { onOutput })
          const seen = await follow(session, job)
          expect(texts(seen, 'error').join()).toContain('does not exist')
          const text = JSON.stringify([chunks, seen])
          expect(text).toContain('WARNING: mind')
          expect(text).not.toContain('\\u001b')
        })
      } finally {
        vi.unstubAllEnvs()
      }
    })
  },
)
