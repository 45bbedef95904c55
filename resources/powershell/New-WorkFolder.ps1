<#
.SYNOPSIS
Makes a folder, unless it is there, that only administrators, the system and this user may enter.
.PARAMETER Path
Full path of the folder.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Path
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Protect-Folder {
    # Below C:\ProgramData every user may add files: beside an installer that runs as administrator they must not.
    param([string]$Folder)
    $me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
    $start = New-Object Diagnostics.ProcessStartInfo -ArgumentList ([IO.Path]::Combine([Environment]::SystemDirectory, 'icacls.exe'))
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $words = @($Folder, '/inheritance:r', '/grant:r', '*S-1-5-32-544:(OI)(CI)F', '*S-1-5-18:(OI)(CI)F', "*${me}:(OI)(CI)F", '/q')
    $start.Arguments = @($words | ForEach-Object { ConvertTo-NativeArgument $_ }) -join ' '
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Dispose()
    $said = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { Stop-WithCode 'folder-not-protected' "The folder $Folder could not be protected from other users." "icacls ended with $($process.ExitCode): $said" }
}

Write-Envelope {
    $full = [IO.Path]::GetFullPath($Path)
    if ([IO.File]::Exists($full)) { Stop-WithCode 'not-a-folder' "$full is a file. The work folder cannot be created there." }
    $created = -not [IO.Directory]::Exists($full)
    if ($created) {
        [void][IO.Directory]::CreateDirectory($full)
        if (Test-Windows) { Protect-Folder $full }
    }
    $drive = if (Test-Windows) { [IO.Path]::GetPathRoot($full) } else { $full }
    [ordered]@{ created = $created; freeBytes = (New-Object IO.DriveInfo -ArgumentList $drive).AvailableFreeSpace }
}
