<#
.SYNOPSIS
Runs test:host against this Windows itself, over WinRM and over SSH, and leaves a report of each.
.DESCRIPTION
For a fresh virtual machine or a hosted runner that is thrown away afterwards: Windows PowerShell as administrator, in the folder of
Rollout's sources, after npm ci. It makes an administrator of its own for the time of the run, and turns on WinRM and OpenSSH.
The account and its profile are removed in the end; WinRM and OpenSSH stay on.
.PARAMETER Reports
The folder for the reports.
#>
[CmdletBinding()]
param([string]$Reports = 'host-reports')
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$user = 'rollout-suite'
$bytes = New-Object byte[] 24
[Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($bytes)
$password = 'aA1!' + [Convert]::ToBase64String($bytes)

function Enable-Ssh {
    # True where an SSH server of Windows runs, or could be made to run.
    try {
        if (@(Get-Service | Where-Object { $_.Name -eq 'sshd' }).Count -eq 0) {
            & ([IO.Path]::Combine([Environment]::SystemDirectory, 'dism.exe')) /Online /Add-Capability /CapabilityName:OpenSSH.Server~~~~0.0.1.0 | Out-Null
        }
        Start-Service -Name sshd
        return $true
    }
    catch {
        Write-Warning "OpenSSH could not be turned on, so SSH is left out: $($_.Exception.Message)"
        return $false
    }
}

[void][IO.Directory]::CreateDirectory([IO.Path]::Combine((Get-Location).Path, $Reports))
$node = (Get-Command -Name node.exe).Source
$differs = 0
try {
    [void](New-LocalUser -Name $user -Password (ConvertTo-SecureString -String $password -AsPlainText -Force) -Description 'Suite of Exekra Rollout')
    Add-LocalGroupMember -SID 'S-1-5-32-544' -Member $user
    Enable-PSRemoting -Force -SkipNetworkProfileCheck
    # Without it a local account signs in over the network without administrator rights.
    Set-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System' -Name LocalAccountTokenFilterPolicy -Value 1 -Type DWord
    $env:ROLLOUT_TEST_HOST_PASSWORD = $password
    $ways = @('winrm')
    if (Enable-Ssh) { $ways += 'ssh' }
    foreach ($way in $ways) {
        # Not by npm run: npm's own script for PowerShell loses the two dashes.
        & $node tests/host/test-host.ts "${way}://$user@127.0.0.1" --report ([IO.Path]::Combine($Reports, "host-$way.json"))
        if ($LASTEXITCODE -ne 0) { $differs++ }
    }
}
finally {
    $env:ROLLOUT_TEST_HOST_PASSWORD = $null
    $account = @(Get-LocalUser | Where-Object { $_.Name -eq $user })
    if ($account.Count -gt 0) {
        Get-CimInstance -ClassName Win32_UserProfile -Filter "SID = '$($account[0].SID)'" | Remove-CimInstance -ErrorAction Continue
        Remove-LocalUser -Name $user
    }
}
exit $differs
