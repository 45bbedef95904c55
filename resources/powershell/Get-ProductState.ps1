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
    # A product of the machine counts before one that this account has for itself, and that before one of another account. Of several the
    # highest version counts. Products of 32 bits are listed in a view of their own. Only hives that are loaded can be read.
    param([string]$DisplayName)
    $path = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
    $found = @(foreach ($view in 'Registry64', 'Registry32') { Find-Entry $DisplayName (Open-MachineKey $path $view) 'machine' $null })
    if ($found.Count -eq 0) {
        $found = @(foreach ($user in @(Open-UserKey $path)) { Find-Entry $DisplayName $user.Key $(if ($user.Own) { 'own-account' } else { 'other-account' }) $user.Sid })
        $own = @($found | Where-Object { $_.scope -eq 'own-account' })
        if ($own.Count -gt 0) { $found = $own }
    }
    $best = $null
    foreach ($entry in $found) {
        if ($null -eq $best -or (Get-Order $entry.version) -gt (Get-Order $best.version)) { $best = $entry }
    }
    if ($null -ne $best -and $null -ne $best.account) { $best.account = Get-AccountName $best.account }
    $best
}

function Find-Entry {
    # The entries of that name below a list of installed programs.
    param([string]$DisplayName, $List, [string]$Scope, $Account)
    if ($null -eq $List) { return }
    foreach ($name in $List.GetSubKeyNames()) {
        $key = $List.OpenSubKey($name)
        if ($null -eq $key -or [string]$key.GetValue('DisplayName') -ne $DisplayName) { continue }
        $version = $key.GetValue('DisplayVersion')
        [ordered]@{ displayName = $DisplayName; version = $(if ($version) { [string]$version } else { $null }); scope = $Scope; account = $Account }
    }
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
