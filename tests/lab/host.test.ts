/** Rung 3, the engine: the lab's PowerShell on Linux does what Windows PowerShell 5.1 is documented to do, and fails loudly at what it lacks. */
import { execFile, spawn } from 'node:child_process'
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
      { env: { ...process.env, ROLLOUT_LAB_STATE: folder, ...env } },
      (problem, stdout, stderr) => {
        if (problem !== null && typeof problem.code !== 'number') reject(new Error(problem.message))
        else resolve({ code: typeof problem?.code === 'number' ? problem.code : 0, stdout, stderr })
      },
    )
    child.stdin?.end(input)
  })
}

const run = async (script: string): Promise<string> => (await powershell(['-Command', script])).stdout.trim()
const encode = (script: string): string => Buffer.from(script, 'utf16le').toString('base64')

here(`exit codes are Windows PowerShell's${why}`, async () => {
  expect((await powershell(['-Command', 'exit 7'])).code).toBe(7)
  expect((await powershell(['-Command', 'throw "x"'])).code).toBe(1)
  expect((await powershell(['-Command', 'Get-Nothing'])).code).toBe(1)
  expect((await powershell(['-Command', 'Get-Nothing; 1'])).code).toBe(0)
  const file = join(folder, 'a.ps1')
  await writeFile(file, 'param([string]$Name, [switch]$On) "$Name $On"; exit 9')
  expect(await powershell(['-File', file, '-Name', 'a b', '-On'])).toMatchObject({ code: 9, stdout: 'a b True\n' })
})

here(`errors are CLIXML only when the command is encoded${why}`, async () => {
  expect((await powershell(['-Command', 'Write-Error bad'])).stderr).toMatch(/^Write-Error : bad/)
  const encoded = await powershell(['-EncodedCommand', encode('throw "bad"')])
  expect(encoded).toMatchObject({ code: 1, stdout: '' })
  expect(encoded.stderr).toMatch(/^#< CLIXML\r\n<Objs .*<S S="Error">bad_x000D__x000A_<\/S>.*<\/Objs>$/)
})

here(`standard input belongs to the script, or is $input${why}`, async () => {
  expect((await powershell(['-Command', '[Console]::In.ReadLine()'], {}, 'one\ntwo\n')).stdout).toBe('one\n')
  expect((await powershell(['-Command', '$input | ForEach-Object { "<$_>" }'], {}, 'one\ntwo\n')).stdout).toBe(
    '<one>\n<two>\n',
  )
  expect((await powershell(['-Command', '-'], {}, '1 + 1\nif ($true) {\n "in"\n}\n\n"end"\n')).stdout).toBe(
    '2\nin\nend\n',
  )
})

here(`runspaces that a script makes have the cmdlets too${why}`, async () => {
  expect(
    await run(
      '$r = [runspacefactory]::CreateRunspace(); $r.Open(); $p = [powershell]::Create(); $p.Runspace = $r; [void]$p.AddScript("Get-Item -LiteralPath / | Select-Object -ExpandProperty FullName"); $p.Invoke()',
    ),
  ).toBe('/')
  expect(await run('[powershell]::Create().AddScript("ConvertTo-Json 1").Invoke()')).toBe('1')
})

here(`JSON is that of 5.1${why}`, async () => {
  expect(
    await run(
      "ConvertTo-Json -Compress @{ a = 1, 'x', $null, $true, 1.5, [DayOfWeek]::Friday, [DateTime]::new(637134336000000000, 'Utc'), '<\\\"' }",
    ),
  ).toBe('{"a":[1,"x",null,true,1.5,5,"\\/Date(1577836800000)\\/","\\u003c\\\\\\""]}')
  expect(
    await run('ConvertTo-Json -Compress ([ordered]@{ z = 1; a = [pscustomobject]@{ b = @{ c = @{ d = 1 } } } })'),
  ).toBe('{"z":1,"a":{"b":{"c":"System.Collections.Hashtable"}}}')
  expect(await run("(ConvertFrom-Json '[1,2]' | Measure-Object).Count")).toBe('1')
  expect(
    await run(
      '$j = ConvertFrom-Json \'{\\"when\\":\\"2020-01-01T00:00:00Z\\",\\"n\\":3000000000}\'.Replace(\'\\\',\'\') ; $j.when.GetType().Name; $j.n.GetType().Name',
    ),
  ).toBe('String\nInt64')
})

here(`services, firewall and CIM are recorded state, and its absence is an error${why}`, async () => {
  expect(
    await run(
      '$null = New-Service -Name Lab -BinaryPathName x; Start-Service -Name Lab; (Get-Service -Name Lab).Status; (Get-CimInstance -ClassName Win32_Service -Filter "Name=\'Lab\'").State',
    ),
  ).toBe('Running\nRunning')
  expect(
    await run(
      "$null = New-NetFirewallRule -Name r -DisplayName R -Direction Inbound -Action Allow -Protocol TCP -LocalPort 4545 -RemoteAddress 10.0.0.1,10.0.0.2; (Get-NetFirewallRule -Name r | Get-NetFirewallPortFilter).LocalPort; (Get-NetFirewallRule -Name r | Get-NetFirewallAddressFilter).RemoteAddress -join ','",
    ),
  ).toBe('4545\n10.0.0.1,10.0.0.2')
  expect(await run('try { Get-CimInstance -ClassName Win32_Unheard -ErrorAction Stop } catch { "$_" }')).toContain(
    'does not supply the CIM class Win32_Unheard',
  )
  expect((await powershell(['-Command', 'Get-Service -Name Lab'], { ROLLOUT_LAB_STATE: '' })).stderr).toContain(
    'ROLLOUT_LAB_STATE names no folder',
  )
  await run('Restart-Computer -Force')
  expect(JSON.parse(await readFile(join(folder, 'restart.request'), 'utf8'))).toMatchObject({ by: 'Restart-Computer' })
})

here(`what Win32_Process.Create starts outlives who started it${why}`, async () => {
  const pipe = join(folder, 'said')
  await new Promise<void>((resolve) => spawn('mkfifo', [pipe]).once('exit', () => resolve()))
  const said = readFile(pipe, 'utf8')
  const answer = await run(
    `$m = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = 'powershell.exe -NoProfile -Command "[IO.File]::WriteAllText(''${pipe}'', ''still here'')"' }; "$($m.ReturnValue) $($m.ProcessId -gt 0)"`,
  )
  expect(answer).toBe('0 True')
  expect(await said).toBe('still here')
})

here(`an unsigned program is NotSigned, and what cannot be judged is an error${why}`, async () => {
  const pe = Buffer.alloc(1024)
  pe.write('MZ')
  pe.writeInt32LE(0x80, 0x3c)
  pe.writeUInt16LE(0x20b, 0x80 + 24)
  await writeFile(join(folder, 'a.exe'), pe)
  await writeFile(join(folder, 'a.txt'), 'text')
  expect(await run(`(Get-AuthenticodeSignature -LiteralPath '${folder}/a.exe').Status`)).toBe('NotSigned')
  expect((await powershell(['-Command', `Get-AuthenticodeSignature -LiteralPath '${folder}/a.txt'`])).stderr).toContain(
    'PE files only',
  )
})
