/** What verbs answer on a Windows in a state that no lab has: the rest of Windows is stubs. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

    test.each([
      ['for everybody, though an account has a newer one', ['HKLM32', 'me'], ['1.0', '2.0'], 'machine', '1.0', null],
      ['for the account of the session', ['S-1-5-21-1-2-3-500', 'me'], ['3.0', '2.0'], 'own-account', '2.0', 'me'],
      ['for another account', ['S-1-5-21-1-2-3-500'], ['3.0'], 'other-account', '3.0', 'S-1-5-21-1-2-3-500'],
    ])('Get-ProductState: says that a product is there %s', async (_name, hives, versions, scope, version, account) => {
      const keys = hives.map((hive, i) => [
        `${hive}\\${uninstall}\\{studio}`,
        { DisplayName: 'Studio', DisplayVersion: versions[i] ?? '' },
      ])
      expect(
        await engine.ask(
          'Get-ProductState',
          { Detect: { uninstallName: 'Studio' } },
          registryStub(Object.fromEntries(keys) as Record<string, Record<string, string>>),
        ),
      ).toMatchObject({ uninstall: { displayName: 'Studio', version, scope, account } })
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
          `[Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]::InvariantCulture
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

    const asked = {
      Name: 'exekra',
      DisplayName: 'Exekra',
      Port: 4545,
      RemoteAddresses: ['10.0.0.0/24', '2001:DB8:0::1'],
    }
    const firewall = (rule: string, more = '') => `
$script:rule = ${rule}
$script:writes = 0
function Get-NetFirewallRule { param($Name, $ErrorAction) if ($null -ne $script:rule) { [pscustomobject]$script:rule } }
function Get-NetFirewallPortFilter { param($AssociatedNetFirewallRule) [pscustomobject]@{ Protocol = $AssociatedNetFirewallRule.Protocol; LocalPort = $AssociatedNetFirewallRule.LocalPort } }
function Get-NetFirewallAddressFilter { param($AssociatedNetFirewallRule) [pscustomobject]@{ RemoteAddress = $AssociatedNetFirewallRule.RemoteAddress } }
function Set-NetFirewallRule {
    param($Name, $Direction, $Action, $Enabled, $Profile, $Protocol, $LocalPort, $RemoteAddress)
    $script:writes++
    $script:rule = @{ Direction = "$Direction"; Action = "$Action"; Enabled = "$Enabled"; Profile = "$Profile"; Protocol = "$Protocol"; LocalPort = "$LocalPort"; RemoteAddress = @('10.0.0.0/255.255.255.0', '2001:db8::1') }
}
${more}`
    const windowsHas = `@{ Direction = 'Inbound'; Action = 'Allow'; Enabled = 'True'; Profile = 'Any'; Protocol = 'TCP'; LocalPort = '4545'; RemoteAddress = @('2001:db8::1', '10.0.0.0/255.255.255.0') }`
    const answer = {
      exists: true,
      enabled: true,
      port: 4545,
      remoteAddresses: ['10.0.0.0/24', '2001:db8::1'],
      action: 'allow',
      direction: 'inbound',
      protocol: 'tcp',
      profiles: ['domain', 'private', 'public'],
      policy: [],
    }
    // The answer is that of the changed rule, so that it shows whether anything was written.
    const counting = `function Get-FirewallPolicy { if ($script:writes -gt 0) { [ordered]@{ profile = "written $script:writes"; effect = 'applies'; active = $null } } }`
    const written = { ...answer, policy: [{ profile: 'written 1', effect: 'applies', active: null }] }

    test('Set-FirewallRule: leaves a rule alone that Windows spells in its own way', async () => {
      expect(await engine.ask('Set-FirewallRule', asked, firewall(windowsHas, counting))).toEqual(answer)
      const hostBits = { ...asked, RemoteAddresses: ['10.0.0.77/24', '2001:db8::1/128'] }
      expect(await engine.ask('Set-FirewallRule', hostBits, firewall(windowsHas, counting))).toEqual(answer)
    })

    test.each([
      ['blocks', "Action = 'Allow'", "Action = 'Block'"],
      ['is outbound', "Direction = 'Inbound'", "Direction = 'Outbound'"],
      ['is for UDP', "Protocol = 'TCP'", "Protocol = 'UDP'"],
      ['holds in one profile', "Profile = 'Any'", "Profile = 'Domain'"],
      ['holds in two profiles', "Profile = 'Any'", "Profile = 'Domain, Private'"],
      ['is off', "Enabled = 'True'", "Enabled = 'False'"],
      ['is for another network', '255.255.255.0', '255.255.0.0'],
    ])('Set-FirewallRule: puts a rule right that %s', async (_name, from, to) => {
      expect(await engine.ask('Set-FirewallRule', asked, firewall(windowsHas.replace(from, to), counting))).toEqual(
        written,
      )
    })

    test('Get-FirewallRule: says how the rule differs', async () => {
      const other = windowsHas
        .replace("'Allow'", "'Block'")
        .replace("'Any'", "'Domain, Public'")
        .replace("'TCP'", "'17'")
        .replace("'Inbound'", "'Outbound'")
      expect(await engine.ask('Get-FirewallRule', { Name: 'exekra' }, firewall(other))).toMatchObject({
        action: 'block',
        direction: 'outbound',
        protocol: 'udp',
        profiles: ['domain', 'public'],
      })
    })

    test('Get-FirewallRule: says what policy makes of local rules, for each profile', async () => {
      const profile = (name: string, enabled: string, inbound: string, byDefault: string, local: string) =>
        `[pscustomobject]@{ Name = '${name}'; Enabled = '${enabled}'; AllowInboundRules = '${inbound}'; DefaultInboundAction = '${byDefault}'; AllowLocalFirewallRules = '${local}' }`
      const profiles = (...all: readonly string[]) =>
        `function Get-NetFirewallProfile { param($PolicyStore) if ($PolicyStore -ne 'ActiveStore') { throw 'not that store' }; ${all.join('; ')} }`
      const networks = `function Get-NetConnectionProfile { [pscustomobject]@{ NetworkCategory = 'DomainAuthenticated' } }`
      const policyOf = async (stubs: string) =>
        ((await engine.ask('Get-FirewallRule', { Name: 'exekra' }, firewall('$null', stubs))) as { policy: unknown })
          .policy
      expect(
        await policyOf(
          `${networks}\n${profiles(profile('Domain', 'True', 'True', 'Block', 'False'), profile('Private', 'False', 'True', 'Block', 'False'), profile('Public', 'True', 'False', 'Block', 'True'))}`,
        ),
      ).toEqual([
        { profile: 'domain', effect: 'ignored', active: true },
        { profile: 'private', effect: 'not-needed', active: false },
        { profile: 'public', effect: 'all-blocked', active: false },
      ])
      expect(
        await policyOf(
          profiles(
            profile('Domain', 'True', 'NotConfigured', 'NotConfigured', 'NotConfigured'),
            profile('Private', 'True', 'True', 'Allow', 'False'),
          ),
        ),
      ).toEqual([
        { profile: 'domain', effect: 'applies', active: null },
        { profile: 'private', effect: 'not-needed', active: null },
      ])
      expect(await policyOf(`function Get-NetFirewallProfile { throw 'no CIM' }`)).toEqual([])
    })

    test('Remove-WorkFolder: removes what lies too deep for this PowerShell, and what links lead to stays', async () => {
      const root = mkdtempSync(join(tmpdir(), 'rollout-deep-'))
      const top = join(root, 'work')
      const deep = join(top, ...Array.from({ length: 12 }, (_, i) => `level ${i}`))
      mkdirSync(deep, { recursive: true })
      mkdirSync(join(top, 'beside', 'b'), { recursive: true })
      mkdirSync(join(root, 'kept', 'inner'), { recursive: true })
      symlinkSync(join(root, 'kept'), join(top, 'link'))
      writeFileSync(join(deep, 'file'), '')
      writeFileSync(join(root, 'kept', 'inner', 'file'), '')
      // Windows PowerShell counts characters; here four levels below the top are too many.
      const limited = `
function Assert-Short { param([string]$Path) if ($Path.Substring(${top.length}).Split('/').Count -gt 5) { throw (New-Object IO.PathTooLongException) } }
`
      const script = (text: string) =>
        text
          .replace('    param([string]$Folder)\n', '    param([string]$Folder)\n    Assert-Short $Folder\n')
          .replace("$ErrorActionPreference = 'Stop'\n", `$ErrorActionPreference = 'Stop'\n${limited}`)
      expect(await engine.ask('Remove-WorkFolder', { Root: root, Path: top }, '', script)).toEqual({ removed: true })
      expect([existsSync(top), existsSync(join(root, 'kept', 'inner', 'file'))]).toEqual([false, true])
      rmSync(root, { recursive: true })
    })
  },
)
