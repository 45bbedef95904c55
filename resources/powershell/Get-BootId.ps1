<#
.SYNOPSIS
The present start of the operating system: its id, its time, and whether a restart is wanted.
#>
[CmdletBinding()]
param()
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    [ordered]@{ bootId = Get-StartId; bootTime = Get-BootTime; pendingReboot = Get-PendingReboot }
}
