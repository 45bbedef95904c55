<#
.SYNOPSIS
Starts a service and waits until it runs. A service that runs is left alone.
.PARAMETER Name
The name of the service, without wildcards.
.PARAMETER TimeoutMs
Milliseconds to wait for it.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Name,
    [Parameter(Mandatory = $true)][ValidateRange(1, 600000)][int]$TimeoutMs
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Start-Named {
    try { Start-Service -Name ([WildcardPattern]::Escape($Name)) -WarningAction SilentlyContinue }
    catch {
        $thrown = $_.Exception
        while ($null -ne $thrown.InnerException) { $thrown = $thrown.InnerException }
        Stop-WithCode 'service-not-started' "The service $Name did not start: $($thrown.Message)" $_.Exception.Message
    }
}

Write-Envelope {
    $service = Get-ServiceAnswer $Name
    if (-not $service.exists) { Stop-WithCode 'no-service' "There is no service $Name on this host." }
    if ($service.startType -eq 'disabled') { Stop-WithCode 'service-disabled' "The service $Name is disabled and cannot be started." }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    # A service that is stopping can be started once it has stopped. One that stops after its start is not started again.
    $started = $false
    while ($service.status -ne 'running' -and $clock.ElapsedMilliseconds -lt $TimeoutMs) {
        if ($service.status -eq 'stopped' -and -not $started) {
            $started = $true
            Start-Named
        }
        else { Start-Sleep -Milliseconds 200 }
        $service = Get-ServiceAnswer $Name
    }
    if ($service.status -ne 'running') { Stop-WithCode 'service-not-started' "The service $Name did not run within $TimeoutMs ms. Its status is $($service.status)." }
    $service
}
