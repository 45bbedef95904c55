/** The laws of Rollout.psm1 in the complete PowerShell, for any value: its JSON and its quoting. Its cases are in tests/powershell. */
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
