<#
.SYNOPSIS
The inbound rule of a name, as the Windows firewall holds it.
.PARAMETER Name
The name of the rule (not its display name), without wildcards.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Name
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope { Get-FirewallAnswer $Name }
