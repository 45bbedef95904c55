<#
.SYNOPSIS
What answers at an HTTPS port: its certificate, whether this host trusts it, and the HTTP status of GET /.
.PARAMETER Address
A name or an IP address; it is also the server name of the TLS handshake.
.PARAMETER Port
The TCP port.
.PARAMETER TimeoutMs
Milliseconds for each part: connecting, the handshake, the answer.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Address,
    [Parameter(Mandatory = $true)][ValidateRange(1, 65535)][int]$Port,
    [Parameter(Mandatory = $true)][ValidateRange(1, 600000)][int]$TimeoutMs
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Test-ChainTrust {
    # Whether the chain ends in a root of this host. Revocation lists are not fetched: the rollout speaks to no one outside the plan.
    param([Security.Cryptography.X509Certificates.X509Certificate2]$Certificate)
    $chain = New-Object Security.Cryptography.X509Certificates.X509Chain
    $chain.ChainPolicy.RevocationMode = 'NoCheck'
    [void]$chain.Build($Certificate)
    @($chain.ChainStatus | Where-Object { [string]$_.Status -match 'UntrustedRoot|PartialChain|NotSignatureValid|ExplicitDistrust' }).Count -eq 0
}

function Read-Status {
    # The status of the first line of the answer, or nothing.
    param($Stream)
    $question = [Text.Encoding]::ASCII.GetBytes("GET / HTTP/1.1`r`nHost: $Address`r`nUser-Agent: exekra-rollout`r`nConnection: close`r`n`r`n")
    $Stream.Write($question, 0, $question.Length)
    $Stream.Flush()
    $bytes = New-Object byte[] 4096
    $count = 0
    while ($count -lt $bytes.Length) {
        $read = $Stream.Read($bytes, $count, $bytes.Length - $count)
        $count += $read
        if ($read -eq 0 -or [Array]::IndexOf($bytes, [byte]10, 0, $count) -ge 0) { break }
    }
    if ([Text.Encoding]::ASCII.GetString($bytes, 0, $count) -match '^HTTP/\d(?:\.\d)? (\d{3})') { return [int]$Matches[1] }
}

function Get-Reason {
    param($Exception)
    while ($null -ne $Exception.InnerException) { $Exception = $Exception.InnerException }
    $Exception.Message
}

Write-Envelope {
    $answer = [ordered]@{ connected = $false; certificate = $null; httpStatus = $null; detail = $null }
    $client = New-Object Net.Sockets.TcpClient
    try {
        $connecting = $client.ConnectAsync($Address, $Port)
        try {
            if (-not $connecting.Wait($TimeoutMs)) { $answer.detail = "No answer within $TimeoutMs ms."; return $answer }
        }
        catch { $answer.detail = Get-Reason $_.Exception; return $answer }
        $answer.connected = $true
        $client.ReceiveTimeout = $TimeoutMs
        $client.SendTimeout = $TimeoutMs
        # Every certificate is let through here: it is recorded and judged, and nothing of worth is sent.
        $anything = [Net.Security.RemoteCertificateValidationCallback] { $true }
        $tls = New-Object Net.Security.SslStream -ArgumentList $client.GetStream(), $false, $anything
        try {
            # Windows PowerShell would offer TLS 1.0 by itself; PowerShell 7 leaves the choice to the system, which may know TLS 1.3.
            $protocols = if ($PSVersionTable.PSEdition -eq 'Core') { 'None' } else { 'Tls12' }
            $tls.AuthenticateAsClient($Address, $null, [Security.Authentication.SslProtocols]$protocols, $false)
            $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $tls.RemoteCertificate
            $answer.certificate = [ordered]@{
                sha256 = Get-Sha256 $certificate.RawData
                subject = $certificate.Subject
                issuer = $certificate.Issuer
                notBefore = ConvertTo-UtcText $certificate.NotBefore
                notAfter = ConvertTo-UtcText $certificate.NotAfter
                der = [Convert]::ToBase64String($certificate.RawData)
                trusted = Test-ChainTrust $certificate
            }
            $answer.httpStatus = Read-Status $tls
            if ($null -eq $answer.httpStatus) { $answer.detail = 'It did not answer GET / with HTTP.' }
        }
        catch { $answer.detail = Get-Reason $_.Exception }
        finally { $tls.Dispose() }
        $answer
    }
    finally { $client.Close() }
}
