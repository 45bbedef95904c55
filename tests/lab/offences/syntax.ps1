<#
.SYNOPSIS
Offences that the gate must find, each on the line that says so, and nothing else.
#>
param([string]$Path, $Thing)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$a = $Thing ?? 'none' # offence: syntax
$Thing ??= 1 # offence: syntax
$b = ${Thing}?.Name # offence: syntax
$c = ${Thing}?[0] # offence: syntax
$d = $Thing ? 1 : 2 # offence: syntax
Write-Output 1 && Write-Output 2 # offence: syntax
Write-Output 1 || Write-Output 2 # offence: syntax
Write-Output 1 & # offence: syntax
$e = "`u{263A}" # offence: syntax
$f = "`e[0m" # offence: syntax
$g = 10uy # offence: syntax
$h = 0b101 # offence: syntax
$i = 5n # offence: syntax
$j = 'a'..'e' # offence: syntax
$k = 'abc' -replace 'b', { $_.Value.ToUpper() } # offence: syntax
if ($IsWindows) { $l = 1 } # offence: variable
$m = $PSStyle # offence: variable
function Test-Clean {
    process { 1 }
    clean { 2 } # offence: syntax
}
# What looks like an offence and is none:
$n = 10kb
$o = 0xFFL
$p = 1..5
$q = "a ``u{b"
$r = '&& || ?? ?.'
