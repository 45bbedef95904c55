<#
.SYNOPSIS
Gives a file that has arrived its name, once its SHA-256 is right. Until then nothing is under that name that was not there before.
.PARAMETER PartPath
Where the file arrived; on the same drive as Path.
.PARAMETER Path
The name it gets. A file of that name is replaced.
.PARAMETER Sha256
What its SHA-256 must be.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$PartPath,
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Path,
    [Parameter(Mandatory = $true)][ValidatePattern('^[0-9a-fA-F]{64}$')][string]$Sha256
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    $there = [IO.File]::Exists($PartPath)
    if (-not $there -and [IO.File]::Exists($Path)) {
        # An earlier call may have published it and its answer been lost.
        $hash = Get-FileSha256 $Path
        return [ordered]@{ published = ($hash -eq $Sha256); sha256 = $hash; length = (New-Object IO.FileInfo -ArgumentList $Path).Length }
    }
    if (-not $there) { return [ordered]@{ published = $false; sha256 = $null; length = $null } }
    $hash = Get-FileSha256 $PartPath
    $length = (New-Object IO.FileInfo -ArgumentList $PartPath).Length
    if ($hash -ne $Sha256) { return [ordered]@{ published = $false; sha256 = $hash; length = $length } }
    # Replace is one act on NTFS; a move does not go over a file that is there.
    if ([IO.File]::Exists($Path)) { [IO.File]::Replace($PartPath, $Path, [NullString]::Value) }
    else { [IO.File]::Move($PartPath, $Path) }
    [ordered]@{ published = $true; sha256 = $hash; length = $length }
}
