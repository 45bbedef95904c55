/** Runs a verb's own script in the real engine where functions of the test stand for what this machine lacks. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Verb } from '../../../../domain/remote/verb.ts'
import { startPowerShell } from '../../../../main/transports/local/powershell-process.ts'
import { ResidentPowerShell } from '../../../../main/transports/powershell/resident-powershell.ts'
import { scriptOf } from '../../../../main/transports/powershell/scripts.ts'
import { labPowerShell } from '../local/lab-powershell.ts'

const resources = join(import.meta.dirname, '..', '..', '..', '..', 'resources', 'powershell')
const marker = "$ErrorActionPreference = 'Stop'\n"

export interface StubbedEngine {
  /** Why there is no engine here; undefined where there is one. */
  readonly unavailable?: string
  /** The verb's data, or its error. `stubs` are definitions of functions; they stand for cmdlets and for functions of Rollout.psm1; `changed` alters the script itself. */
  ask(verb: Verb, params: unknown, stubs: string, changed?: (text: string) => string): Promise<unknown>
  /** The data of a body that is run inside Write-Envelope, or its error. */
  run(body: string, stubs?: string): Promise<unknown>
  close(): Promise<void>
}

/** One resident PowerShell for such verbs. */
export function stubbedEngine(): StubbedEngine {
  const { executable, unavailable } = labPowerShell()
  const powershell = new ResidentPowerShell({ open: () => startPowerShell(executable), mode: 'resident' })
  const answerOf = async (text: string, params: unknown): Promise<unknown> => {
    const options = { signal: new AbortController().signal, timeoutMs: 60_000 }
    const envelope = JSON.parse(await powershell.runScript(scriptOf(text), params, options)) as Record<string, unknown>
    return envelope['ok'] === true ? envelope['data'] : envelope['error']
  }
  return {
    ...(unavailable === undefined ? {} : { unavailable }),
    ask(verb, params, stubs, changed = (text) => text) {
      const text = readFileSync(join(resources, `${verb}.ps1`), 'utf8')
      if (!text.includes(marker)) throw new Error(`${verb}.ps1 has no place for stubs.`)
      return answerOf(changed(text.replace(marker, () => `${marker}${stubs}\n`)), params)
    },
    run: (body, stubs = '') => answerOf(`Set-StrictMode -Version 3\n${stubs}\nWrite-Envelope { ${body} }`, {}),
    close: () => powershell.close(),
  }
}

/** A registry of a test's own, by the paths of its keys: what Open-MachineKey finds there instead of a hive of Windows. */
export function registryStub(
  keys: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>,
): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
  const valueOf = (value: string | readonly string[]) =>
    typeof value === 'string' ? quoted(value) : `@(${value.map(quoted).join(', ')})`
  const entries = Object.entries(keys).map(
    ([path, values]) =>
      `${quoted(path)} = @{ ${Object.entries(values)
        .map(([name, value]) => `${quoted(name)} = ${valueOf(value)}`)
        .join('; ')} }`,
  )
  return `
$stubKeys = @{ ${entries.join('; ')} }
function New-StubKey {
    param([string]$Path)
    $made = [pscustomobject]@{ Name = $Path; Values = $(if ($stubKeys.ContainsKey($Path)) { $stubKeys[$Path] } else { @{} }) }
    $made | Add-Member -MemberType ScriptMethod -Name GetValue -Value { param($Name, $Default) if ($this.Values.ContainsKey($Name)) { , $this.Values[$Name] } else { $Default } }
    $made | Add-Member -MemberType ScriptMethod -Name GetValueNames -Value { , @($this.Values.Keys) }
    $made | Add-Member -MemberType ScriptMethod -Name GetSubKeyNames -Value {
        $prefix = $this.Name + '\\'
        , @($stubKeys.Keys | Where-Object { $_.StartsWith($prefix) } | ForEach-Object { $_.Substring($prefix.Length).Split('\\')[0] } | Sort-Object -Unique)
    }
    $made | Add-Member -MemberType ScriptMethod -Name OpenSubKey -Value { param($Name) Find-StubKey ($this.Name + '\\' + $Name) }
    $made
}
function Find-StubKey {
    param([string]$Path)
    if (@($stubKeys.Keys | Where-Object { $_ -eq $Path -or $_.StartsWith($Path + '\\') }).Count -gt 0) { New-StubKey $Path }
}
function Test-Windows { $true }
function Open-UserKey {
    param([string]$Path)
    foreach ($sid in 'me', 'S-1-5-21-1-2-3-500') {
        $key = Find-StubKey "$sid\\$Path"
        if ($null -ne $key) { @{ Sid = $sid; Own = ($sid -eq 'me'); Key = $key } }
    }
}
function Open-MachineKey { param([string]$Path, [string]$View = 'Registry64') if ($View -eq 'Registry64') { Find-StubKey "HKLM\\$Path" } else { Find-StubKey "HKLM32\\$Path" } }
`
}
