<#
.SYNOPSIS
A piece of a file, and how long the file is now. Other programs may be writing to it.
.PARAMETER Path
Full path of the file.
.PARAMETER Offset
Where the piece begins, in bytes; beyond the end it is empty.
.PARAMETER MaxBytes
The longest piece.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Path,
    [Parameter(Mandatory = $true)][ValidateRange(0, [long]::MaxValue)][long]$Offset,
    [Parameter(Mandatory = $true)][ValidateRange(1, 16777216)][int]$MaxBytes
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    if (-not [IO.File]::Exists($Path)) { return [ordered]@{ exists = $false; length = $null; base64 = '' } }
    $share = [IO.FileShare]::ReadWrite -bor [IO.FileShare]::Delete
    $stream = New-Object IO.FileStream -ArgumentList $Path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), $share
    try {
        $length = $stream.Length
        $count = [int][Math]::Max([long]0, [Math]::Min([long]$MaxBytes, $length - $Offset))
        $bytes = New-Object byte[] -ArgumentList $count
        [void]$stream.Seek([Math]::Min($Offset, $length), [IO.SeekOrigin]::Begin)
        $got = 0
        while ($got -lt $count) {
            $read = $stream.Read($bytes, $got, $count - $got)
            if ($read -eq 0) { break }
            $got += $read
        }
        [ordered]@{ exists = $true; length = $length; base64 = [Convert]::ToBase64String($bytes, 0, $got) }
    }
    finally { $stream.Dispose() }
}
