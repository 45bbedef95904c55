<#
.SYNOPSIS
Whether a certificate is among this machine's trusted roots.
.PARAMETER Sha256
SHA-256 over the certificate in DER.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidatePattern('^[0-9a-fA-F]{64}$')][string]$Sha256
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

Write-Envelope {
    $store = New-Object Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadOnly')
    try { [ordered]@{ trusted = (Test-StoredCertificate $store $Sha256) } }
    finally { $store.Close() }
}
