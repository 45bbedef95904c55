<#
.SYNOPSIS
Writes a piece of a file that arrives in pieces. What the file held from Offset on is dropped first, so the same piece may come twice.
.PARAMETER PartPath
Where the file arrives.
.PARAMETER Offset
Where in the file the piece begins, in bytes; the file must reach that far.
.PARAMETER Base64
The piece.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$PartPath,
    [Parameter(Mandatory = $true)][ValidateRange(0, [long]::MaxValue)][long]$Offset,
    [Parameter(Mandatory = $true)][AllowEmptyString()][string]$Base64
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    $bytes = [Convert]::FromBase64String($Base64)
    $folder = [IO.Path]::GetDirectoryName($PartPath)
    if (-not [IO.Directory]::Exists($folder)) { Stop-WithCode 'no-folder' "There is no folder $folder." }
    $stream = New-Object IO.FileStream -ArgumentList $PartPath, ([IO.FileMode]::OpenOrCreate), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
    try {
        if ($stream.Length -lt $Offset) { Stop-WithCode 'part-too-short' "$PartPath has $($stream.Length) bytes, so it cannot continue from byte $Offset." }
        $stream.SetLength($Offset)
        [void]$stream.Seek($Offset, [IO.SeekOrigin]::Begin)
        $stream.Write($bytes, 0, $bytes.Length)
        $length = $stream.Length
    }
    finally { $stream.Dispose() }
    [ordered]@{ length = $length }
}
