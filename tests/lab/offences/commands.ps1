<#
.SYNOPSIS
Offences that the gate must find, each on the line that says so, and nothing else.
#>
param([string]$Path, $Thing)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Get-SecureRandom # offence: command
ls C:\ # offence: alias
Get-ChildItem -LiteralPath $Path | ? { $_.Length } # offence: alias
cmd /c ver # offence: command
ConvertTo-Json -InputObject $Thing -AsArray # offence: parameter
ConvertFrom-Json -InputObject $Thing -AsHashtable # offence: parameter
ForEach-Object -Parallel { 1 } # offence: parameter
Get-Content -LiteralPath $Path -AsByteStream # offence: parameter
Get-ChildItem -LiteralPath $Path -Rec # offence: parameter
Get-Item -LiteralPath $Path -EA Stop # offence: parameter
Join-Path $Path 'a' -AdditionalChildPath 'b' # offence: parameter
Remove-Service -Name x # offence: command
Test-Json $Thing # offence: command
Add-Type -TypeDefinition 'public class A {}' # offence: add-type
Get-Item -Path $Path # offence: literal-path
Get-Content $Path # offence: literal-path
Test-Path -Path "$Path\x" # offence: literal-path
Remove-Item -Recurse $Path # offence: literal-path
Get-Undefined # offence: command
# What looks like an offence and is none:
Add-Type -AssemblyName System.ServiceProcess
Get-Item -Path 'C:\Windows'
New-Item -Path $Path -ItemType Directory
& $Thing 1 2
& 'C:\Windows\System32\sc.exe' query
function Get-Own { param($One) $One }
Get-Own -One 1
Get-Own -Two 2 # offence: parameter
