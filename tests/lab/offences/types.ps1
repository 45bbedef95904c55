<#
.SYNOPSIS
Offences that the gate must find, each on the line that says so, and nothing else.
#>
param([string]$Path, $Thing)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$a = [Convert]::ToHexString([byte[]](1, 2)) # offence: member
$b = [IO.Path]::GetRelativePath('a', 'b') # offence: member
$c = [IO.File]::Move
$d = [Security.Cryptography.SHA256]::HashData([byte[]](1)) # offence: member
$e = [Text.Json.JsonDocument]::Parse('{}') # offence: type
$f = [semver]'1.2.3' # offence: type
$g = [OperatingSystem]::IsWindows() # offence: member
$h = [Environment]::ProcessPath # offence: member
$i = [Random]::Shared # offence: member
$j = [Collections.Generic.List[string]]::new()
$j.EnsureCapacity(5) # offence: member
$k = 'a'.ReplaceLineEndings() # offence: member
$l = [IO.Path]::GetFullPath('a').AsSpan() # offence: member
$m = New-Object 'System.Collections.Generic.PriorityQueue[string,int]' # offence: type
$n = New-Object System.Half # offence: type
$o = [DateTime]::UnixEpoch # offence: member
$p = [Diagnostics.Process]::GetCurrentProcess().Kill($true)
$q = [Threading.PeriodicTimer]::new(1) # offence: type
$r = [string]::Join(',', 'a'), 'abc'.Length, [DateTime]::UtcNow.ToString('o')
$s = [pscustomobject]@{ a = 1 }
$s.a
$t = [ordered]@{ b = 2 }
$t.b
