<#
.SYNOPSIS
Whether a file or folder is there; of a file its length, and on request its SHA-256 and its Authenticode signature.
.PARAMETER Path
Full path of the file or folder.
.PARAMETER Hash
Whether to read the whole file for its SHA-256.
.PARAMETER Signature
Whether to have its signature checked.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Path,
    [Parameter(Mandatory = $true)][bool]$Hash,
    [Parameter(Mandatory = $true)][bool]$Signature
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Get-Signature {
    if (-not (Test-Supplied 'Get-AuthenticodeSignature')) { return [ordered]@{ status = 'UnknownError'; thumbprint = $null; subject = $null } }
    $found = Get-AuthenticodeSignature -LiteralPath $Path
    $signer = $found.SignerCertificate
    [ordered]@{
        status = [string]$found.Status
        thumbprint = $(if ($null -ne $signer) { [string]$signer.Thumbprint } else { $null })
        subject = $(if ($null -ne $signer) { [string]$signer.Subject } else { $null })
    }
}

Write-Envelope {
    # A folder is there and has neither length nor hash.
    if ([IO.Directory]::Exists($Path)) { return [ordered]@{ exists = $true; length = $null; sha256 = $null; signature = $null } }
    if (-not [IO.File]::Exists($Path)) { return [ordered]@{ exists = $false; length = $null; sha256 = $null; signature = $null } }
    [ordered]@{
        exists = $true
        length = (New-Object IO.FileInfo -ArgumentList $Path).Length
        sha256 = $(if ($Hash) { Get-FileSha256 $Path } else { $null })
        signature = $(if ($Signature) { Get-Signature } else { $null })
    }
}
