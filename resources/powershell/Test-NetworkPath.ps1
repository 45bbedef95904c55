<#
.SYNOPSIS
Whether a TCP port answers this host: open, refused, filtered (no answer in time), unresolved or unreachable.
.PARAMETER Address
A name or an IP address.
.PARAMETER Port
The TCP port.
.PARAMETER TimeoutMs
Milliseconds for all of it.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Address,
    [Parameter(Mandatory = $true)][ValidateRange(1, 65535)][int]$Port,
    [Parameter(Mandatory = $true)][ValidateRange(1, 600000)][int]$TimeoutMs
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Test-Port {
    # One address: the outcome, and the system's own words.
    param([Net.IPAddress]$Target, [int]$Limit)
    $client = New-Object Net.Sockets.TcpClient -ArgumentList $Target.AddressFamily
    try {
        $connecting = $client.BeginConnect($Target, $Port, $null, $null)
        if (-not $connecting.AsyncWaitHandle.WaitOne($Limit)) { return @{ Outcome = 'filtered'; Detail = "No answer from $Target within $Limit ms." } }
        $client.EndConnect($connecting)
        return @{ Outcome = 'open'; Detail = $null }
    }
    catch {
        $thrown = $_.Exception
        while ($null -ne $thrown.InnerException) { $thrown = $thrown.InnerException }
        $outcome = 'unreachable'
        if ($thrown -is [Net.Sockets.SocketException]) {
            if ($thrown.SocketErrorCode -eq [Net.Sockets.SocketError]::ConnectionRefused) { $outcome = 'refused' }
            if ($thrown.SocketErrorCode -eq [Net.Sockets.SocketError]::TimedOut) { $outcome = 'filtered' }
        }
        return @{ Outcome = $outcome; Detail = "${Target}: $($thrown.Message)" }
    }
    finally { $client.Close() }
}

Write-Envelope {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $targets = Resolve-HostAddress $Address $TimeoutMs
    $best = @{ Outcome = 'unresolved'; Detail = "This host does not resolve $Address." }
    # Of several addresses the one that got furthest counts; the time that is left is shared among those not yet tried.
    $order = 'unresolved', 'unreachable', 'filtered', 'refused', 'open'
    for ($index = 0; $index -lt $targets.Count -and $best.Outcome -ne 'open'; $index++) {
        $limit = [int][Math]::Max(1, ($TimeoutMs - $clock.ElapsedMilliseconds) / ($targets.Count - $index))
        $seen = Test-Port $targets[$index] $limit
        if ([Array]::IndexOf($order, $seen.Outcome) -gt [Array]::IndexOf($order, $best.Outcome)) { $best = $seen }
    }
    [ordered]@{
        outcome = $best.Outcome
        addresses = @($targets | ForEach-Object { $_.ToString() })
        elapsedMs = $clock.ElapsedMilliseconds
        detail = $best.Detail
    }
}
