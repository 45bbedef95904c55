<#
.SYNOPSIS
The present start of the operating system: its id, its time, and whether a restart is wanted.
#>
[CmdletBinding()]
param()
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    $boot = Get-Boot
    [ordered]@{ bootId = $boot.bootId; bootTime = $boot.bootTime; pendingReboot = Get-PendingReboot }
}
