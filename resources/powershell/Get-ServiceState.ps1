<#
.SYNOPSIS
What the named services do now, in the order of the question.
.PARAMETER Name
Names of services, without wildcards.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string[]]$Name
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    [ordered]@{ services = @(foreach ($one in $Name) { Get-ServiceAnswer $one }) }
}
