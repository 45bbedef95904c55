<#
.SYNOPSIS
Makes one inbound rule that allows one TCP port for the given addresses, or brings the rule of that name to it.
.PARAMETER Name
The name of the rule.
.PARAMETER DisplayName
What the Windows firewall shows.
.PARAMETER Port
The local TCP port.
.PARAMETER RemoteAddresses
Who may connect: addresses or networks.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidatePattern('^[A-Za-z0-9 ._()-]{1,200}$')][string]$Name,
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$DisplayName,
    [Parameter(Mandatory = $true)][ValidateRange(1, 65535)][int]$Port,
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string[]]$RemoteAddresses
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    $before = Get-FirewallAnswer $Name
    $wanted = @($RemoteAddresses | Sort-Object -Unique)
    if (-not (Test-FirewallAnswer $before $Port $RemoteAddresses)) {
        if ($before.exists) {
            Set-NetFirewallRule -Name $Name -Direction Inbound -Action Allow -Enabled True -Profile Any -Protocol TCP -LocalPort ([string]$Port) -RemoteAddress $wanted
        }
        else {
            [void](New-NetFirewallRule -Name $Name -DisplayName $DisplayName -Group 'Exekra Rollout' -Direction Inbound -Action Allow -Enabled True -Profile Any -Protocol TCP -LocalPort ([string]$Port) -RemoteAddress $wanted)
        }
    }
    Get-FirewallAnswer $Name
}
