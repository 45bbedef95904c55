/**
 * The resident loop in the complete PowerShell, beyond the verbs: streams, long answers, death, and scripts that do not stop.
 */
import { afterEach, describe, expect, test } from 'vitest'
import type { FailureError } from '../../../../domain/base/failure.ts'
import type { OutputChunk } from '../../../../main/engine/ports.ts'
import { startPowerShell } from '../../../../main/transports/local/powershell-process.ts'
import { ResidentPowerShell, type PowerShellMode } from '../../../../main/transports/powershell/resident-powershell.ts'
import { scriptOf } from '../../../../main/transports/powershell/scripts.ts'
import { labPowerShell } from '../local/lab-powershell.ts'

const { executable, unavailable } = labPowerShell()
const signal = new AbortController().signal
let powershell: ResidentPowerShell

function startIn(mode: PowerShellMode): void {
  powershell = new ResidentPowerShell({ open: () => startPowerShell(executable), mode })
}

async function run(
  body: string,
  onOutput: (chunk: OutputChunk) => void = () => undefined,
  timeoutMs = 30_000,
): Promise<unknown> {
  const envelope = JSON.parse(
    await powershell.runScript(scriptOf(`Set-StrictMode -Version 3\n${body}`), {}, { signal, timeoutMs, onOutput }),
  ) as { ok: boolean; data?: unknown; error?: unknown }
  return envelope.ok ? envelope.data : envelope.error
}

afterEach(() => powershell.close())

describe.skipIf(unavailable !== undefined)(
  `rung 3: the resident loop in the complete PowerShell${unavailable === undefined ? '' : ` (not run: ${unavailable})`}`,
  { timeout: 60_000 },
  () => {
    test.each(['resident', 'process'] as const)(
      'keeps the streams apart and passes on what does not belong (%s)',
      async (mode) => {
        startIn(mode)
        const chunks: OutputChunk[] = []
        const data = await run(
          `
      Write-Warning 'mind'
      Write-Verbose -Verbose 'in detail'
      Write-Information 'told'
      [Console]::Out.WriteLine('written past us')
      [Console]::Error.WriteLine('and to the side')
      Write-Error 'not the end' -ErrorAction Continue
      'loose text'
      Write-Envelope { [ordered]@{ done = $true } }`,
          (chunk) => chunks.push(chunk),
        )
        expect(data).toEqual({ done: true })
        const of = (stream: OutputChunk['stream']) =>
          chunks
            .filter((chunk) => chunk.stream === stream)
            .map((chunk) => chunk.text)
            .join('')
        expect(of('warning')).toBe('mind\n')
        expect(of('verbose')).toBe('in detail\n')
        expect(of('output')).toContain('told\n')
        expect(of('output')).toContain('written past us\n')
        expect(of('output')).toContain('loose text\n')
        expect(of('error')).toContain('not the end')
      },
    )

    test('is told that nothing reads its output as a terminal', async () => {
      const before = process.env['TERM']
      process.env['TERM'] = 'xterm-256color'
      try {
        startIn('resident')
        expect(await run(`Write-Envelope { [ordered]@{ term = $env:TERM; colour = $env:NO_COLOR } }`)).toEqual({
          term: 'dumb',
          colour: '1',
        })
      } finally {
        if (before === undefined) delete process.env['TERM']
        else process.env['TERM'] = before
      }
    })

    test('brings ten megabytes of one answer, and any text in it', async () => {
      startIn('resident')
      const text = 'ö漢🚀"\\\u0001 '
      const data = await run(
        `Write-Envelope { $t = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(text).toString('base64')}')); [ordered]@{ text = $t; long = 'x' * 10000000 } }`,
      )
      expect(data).toEqual({ text, long: 'x'.repeat(10_000_000) })
    })

    test('nothing of one script is left for the next', async () => {
      startIn('resident')
      await run(
        `$global:left = 1; function global:Get-Left { 1 }; Set-Location -LiteralPath /; Write-Envelope { [ordered]@{ } }`,
      )
      expect(
        await run(
          `Write-Envelope { [ordered]@{ variable = [bool](Get-Variable -Name left -Scope Global -ErrorAction Ignore); command = [bool](Get-Command -Name Get-Left -ErrorAction Ignore) } }`,
        ),
      ).toEqual({ variable: false, command: false })
    })

    test('tells an error with its code, a script that cannot be read, and one that answers nothing', async () => {
      startIn('resident')
      expect(await run(`Write-Envelope { Stop-WithCode 'some-code' 'What happened.' 'More.' }`)).toEqual({
        code: 'some-code',
        message: 'What happened.',
        detail: 'More.',
      })
      expect(await run('if (')).toMatchObject({ code: 'script-failed' })
      expect(await run('$null = 1')).toMatchObject({ code: 'bad-script' })
      expect(await run('Write-Envelope { 1; 2 }')).toMatchObject({ code: 'bad-script' })
      expect(await run(`Write-Envelope { throw 'plainly' }`)).toMatchObject({
        code: 'script-failed',
        message: 'plainly',
      })
    })

    test('a script that ends the process fails with link, and the next one has another', async () => {
      startIn('resident')
      const first = await run('Write-Envelope { [ordered]@{ id = $PID } }')
      const error = await run('[Environment]::Exit(5)').catch((thrown: unknown) => thrown)
      expect((error as FailureError).failure).toMatchObject({ kind: 'link', code: 'powershell-ended' })
      const second = await run('Write-Envelope { [ordered]@{ id = $PID } }')
      expect(second).not.toEqual(first)
    })

    test('a call into the system that does not come back is left behind with its process', async () => {
      startIn('resident')
      const first = await run('Write-Envelope { [ordered]@{ id = $PID } }')
      const error = await run('[Threading.Thread]::Sleep(60000)', undefined, 500).catch((thrown: unknown) => thrown)
      expect((error as FailureError).failure).toMatchObject({ kind: 'host', code: 'script-timeout' })
      expect(await run('Write-Envelope { [ordered]@{ id = $PID } }')).not.toEqual(first)
    })
  },
)
