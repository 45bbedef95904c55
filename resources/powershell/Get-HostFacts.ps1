<#
.SYNOPSIS
What this host is and how it stands. Reads only; what a host does not tell is empty or null, never guessed.
#>
[CmdletBinding()]
param()
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Get-OperatingSystem {
    $version = [Environment]::OSVersion.Version
    $answer = [ordered]@{
        caption = [string][Environment]::OSVersion.VersionString; version = $version.ToString(3); build = $version.Build
        productType = 'unknown'; edition = $null; architecture = $(if ([Environment]::Is64BitOperatingSystem) { '64-bit' } else { '32-bit' })
    }
    $system = @(Get-CimAnswer 'Win32_OperatingSystem')
    if ($system.Count -gt 0) {
        $types = @{ 1 = 'workstation'; 2 = 'domain-controller'; 3 = 'server' }
        $answer.caption = ([string]$system[0].Caption).Trim()
        $answer.version = [string]$system[0].Version
        $answer.build = [int]$system[0].BuildNumber
        if ($types.ContainsKey([int]$system[0].ProductType)) { $answer.productType = $types[[int]$system[0].ProductType] }
        if ($system[0].OSArchitecture) { $answer.architecture = [string]$system[0].OSArchitecture }
    }
    $key = Open-MachineKey 'SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    if ($null -ne $key -and $key.GetValue('EditionID')) { $answer.edition = [string]$key.GetValue('EditionID') }
    $answer
}

function Get-Drive {
    # Local fixed drives. Elsewhere than on Windows, the one this PowerShell lives on.
    $disks = @(Get-CimAnswer 'Win32_LogicalDisk' 'DriveType = 3')
    foreach ($disk in $disks) {
        if ($null -ne $disk.Size) { [ordered]@{ name = [string]$disk.DeviceID; freeBytes = [double]$disk.FreeSpace; totalBytes = [double]$disk.Size } }
    }
    if ($disks.Count -eq 0 -and -not (Test-Windows)) {
        $root = New-Object IO.DriveInfo -ArgumentList '/'
        [ordered]@{ name = '/'; freeBytes = [double]$root.AvailableFreeSpace; totalBytes = [double]$root.TotalSize }
    }
}

function Get-Memory {
    param($Computer)
    if ($Computer.Count -gt 0 -and $null -ne $Computer[0].TotalPhysicalMemory) { return [double]$Computer[0].TotalPhysicalMemory }
    if ([IO.File]::Exists('/proc/meminfo') -and [IO.File]::ReadAllText('/proc/meminfo') -match '(?m)^MemTotal:\s+(\d+) kB') { return [double]$Matches[1] * 1024 }
}

function Test-Administrator {
    if (Test-Windows) {
        $principal = New-Object Security.Principal.WindowsPrincipal -ArgumentList ([Security.Principal.WindowsIdentity]::GetCurrent())
        return $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
    }
    [Environment]::UserName -eq 'root'
}

Write-Envelope {
    $computer = @(Get-CimAnswer 'Win32_ComputerSystem')
    $domain = $null
    if ($computer.Count -gt 0 -and $computer[0].PartOfDomain) { $domain = [string]$computer[0].Domain }
    $edition = [string]$PSVersionTable.PSEdition
    [ordered]@{
        hostName = [Environment]::MachineName
        domain = $domain
        os = Get-OperatingSystem
        powershell = [ordered]@{ version = [string]$PSVersionTable.PSVersion; edition = $edition }
        processors = [Environment]::ProcessorCount
        memoryBytes = Get-Memory $computer
        drives = @(Get-Drive)
        bootId = Get-StartId
        bootTime = Get-BootTime
        clock = ConvertTo-UtcText ([DateTime]::UtcNow)
        pendingReboot = Get-PendingReboot
        administrator = Test-Administrator
        listening = @([Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners() | ForEach-Object { $_.Port } | Sort-Object -Unique)
        services = @(Find-Service '*' | ForEach-Object { [ordered]@{ name = [string]$_.Name; status = ([string]$_.Status).ToLowerInvariant() } })
    }
}
