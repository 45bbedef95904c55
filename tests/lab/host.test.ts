/** Rung 3, the complete PowerShell for Linux: it is whole, the lab's module is in every runspace, and what neither has fails by name. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildHost, hostUnavailable, linuxPowerShell } from './build.ts'

const unavailable = hostUnavailable()
const here = unavailable === undefined || process.env['CI'] ? test : test.skip
const why = unavailable === undefined ? '' : ` (skipped: ${unavailable})`
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollout-host-'))
  if (unavailable === undefined) await buildHost(['linux'])
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function powershell(words: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      linuxPowerShell,
      ['-NoLogo', '-NoProfile', '-NonInteractive', ...words],
      { env: { ...process.env, NO_COLOR: '1', ROLLOUT_LAB_STATE: folder, ...env } },
      (problem, stdout, stderr) => {
        if (problem !== null && typeof problem.code !== 'number') reject(new Error(problem.message))
        else resolve({ code: typeof problem?.code === 'number' ? problem.code : 0, stdout, stderr })
      },
    )
    child.stdin?.end(input)
  })
}

const run = async (script: string): Promise<string> => (await powershell(['-Command', script])).stdout.trim()
here(`it is PowerShell 7.6.9, whole${why}`, async () => {
  expect(await run('$PSVersionTable.PSVersion.ToString(); $PSVersionTable.PSEdition; (Get-Host).Name')).toBe(
    '7.6.9\nCore\nConsoleHost',
  )
  expect(await run('(Get-Command -Name Get-Item, ConvertTo-Json, Start-Job, Add-Type).Source')).toBe(
    [
      'Microsoft.PowerShell.Management',
      'Microsoft.PowerShell.Utility',
      'Microsoft.PowerShell.Core',
      'Microsoft.PowerShell.Utility',
    ].join('\n'),
  )
})

here(`every runspace has what the lab has of its own, also one that a script makes by default${why}`, async () => {
  const own = '(Get-Command -Name Restart-Computer, ConvertFrom-Json, Get-CimInstance, Get-Service).Source'
  const all = Array.from({ length: 4 }, () => 'Lab.Devices').join('\n')
  expect(await run(own)).toBe(all)
  expect(await run(`[powershell]::Create().AddScript('${own}').Invoke()`)).toBe(all)
  expect(
    await run(
      `$r = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2()); $r.Open(); $p = [powershell]::Create(); $p.Runspace = $r; $p.AddScript('${own}').Invoke()`,
    ),
  ).toBe(all)
})

/** What each script is stopped by, all asked in one PowerShell. */
async function refusals(scripts: readonly string[]): Promise<readonly string[]> {
  const tries = scripts.map((script) => `try { ${script}; 'answered' } catch { [string]$_ -replace '\\s+', ' ' }`)
  const said = await run(`$ErrorActionPreference = 'Stop'\n${tries.map((text) => `($(${text})) -join ' '`).join('\n')}`)
  return said.split('\n')
}

here(`what could not be answered, or would act on this machine, is not there${why}`, async () => {
  const absent = ['Stop-Computer', 'Get-CimClass', 'New-CimSession', 'Get-NetFirewallProfile', 'Get-ScheduledTask']
  const inOthers = ['Stop-Computer', 'Get-ComputerInfo'].map(
    (name) => `$p = [powershell]::Create(); $null = $p.AddScript('${name}').Invoke(); throw $p.Streams.Error[0]`,
  )
  const said = await refusals([...absent, ...inOthers])
  for (const [index, name] of [...absent, 'Stop-Computer', 'Get-ComputerInfo'].entries())
    expect(said[index]).toContain(`The term '${name}' is not recognized`)
})

