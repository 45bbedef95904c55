/** Owns what verbs answer on a Windows in a state that no lab has: the rest of Windows is stubs. */
import { afterAll, describe, expect, test } from 'vitest'
import { registryStub, stubbedEngine } from './stubbed-verb.ts'

const engine = stubbedEngine()
afterAll(() => engine.close())

const uninstall = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall'

describe.skipIf(engine.unavailable !== undefined)(
  `rung 3: scripts in the real engine, Windows by stubs${engine.unavailable === undefined ? '' : ` (not run: ${engine.unavailable})`}`,
  { timeout: 60_000 },
  () => {
    test('Get-ProductState: a version with a part beyond 32 bits is a version, and compares as one', async () => {
      const stubs = registryStub({
        [`HKLM\\${uninstall}\\a`]: { DisplayName: 'Studio', DisplayVersion: '20240101123456.1' },
        [`HKLM32\\${uninstall}\\b`]: { DisplayName: 'Studio', DisplayVersion: '20230101123456.2' },
      })
      expect(await engine.ask('Get-ProductState', { Detect: { uninstallName: 'Studio' } }, stubs)).toMatchObject({
        uninstall: { displayName: 'Studio', version: '20240101123456.1' },
      })
    })

    test('a letter that only looks like ASCII when case is ignored is escaped, and read as more than ASCII', async () => {
      expect(await engine.run(`[ordered]@{ text = (ConvertTo-JsonString ([string][char]0x212A)) }`)).toEqual({
        text: '"\\u212a"',
      })
    })

    test('Start-HostService: starts a service that is still stopping once it has stopped, and only once', async () => {
      const stubs = `
$script:asked = 0
$script:starts = 0
function Get-ServiceAnswer {
    param([string]$Name)
    $script:asked++
    $status = if ($script:starts -gt 0) { if ($script:asked -gt 6) { 'running' } else { 'stopped' } } elseif ($script:asked -lt 4) { 'stop-pending' } else { 'stopped' }
    [ordered]@{ name = "$Name $script:starts"; exists = $true; status = $status; startType = 'manual' }
}
function Start-Service { $script:starts++ }
`
      expect(await engine.ask('Start-HostService', { Name: 'exekra', TimeoutMs: 10_000 }, stubs)).toEqual({
        name: 'exekra 1',
        exists: true,
        status: 'running',
        startType: 'manual',
      })
    })

    test.each([
      [
        'the code page of the system, whatever the language of the account',
        { 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage': { OEMCP: '852' } },
        852,
      ],
      ['the code page of the language where the registry says none', {}, 437],
    ])('a job reads lines of programs in %s', async (_name, keys, page) => {
      expect(
        await engine.run(
          `[Threading.Thread]::CurrentThread.CurrentCulture = New-Object Globalization.CultureInfo -ArgumentList 'en-US', $false
[ordered]@{ page = Get-ConsolePage }`,
          registryStub(keys),
        ),
      ).toEqual({ page })
    })

    const session = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager'
    const pendingOf = (values: Readonly<Record<string, readonly string[]>>) =>
      engine.run('[ordered]@{ pending = Get-PendingReboot }', registryStub({ [session]: values }))

    test('a restart is wanted for files of either list', async () => {
      expect(
        await pendingOf({
          PendingFileRenameOperations: ['\\??\\C:\\App\\a.dll', ''],
          PendingFileRenameOperations2: ['\\??\\C:\\App\\b.new', '!\\??\\C:\\App\\b.dll'],
        }),
      ).toEqual({
        pending: [{ kind: 'file-rename', evidence: ['C:\\App\\a.dll', 'C:\\App\\b.new', 'C:\\App\\b.dll'] }],
      })
    })

    test('no restart is wanted for what updaters only leave in temporary folders', async () => {
      const temporary = [
        '\\??\\C:\\Windows\\Temp\\x.tmp',
        '',
        '\\??\\C:\\Users\\a\\AppData\\Local\\Temp\\y',
        '',
        '\\??\\C:\\Windows\\SystemTemp\\z',
        '',
      ]
      expect(await pendingOf({ PendingFileRenameOperations: temporary })).toEqual({ pending: [] })
      expect(
        await pendingOf({
          PendingFileRenameOperations: [...temporary, '\\??\\C:\\Windows\\Temp\\new.dll', '\\??\\C:\\App\\c.dll'],
        }),
      ).toEqual({ pending: [{ kind: 'file-rename', evidence: ['C:\\Windows\\Temp\\new.dll', 'C:\\App\\c.dll'] }] })
    })
  },
)
