/** The laws of Rollout.psm1 in the complete PowerShell: its JSON, its quoting, its paths and processes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { startPowerShell } from '../../../../main/transports/local/powershell-process.ts'
import { ResidentPowerShell } from '../../../../main/transports/powershell/resident-powershell.ts'
import { scriptOf } from '../../../../main/transports/powershell/scripts.ts'
import { labPowerShell } from '../local/lab-powershell.ts'

const { executable, unavailable } = labPowerShell()
const powershell = new ResidentPowerShell({ open: () => startPowerShell(executable), mode: 'resident' })
afterAll(() => powershell.close())

/** Runs a body inside Write-Envelope with `$Values` and gives back its data. */
async function inEngine(body: string, values: readonly unknown[]): Promise<unknown> {
  const script = scriptOf(
    `param([AllowNull()][AllowEmptyCollection()][object[]]$Values)\nSet-StrictMode -Version 3\nWrite-Envelope { ${body} }`,
  )
  const envelope = JSON.parse(
    await powershell.runScript(script, { Values: values }, { signal: new AbortController().signal, timeoutMs: 60_000 }),
  ) as { ok: boolean; data?: unknown }
  expect(envelope.ok, JSON.stringify(envelope)).toBe(true)
  return envelope.data
}

/** Microsoft's rules for the arguments after the program name (CommandLineToArgvW), written from their description. */
function commandLineToArgv(line: string): string[] {
  const found: string[] = []
  let current: string | undefined
  let quoted = false
  for (let i = 0; i < line.length;) {
    const slashes = /^\\*/.exec(line.slice(i))?.[0].length ?? 0
    i += slashes
    if (line[i] === '"') {
      current = (current ?? '') + '\\'.repeat(Math.floor(slashes / 2))
      if (slashes % 2 === 1) current += '"'
      else if (quoted && line[i + 1] === '"') {
        current += '"'
        i++
      } else quoted = !quoted
      i++
      continue
    }
    if (slashes > 0) current = (current ?? '') + '\\'.repeat(slashes)
    if (i >= line.length) break
    if (/[ \t]/.test(line[i] ?? '') && !quoted) {
      if (current !== undefined) found.push(current)
      current = undefined
    } else current = `${current ?? ''}${line[i] ?? ''}`
    i++
  }
  return current === undefined ? found : [...found, current]
}

const argument = fc.string({
  unit: fc.constantFrom('a', '\\', '"', ' ', '\t', '=', '$', '`', "'", 'ö', '漢', '%', '&', '*'),
})
const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: false })

describe.skipIf(unavailable !== undefined)(
  `rung 3: Rollout.psm1 in the complete PowerShell${unavailable === undefined ? '' : ` (not run: ${unavailable})`}`,
  { timeout: 60_000 },
  () => {
    test('arguments are read back as they were given, by the rules of CommandLineToArgvW', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(argument, { maxLength: 5 }), { minLength: 20, maxLength: 30 }),
          async (lists) => {
            const lines = (await inEngine(
              `[ordered]@{ lines = @(foreach ($list in $Values) { @($list | ForEach-Object { ConvertTo-NativeArgument $_ }) -join ' ' }) }`,
              lists,
            )) as { lines: string[] }
            expect(lines.lines.map(commandLineToArgv)).toEqual(lists)
          },
        ),
        { numRuns: 8 },
      )
    })

    test('msiexec gets its properties quoted as it wants them', async () => {
      const given = ['INSTALLDIR=C:\\Program Files\\Exekra\\', 'A=1', 'B=say "hi"', 'two words', 'E=']
      expect(
        await inEngine('[ordered]@{ lines = @($Values | ForEach-Object { ConvertTo-MsiArgument $_ }) }', given),
      ).toEqual({ lines: ['INSTALLDIR="C:\\Program Files\\Exekra\\"', 'A=1', 'B="say ""hi"""', '"two words"', 'E='] })
    })

    test('a value goes there and comes back the same, dates and one-element lists among them', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(json.filter(isPlain), { minLength: 10, maxLength: 20 }), async (values) => {
          expect(await inEngine('[ordered]@{ values = $Values }', values)).toEqual({ values })
        }),
        { numRuns: 8 },
      )
      const traps = [
        '2026-11-23T10:00:00Z',
        '/Date(0)/',
        '',
        '\0',
        '\u2028',
        '\ud800',
        [[]],
        [['x']],
        [null],
        { '2026-11-23': ['2026-11-23'] },
        { Keys: 'k', Count: 1, Values: [] },
      ]
      expect(await inEngine('[ordered]@{ values = $Values }', traps)).toEqual({
        values: traps.map((trap) => (trap === '\ud800' ? '\ufffd' : trap)),
      })
    })

    test('a path lies below a folder only if it does', async () => {
      const cases = [
        ['/a/b', '/a'],
        ['/a', '/a'],
        ['/a/', '/a'],
        ['/ab', '/a'],
        ['/a/../b', '/a'],
        ['/a/b/../../c', '/a'],
        ['/a/./b/', '/a/'],
      ]
      expect(
        await inEngine(
          '[ordered]@{ below = @(foreach ($pair in $Values) { Test-BelowFolder $pair[0] $pair[1] }) }',
          cases,
        ),
      ).toEqual({ below: [true, false, false, false, false, false, true] })
    })

    test('masks of the firewall become prefix lengths, and nothing else changes', async () => {
      const given = [
        '10.0.0.0/255.0.0.0',
        '192.168.4.0/255.255.252.0',
        '10.1.2.3/255.255.255.255',
        '10.0.0.0/255.0.255.0',
        'LocalSubnet',
        '10.0.0.0/8',
        'fe80::/64',
        'Any',
      ]
      expect(
        await inEngine('[ordered]@{ seen = @($Values | ForEach-Object { ConvertTo-PrefixAddress $_ }) }', given),
      ).toEqual({
        seen: [
          '10.0.0.0/8',
          '192.168.4.0/22',
          '10.1.2.3',
          '10.0.0.0/255.0.255.0',
          'LocalSubnet',
          '10.0.0.0/8',
          'fe80::/64',
          'Any',
        ],
      })
    })

    test('a process id that is used again is not the process that was meant', async () => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
      await once(child, 'spawn')
      const ask = `$p = [Diagnostics.Process]::GetProcessById($Values[0]).StartTime.ToUniversalTime().Ticks; [ordered]@{ same = (Test-ProcessAlive $Values[0] $p); other = (Test-ProcessAlive $Values[0] ($p - 50000000)) }`
      expect(await inEngine(ask, [child.pid])).toEqual({ same: true, other: false })
      child.kill('SIGKILL')
      await once(child, 'exit')
      expect(await inEngine('[ordered]@{ same = (Test-ProcessAlive $Values[0] 0) }', [child.pid])).toEqual({
        same: false,
      })
    })
  },
)

// Hashtables do not tell keys apart by case, PowerShell has one kind of broken number, and no verb needs either.
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isPlain)
  const keys = Object.keys(value).map((key) => key.toLowerCase())
  return (
    new Set(keys).size === keys.length &&
    keys.every((key) => /^[a-z0-9 ]+$/.test(key)) &&
    Object.values(value).every(isPlain)
  )
}
