<#
.SYNOPSIS
Adds a certificate to this machine's trusted roots, unless it is there.
.PARAMETER Der
The certificate, DER in base64.
.PARAMETER Sha256
What its SHA-256 must be.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Der,
    [Parameter(Mandatory = $true)][ValidatePattern('^[0-9a-fA-F]{64}$')][string]$Sha256
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    $bytes = [Convert]::FromBase64String($Der)
    if ((Get-Sha256 $bytes) -ne $Sha256) { Stop-WithCode 'wrong-hash' 'The certificate is not the approved one. It was not added.' "It has $(Get-Sha256 $bytes), expected is $Sha256." }
    $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
    $store = New-Object Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadWrite')
    try {
        $there = Test-StoredCertificate $store $Sha256
        if (-not $there) { $store.Add($certificate) }
        [ordered]@{ added = (-not $there) }
    }
    finally { $store.Close() }
}
