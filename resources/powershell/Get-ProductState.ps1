<#
.SYNOPSIS
Whether a product is there: its uninstall entry, its file, its service, as far as the question names them.
.PARAMETER Detect
What to look for: uninstallName, minVersion (judged by the caller), file, service; at least one of them.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][hashtable]$Detect
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Find-Uninstall {
    # Products of 32 bits are listed in a view of their own. The highest version counts where a product is listed twice.
    param([string]$DisplayName)
    $best = $null
    foreach ($view in 'Registry64', 'Registry32') {
        $folder = Open-MachineKey 'SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall' $view
        if ($null -eq $folder) { continue }
        foreach ($name in $folder.GetSubKeyNames()) {
            $key = $folder.OpenSubKey($name)
            if ($null -eq $key -or [string]$key.GetValue('DisplayName') -ne $DisplayName) { continue }
            $version = $key.GetValue('DisplayVersion')
            $entry = [ordered]@{ displayName = $DisplayName; version = $(if ($version) { [string]$version } else { $null }) }
            if ($null -eq $best -or (Get-Order $entry.version) -gt (Get-Order $best.version)) { $best = $entry }
        }
    }
    $best
}

function Get-Order {
    # Text that sorts as the version does: its parts may be longer than any number of Windows.
    param([string]$Version)
    $parts = @(if ($Version -match '^\d+(\.\d+){1,3}$') { $Version.Split('.') })
    @(for ($index = 0; $index -lt 4; $index++) { $(if ($index -lt $parts.Count) { $parts[$index] } else { '' }).TrimStart('0').PadLeft(20, '0') }) -join '.'
}

function Get-FileVersion {
    # The version a program file states, as major.minor.build.private; nothing where it states none.
    param([string]$Path)
    $info = [Diagnostics.FileVersionInfo]::GetVersionInfo($Path)
    if ([string]::IsNullOrEmpty($info.FileVersion)) { return $null }
    '{0}.{1}.{2}.{3}' -f $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart
}

Write-Envelope {
    $uninstall = $null
    $file = $null
    $service = $null
    if ($Detect.ContainsKey('uninstallName')) { $uninstall = Find-Uninstall $Detect['uninstallName'] }
    if ($Detect.ContainsKey('file')) {
        $exists = [IO.File]::Exists($Detect['file'])
        $file = [ordered]@{ path = $Detect['file']; exists = $exists; version = $(if ($exists) { Get-FileVersion $Detect['file'] } else { $null }) }
    }
    if ($Detect.ContainsKey('service')) { $service = Get-ServiceAnswer $Detect['service'] }
    [ordered]@{ uninstall = $uninstall; file = $file; service = $service }
}