here(
  `a class, a property, a method, a filter or a parameter that is not modelled fails by its name${why}`,
  async () => {
    const asked: readonly (readonly [string, string])[] = [
      ['Get-CimInstance -ClassName Win32_Unheard', 'does not supply the CIM class Win32_Unheard'],
      ['Get-CimInstance -ClassName Win32_Process -Property Handles', 'the property Handles of Win32_Process'],
      [`Get-CimInstance -ClassName Win32_Process -Filter "Name LIKE 'a%'"`, "the CIM filter 'Name LIKE"],
      [`Get-CimInstance -ClassName Win32_Process -Filter "Handles = 1"`, 'the property Handles of Win32_Process'],
      ['Get-CimInstance -Namespace root/wmi -ClassName Win32_Process', 'the CIM namespace root/wmi'],
      ['Get-CimInstance -Query "SELECT * FROM Win32_Service"', "matches parameter name 'Query'"],
      ['Invoke-CimMethod -ClassName Win32_Service -MethodName Change', 'the CIM method Win32_Service.Change'],
      [
        'Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ Priority = 1 }',
        'the argument Priority of Win32_Process.Create',
      ],
      [
        "Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = 'x' }",
        'Win32_Process.Create on Linux',
      ],
      ['Get-NetFirewallRule -PolicyStore ActiveStore', "matches parameter name 'PolicyStore'"],
      ['New-NetFirewallRule -DisplayName a -Program b', "matches parameter name 'Program'"],
      ['Restart-Computer -ComputerName other', "matches parameter name 'ComputerName'"],
      ["ConvertFrom-Json -AsHashtable -InputObject '{}'", "matches parameter name 'AsHashtable'"],
      ['Get-Service -DisplayName a', "matches parameter name 'DisplayName'"],
    ]
    const said = await refusals(asked.map(([script]) => script))
    for (const [index, [script, named]] of asked.entries()) expect(said[index], script).toContain(named)
  },
)

here(`ConvertFrom-Json is that of 5.1${why}`, async () => {
  const json = `'{"when":"2020-01-01T00:00:00Z","n":3000000000,"m":1.5}'`
  expect(
    await run(
      `(ConvertFrom-Json '[1,2]' | Measure-Object).Count; $j = ConvertFrom-Json ${json}; foreach ($one in $j.when, $j.n, $j.m) { $one.GetType().Name }`,
    ),
  ).toBe('1\nString\nInt64\nDecimal')
  const [tooLong, broken] = await refusals([`ConvertFrom-Json ('"' + ('x' * 2097151) + '"')`, "ConvertFrom-Json '{'"])
  expect(tooLong).toContain('maxJsonLength')
  expect(broken).toContain('Invalid JSON primitive')
})

here(`services, firewall and CIM are recorded state, and its absence is an error${why}`, async () => {
  const services = {
    Lab: { displayName: 'Lab', status: 'Stopped', startType: 'Manual', command: 'x' },
    Off: { status: 'Stopped', startType: 'Disabled' },
  }
  await writeFile(join(folder, 'services.json'), JSON.stringify(services))
  expect(
    await run(
      [
        'Start-Service -Name Lab; (Get-Service -Name La*).Status',
        `(Get-CimInstance -ClassName Win32_Service -Filter "Name='Lab'").State`,
        '$null = New-NetFirewallRule -Name r -DisplayName R -Direction Inbound -Action Allow -Protocol TCP -LocalPort 4545 -RemoteAddress 10.0.0.1,10.0.0.2',
        '(Get-NetFirewallRule -Name r | Get-NetFirewallPortFilter).LocalPort',
        "(Get-NetFirewallRule -Name r | Get-NetFirewallAddressFilter).RemoteAddress -join ','",
        'Restart-Computer -Force',
      ].join('\n'),
    ),
  ).toBe('Running\nRunning\n4545\n10.0.0.1,10.0.0.2')
  expect(JSON.parse(await readFile(join(folder, 'restart.request'), 'utf8'))).toMatchObject({ by: 'Restart-Computer' })
  const [disabled, none] = await refusals(['Start-Service -Name Off', 'Get-Service -Name None'])
  expect(disabled).toContain("Service 'Off' cannot be started")
  expect(none).toContain("service name 'None'")
  const { stderr } = await powershell(['-Command', 'Get-Service -Name Lab'], { ROLLOUT_LAB_STATE: '' })
  expect(stderr).toContain('ROLLOUT_LAB_STATE names no folder')
})
