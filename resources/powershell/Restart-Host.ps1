<#
.SYNOPSIS
Restarts this host, only if it has not been restarted since the given boot id.
.PARAMETER BootId
The boot id that must still be the present one.
.PARAMETER Reason
Why; for the verbose stream of whoever runs this by hand.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$BootId,
    [Parameter(Mandatory = $true)][AllowEmptyString()][string]$Reason
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    $now = Get-StartId
    if ($now -ne $BootId) { return [ordered]@{ requested = $false; bootId = $now } }
    Write-Verbose $Reason
    Restart-Computer -Force
    [ordered]@{ requested = $true; bootId = $now }
}
